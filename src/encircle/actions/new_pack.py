"""Starting a country: a pack that loads as it is, and sheets of what its people have to fill in."""

import json
import re
import shutil
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from encircle.actions.law import packs_that_come_along
from encircle.actions.lint import Linted, lint
from encircle.actions.pack_sheet import sheets
from encircle.core.child import situation_schema
from encircle.law.calendar import Calendar
from encircle.law.law import Law
from encircle.law.pack import Shelf, law_from
from encircle.law.pack.head import HEAD_FILE, packs_in
from encircle.law.pack.problem import meant
from encircle.law.readings import unread
from encircle.law.source import ActKind
from encircle.vocabulary.refusal import BadInput, Refused

TEMPLATE = "_template"
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNION, _BASE = "eu", "base"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new country pack says of itself. `own_name`: the name of the country in its first language."""

    country: str
    name: str
    own_name: str
    languages: tuple[str, ...]
    extends: tuple[str, ...]
    calendar: str | None
    zone: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is likely for a country, to be confirmed by the one who knows it. `zones`: its time zones."""

    extends: tuple[str, ...]
    calendar: str | None
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """A pack that was begun: its files, what its check found, and in which acts how many provisions are still to be read."""

    folder: Path
    files: tuple[str, ...]
    found: Linted
    unread: tuple[tuple[str, int], ...]


def proposal(folder: Path, country: str, *, on: date) -> Proposal:
    """What is likely for that country: the law of the Union where its charter binds, a calendar, its zones.

    Refuses: what is no country code, a country that has a pack (BadInput).
    """
    code = country.upper()
    _check_country(folder, code)
    return Proposal(_rests_on(folder, code, on), _calendar(code), tuple(_zones(code)))


def start(folder: Path, wanted: Wanted, *, on: date) -> Started:
    """Write the pack, with its sheets, and check it. What can't be loaded is taken away again.

    Refuses: a country that has a pack, a language, pack, calendar or zone that is not known (BadInput).
    """
    _check(folder, wanted)
    target = folder / wanted.country.lower()
    target.mkdir(parents=True)
    try:
        law = _written(folder, target, wanted, on)
        found = lint(folder, (target.name,), on=on)
    except (Refused, OSError):
        shutil.rmtree(target)
        raise
    files = sorted(path.relative_to(folder).as_posix() for path in target.rglob("*") if path.is_file())
    return Started(target, tuple(files), found, unread(law))


def _written(folder: Path, target: Path, wanted: Wanted, on: date) -> Law:
    template, words = packs_that_come_along() / TEMPLATE, _words(folder, wanted, on)
    _write(template / HEAD_FILE, target / HEAD_FILE, words)
    law = law_from(Shelf(folder), target.name, schema=situation_schema(), on=on)
    entries = sheets(law)
    for path in sorted(template.rglob("*.*")):
        place = path.relative_to(template)
        if place.parts[0] == "sheets" and place.name not in {*entries, "acts.yaml"}:
            continue
        _write(path, target / place, words, more=entries.get(place.name, ""))
    return law


def _write(source: Path, target: Path, words: dict[str, str], *, more: str = "") -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(Template(source.read_text("utf-8")).substitute(words) + more, "utf-8")


def _words(folder: Path, wanted: Wanted, on: date) -> dict[str, str]:
    chain = Shelf(folder).chain(wanted.extends[-1])
    title = {"en": wanted.name, wanted.languages[0]: wanted.own_name}
    told = ", ".join(
        f"{language}: {json.dumps(text, ensure_ascii=False)}" for language, text in title.items()
    )
    return {
        "pack": wanted.country.lower(),
        "name": wanted.name,
        "title": f"{{{told}}}",
        "version": json.dumps(f"{on.year}.{on.month:02}"),
        "extends": f"[{', '.join(wanted.extends)}]",
        "country": wanted.country,
        "calendar": wanted.calendar or "null",
        "zone": wanted.zone,
        "languages": f"[{', '.join(wanted.languages)}]",
        "language": wanted.languages[0],
        "rests_on": " and ".join(head.title.in_("en") for head in chain),
        "base": wanted.extends[-1] if wanted.extends[-1] != _BASE else "coe",
    }


def _check(folder: Path, wanted: Wanted) -> None:
    _check_country(folder, wanted.country)
    for name in (wanted.name, wanted.own_name):
        if not name.strip() or not name.isprintable() or "$" in name:
            _refuse("name", f"{name!r} is no name of a country. Expected one line of text.")
    _check_languages(wanted)
    if not wanted.extends:
        _refuse("extends", "no pack to rest on was named. Expected base or eu.")
    known = packs_in(folder)
    for pack in wanted.extends:
        if pack not in known:
            _refuse("extends", f"there is no pack {pack!r} to rest on. {meant(pack, known)}")
    try:
        Calendar(wanted.calendar, wanted.zone)
    except ValueError as wrong:
        _refuse("calendar", str(wrong))


def _check_languages(wanted: Wanted) -> None:
    if not wanted.languages:
        _refuse("languages", "no language was named. Expected one such as uk, the main language first.")
    for language in wanted.languages:
        if _LANGUAGE.fullmatch(language) is None:
            _refuse("languages", f"{language!r} is no language. Expected a code such as uk.")
    if wanted.languages[0] == "en" and wanted.own_name != wanted.name:
        _refuse("own_name", "the main language is English: the name is said once. Leave the second out.")


def _check_country(folder: Path, country: str) -> None:
    if _COUNTRY.fullmatch(country) is None:
        _refuse("country", f"{country!r} is no country. Expected a code of two letters, such as UA.")
    if (folder / country.lower()).exists():
        _refuse("country", f"{folder.name}/{country.lower()} is there already. Change its files instead.")


def _refuse(where: str, reason: str) -> None:
    raise BadInput(code="bad_new_pack", reason=f"{reason[0].upper()}{reason[1:]}", where=where)


def _rests_on(folder: Path, code: str, on: date) -> tuple[str, ...]:
    if _UNION not in packs_in(folder):
        return (_BASE,)
    acts = law_from(Shelf(folder), _UNION, schema=situation_schema(), on=on).acts
    member = any(act.kind is ActKind.CHARTER and act.binds(code) for act in acts)
    return (_UNION if member else _BASE,)


def _calendar(code: str) -> str | None:
    try:
        return Calendar(code, "UTC").code
    except ValueError:
        return None


def _zones(code: str) -> Iterator[str]:
    """The zones of a country by the table that comes with the zones; none where this machine has no table."""
    for folder in zoneinfo.TZPATH:
        table = Path(folder) / "zone.tab"
        if table.is_file():
            lines = (line.split("\t") for line in table.read_text("utf-8").splitlines())
            yield from (line[2] for line in lines if line[0] == code)
            return
