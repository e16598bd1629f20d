"""`encircle replay`: from a file of dated facts to what was due to the child, as of any date and as known then."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from encircle.cli.options import CountryHelp, add_json, add_language, until
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.refusal import BadInput

if TYPE_CHECKING:
    from encircle.actions.replay.report import Data


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser(
        "replay", help="situation, duties and prohibitions from a file of dated facts"
    )
    command.add_argument(
        "file", type=Path, metavar="FILE.yaml", help="a replay file (docs/developer/replay.md)"
    )
    command.add_argument("--country", metavar="CC", help=f"{CountryHelp}; default: the one in the file")
    command.add_argument(
        "--as-of", metavar="T", help="what had happened by then; a date means its end; default: the last fact"
    )
    command.add_argument(
        "--known-as-of", metavar="K", help="only what had been learnt by then; default: everything"
    )
    command.add_argument("--by", metavar="AGENCY", help="only what that agency of the file had learnt")
    command.add_argument("--recorded-as-of", metavar="R", help="only what was recorded by then")
    command.add_argument(
        "--law-of",
        choices=("today", "then"),
        default="today",
        help="old facts under today's law (default), or under the law that was in force on the day of --as-of",
    )
    add_json(command)
    add_language(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the answer. Refuses: BadInput with line and field."""
    from encircle.actions.law import law_of  # loaded when asked for, so that --help is fast
    from encircle.actions.replay.answer import replay
    from encircle.actions.replay.file import read_replay
    from encircle.actions.replay.report import report
    from encircle.core.child import AsOf

    case = read_replay(asked.file)
    if asked.by is not None and asked.by not in case.agencies:
        reason = f"--by: no agency {asked.by!r} in the file. There are: {', '.join(sorted(case.agencies))}."
        raise BadInput(code="unknown_agency", reason=reason, where="--by")
    last = max((fact.happened.latest for fact in case.facts), default=None)
    at = until(asked.as_of, zone=case.zone, option="--as-of") or last
    if at is None:
        reason = "The file has no facts and no --as-of was given."
        raise BadInput(code="no_facts", reason=reason, where="--as-of")
    as_of = AsOf(
        at=at,
        known_as_of=until(asked.known_as_of, zone=case.zone, option="--known-as-of"),
        by=AgencyId(asked.by) if asked.by else None,
        recorded_as_of=until(asked.recorded_as_of, zone=case.zone, option="--recorded-as-of"),
    )
    on = at.astimezone(ZoneInfo(case.zone)).date() if asked.law_of == "then" else None
    law = law_of(asked.country or case.country, on=on)
    data = report(replay(case, law=law, as_of=as_of), language=asked.language)
    data["law_of"] = "today" if on is None else on.isoformat()
    if asked.json:
        json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    print("\n".join(_lines(data)))
    return 0


def _lines(data: "dict[str, Data]") -> Iterator[str]:
    yield f"{data['case']}  ({data['country']}; {', '.join(_list(data, 'packs'))})"
    known = f", as known {data['known_as_of']}" if data["known_as_of"] else ""
    by = f", to {data['by']}" if data["by"] else ""
    yield f"As of {data['as_of']}{known}{by}"
    if data["law_of"] != "today":
        yield f"By the law that was in force on {data['law_of']}, not by that of today"
    for child in _parts(data, "children"):
        yield from _child(child)


def _child(child: "dict[str, Data]") -> Iterator[str]:
    (situation,) = _parts(child, "situation")
    yield f"\n== {child['label']}"
    for name in ("protection", "reasonable_grounds", "age_basis", "is_child", "location", "open_proceedings"):
        yield f"   {name.replace('_', ' '):20} {_shown(situation[name])}"
    yield "   Prohibitions raised:" if child["prohibitions"] else "   No prohibition raised."
    for alarm in _parts(child, "prohibitions"):
        about = f" [{alarm['for']}]" if alarm["for"] else ""
        yield f"   ! {alarm['code']}{about} {alarm['state']} {alarm['at'] or ''} by {alarm['by_fact']}: {alarm['title']}"
        yield f"       instead: {alarm['instead']}"
    yield "   Duties:" if child["duties"] else "   No duty opened."
    for duty in _parts(child, "duties"):
        yield from _duty(duty)


def _duty(duty: "dict[str, Data]") -> Iterator[str]:
    about = f" [{duty['for']}]" if duty["for"] else ""
    owner = duty["owner_agency"] or str(duty["owner"]).replace("_", " ")
    yield f"   - {duty['code']}{about} {str(duty['state']).replace('_', ' ').upper()}  {duty['title']}  ({owner})"
    until_ = [_until(due) for due in _parts(duty, "due") if due["latest"]]
    yield f"       {'; '.join((*until_, str(duty['words'])))}"
    if duty["unknown"]:
        yield f"       not known: {_shown(duty['unknown'])}"
    if duty["missing"] and duty["state"] not in ("met", "lifted"):
        yield f"       missing: {', '.join(_list(duty, 'missing'))}"
    basis = [f"{s['cite']}{'' if s['verified'] else ' (unverified)'}" for s in _parts(duty, "basis")]
    yield f"       basis: {'; '.join(basis) or 'none'}"


def _until(due: "dict[str, Data]") -> str:
    when = due["latest"]
    if due["earliest"] != due["latest"]:
        when = f"between {due['earliest']} and {due['latest']}"
    return f"due {when} ({due['kind']})"


def _shown(value: "Data") -> str:
    if isinstance(value, dict):
        missing = ", ".join(_list(value, "missing"))
        return f"unknown: {value['unknown']}{f' (needs {missing})' if missing else ''}"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _parts(data: "dict[str, Data]", name: str) -> "list[dict[str, Data]]":
    """The parts with fields of their own under that name: one, several or none."""
    found = data[name]
    return [part for part in (found if isinstance(found, list) else [found]) if isinstance(part, dict)]


def _list(data: "dict[str, Data]", name: str) -> list[str]:
    found = data[name]
    return [str(one) for one in found] if isinstance(found, list) else []
