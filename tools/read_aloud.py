"""Recordings for the door: the script to be read aloud, what is missing or stale, and adding one.

`python -m tools.read_aloud script --language et` prints every screen, line by line (`--to FILE` with .txt, .csv or .pdf);
`check` says for each language what is recorded, missing, or read in words that have changed; it ends with 1 if a file is
stale. `add --language et --screen device --file voice.opus --by "Organisation"` puts a recording into the pack.
"""

import argparse
import csv
import io
import os
import shutil
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import django
import yaml

from encircle.host.document import Paper, Section, as_pdf
from encircle.law.recording import MEDIA, MOST_BYTES, Recording, digest_of


def script(language: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each screen with its lines in that language."""
    from encircle.web.door.screens import screens  # noqa: PLC0415  # once Django is set up

    return [(one.name, one.lines) for one in screens(language)]


def in_text(screens: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """To be printed: a heading for each screen, a line for each of its lines."""
    return "\n".join(f"# {name}\n\n" + "\n".join(lines) + "\n" for name, lines in screens)


def in_table(screens: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The same for a spreadsheet; a text that a spreadsheet would compute stands behind an apostrophe."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("screen", "line", "text"))
    for name, lines in screens:
        for number, line in enumerate(lines, 1):
            table.writerow((name, number, f"'{line}" if line[:1] in "=+-@" else line))
    return out.getvalue()


def in_pdf(screens: Iterable[tuple[str, tuple[str, ...]]], language: str) -> bytes:
    """The same as a paper."""

    sections = tuple(Section(name, lines) for name, lines in screens)
    return as_pdf(Paper(f"To be read aloud ({language})", language, ("One file for each part.",), sections))


def states(language: str, recordings: Iterable[Recording]) -> dict[str, str]:
    """By screen: recorded, stale (other words were read) or missing."""
    own = [one for one in recordings if one.language == language]
    found = {}
    for name, lines in script(language):
        words = {one.words for one in own if one.screen == name}
        anywhere = any(one.words == digest_of(lines) for one in own)
        found[name] = "recorded" if anywhere else "stale" if words else "missing"
    return found


def add(pack: Path, *, language: str, screen: str, file: Path, by: str, on: date) -> str:
    """Copy that file into the pack and write it down, in the place of an older one; where it lies. Refuses: SystemExit."""
    lines = dict(script(language)).get(screen)
    if lines is None:
        raise SystemExit(f"There is no screen {screen!r}. `script` prints them all.")
    if file.suffix not in MEDIA or file.stat().st_size > MOST_BYTES:
        raise SystemExit(
            f"Give a file of at most {MOST_BYTES:,} bytes that ends in {', '.join(sorted(MEDIA))}."
        )
    name = f"{language}/{screen}{file.suffix}"
    target, listed = pack / "audio" / name, pack / "audio" / "recordings.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    held = yaml.safe_load(listed.read_text("utf-8"))["recordings"] if listed.exists() else []
    held = [one for one in held if (one["screen"], one["language"]) != (screen, language)]
    words = digest_of(lines)
    held.append({"screen": screen, "language": language, "file": name, "words": words, "by": by, "on": on})
    held.sort(key=lambda one: (one["language"], one["screen"]))
    listed.write_text(yaml.safe_dump({"recordings": held}, allow_unicode=True, sort_keys=False), "utf-8")
    return f"{pack.name}/audio/{name}"


def main() -> int:
    """Print the script or the state, or add a recording."""
    from django.conf import settings  # noqa: PLC0415  # once Django is set up

    from encircle.actions.law import packs_folder  # noqa: PLC0415  # once Django is set up
    from encircle.actions.recordings import recordings_of  # noqa: PLC0415  # once Django is set up

    asked = _asked([code for code, _ in settings.PUBLIC_LANGUAGES])
    if asked.what == "script":
        screens = script(asked.language)
        made = in_table(screens) if str(asked.to).endswith(".csv") else in_text(screens)
        if asked.to is None:
            sys.stdout.write(made)
        else:
            is_pdf = asked.to.suffix == ".pdf"
            asked.to.write_bytes(in_pdf(screens, asked.language) if is_pdf else made.encode())
        return 0
    pack = packs_folder() / settings.COUNTRY
    if asked.what == "add":
        today = datetime.now(UTC).date()
        print(add(pack, language=asked.language, screen=asked.screen, file=asked.file, by=asked.by, on=today))
        return 0
    recordings, stale = recordings_of(packs_folder(), settings.COUNTRY), 0
    for language, _name in settings.PUBLIC_LANGUAGES:
        found = states(language, recordings)
        each = {
            state: [name for name, one in found.items() if one == state] for state in ("recorded", "stale")
        }
        stale += len(each["stale"])
        print(
            f"{language}: {len(each['recorded'])} of {len(found)} screens recorded",
            *each["stale"],
            sep="; stale: ",
        )
    return 1 if stale else 0


def _asked(languages: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Recordings for the door.")
    ways = parser.add_subparsers(dest="what", required=True)
    printed = ways.add_parser("script", help="what is to be read aloud")
    printed.add_argument("--language", choices=languages, required=True)
    printed.add_argument("--to", type=Path, help="a file that ends in .txt, .csv or .pdf")
    ways.add_parser("check", help="what is recorded, missing or stale")
    added = ways.add_parser("add", help="put a recording into the pack of the country")
    added.add_argument("--language", choices=languages, required=True)
    added.add_argument("--screen", required=True)
    added.add_argument("--file", type=Path, required=True)
    added.add_argument("--by", required=True, help="who has read it: an organisation, never a child")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encircle.config.settings")
    django.setup()
    sys.exit(main())
