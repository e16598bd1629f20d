"""`encircle pack new CC`: start the law of a country, asking for what is not given."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from encircle.vocabulary.refusal import BadInput

if TYPE_CHECKING:
    from encircle.actions.new_pack import Proposal, Started, Wanted

NONE = "none"
ENGLISH = "en"


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb with its options."""
    command = verbs.add_parser(
        "new",
        help="start the law of a country; asks for what is not given, and says what is still to be read",
    )
    command.add_argument("country", metavar="CC", help="code of the country, two letters (ISO 3166-1)")
    command.add_argument("--name", metavar="NAME", help="its name in English")
    command.add_argument("--own-name", metavar="NAME", help="its name in its main language")
    command.add_argument(
        "--languages", metavar="LANG", nargs="+", help="codes of its languages, the main one first"
    )
    command.add_argument(
        "--extends",
        metavar="PACK",
        nargs="+",
        help="packs that it rests on; left out, eu for a member of the Union, else base",
    )
    command.add_argument(
        "--calendar", metavar="CODE", help=f"calendar of public holidays; {NONE}: Saturdays and Sundays only"
    )
    command.add_argument("--zone", metavar="ZONE", help="its time zone, such as Europe/Kyiv")
    command.add_argument(
        "--packs", metavar="DIR", dest="folder", type=Path, help="write into this folder of packs"
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write the pack and say what is still to be done. Refuses: what is missing where nobody can be asked."""
    from encircle.actions.law import packs_folder  # loaded when asked for
    from encircle.actions.new_pack import proposal, start
    from encircle.host import clock

    folder, today = asked.folder or packs_folder(), clock.now().date()
    wanted = _wanted(asked, proposal(folder, asked.country, on=today))
    print("\n".join(_lines(start(folder, wanted, on=today), wanted)))
    return 0


def _wanted(asked: argparse.Namespace, likely: "Proposal") -> "Wanted":
    from encircle.actions.new_pack import Wanted

    name = asked.name or _ask("Name of the country in English", "--name")
    languages = asked.languages or _ask(
        "Codes of its languages, the main one first, such as: uk en", "--languages"
    )
    spoken = tuple(languages.split() if isinstance(languages, str) else languages)
    extends = asked.extends or _ask("Packs that it rests on", "--extends", " ".join(likely.extends)).split()
    calendar = asked.calendar or _ask(
        f"Calendar of public holidays ({NONE}: Saturdays and Sundays only)",
        "--calendar",
        likely.calendar or NONE,
    )
    only = likely.zones[0] if len(likely.zones) == 1 else None
    if asked.zone is None and len(likely.zones) > 1:
        print(f"Time zones there: {', '.join(likely.zones)}", file=sys.stderr)
    return Wanted(
        country=asked.country.upper(),
        name=name,
        own_name=_own_name(asked, name, spoken),
        languages=spoken,
        extends=tuple(extends),
        calendar=None if calendar == NONE else calendar,
        zone=asked.zone or _ask("Its time zone, such as Europe/Kyiv", "--zone", only),
    )


def _own_name(asked: argparse.Namespace, name: str, languages: tuple[str, ...]) -> str:
    if asked.own_name is not None or languages[:1] in ((), (ENGLISH,)):
        return str(asked.own_name or name)
    return _ask(f"Name of the country in {languages[0]}", "--own-name", name)


def _ask(question: str, option: str, likely: str | None = None) -> str:
    """The answer of the person, or what is likely where nobody can be asked. Refuses: nothing likely (BadInput)."""
    if not sys.stdin.isatty():
        if likely is None:
            reason = f"{option} is missing, and there is nobody to ask. Give it."
            raise BadInput(code="option_missing", reason=reason, where=option)
        return likely
    shown = f" [{likely}]" if likely else ""
    while True:
        try:
            answer = input(f"{question}{shown}: ").strip() or likely
        except EOFError as end:
            reason = "The questions were not answered to the end. Nothing was written."
            raise BadInput(code="not_answered", reason=reason, where=option) from end
        if answer:
            return answer


def _lines(started: "Started", wanted: "Wanted") -> list[str]:
    from encircle.law.finding import Severity

    pack, found, here = wanted.country.lower(), started.found, started.folder.name
    figures = found.readings[pack]
    return [
        f"Begun in {started.folder}:",
        *(f"  {name}" for name in started.files),
        f"It loads and has {len(found.of(Severity.FAULT))} faults; "
        f"{len(found.of(Severity.WARNING))} warnings say what is missing.",
        f"Still to be read: {figures.sources - figures.read} of {figures.sources} sources, in",
        *(f"  {act}: {count} {'provision' if count == 1 else 'provisions'}" for act, count in started.unread),
        f"Next: read {here}/README.md, fill in {here}/sheets/, and run encircle pack lint {pack}.",
    ]
