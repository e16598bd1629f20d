"""`encircle practice`: propose what practice sets, look at it, decide it and take it along. As a person who signs in."""

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from encircle.cli.options import add_json
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused

if TYPE_CHECKING:
    from encircle.actions.context import Who

PARTS = ("number", "owner", "text")
LAW = Purpose.LAW
_FIELDS = (
    ("code", "the SOP, the role or the rule", True),
    ("amount", "of a number; left out: none is to hold any longer", False),
    ("unit", "of a number: hours, days, working_days, weeks, months, years", False),
    ("counting", "of a number: plain, or reg_1182_71", False),
    ("field", "of plain words: professional, 6-9, 10-13 or 14-17", False),
    ("text-language", "of plain words", False),
    ("text", "the agency in English, or the plain words", False),
    ("own", "the agency in the main language of the country", False),
    ("basis", "whose practice it is, in English", False),
    ("basis-own", "whose practice it is, in the main language of the country", False),
    ("why", "the reasons", True),
    ("from", "the day from which it holds: 2026-12-01", True),
)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    group = commands.add_parser(
        "practice", help="propose, look at and decide what practice sets beside the law"
    )
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    lists = _verb(verbs, "list", "list proposals, the newest first")
    lists.add_argument("--page", type=int, default=1, metavar="N", help="which page (default: 1)")
    lists.add_argument("--state", choices=("waiting", "decided"), help="only these")
    add_json(lists)
    show = _of_one(verbs, "show", "show a proposal, its difference, its effect and what became of it")
    add_json(show)
    propose = _verb(verbs, "propose", "propose a change; with --check only show its difference")
    propose.add_argument("part", choices=PARTS, help="a number, the agency behind a role, or plain words")
    propose.add_argument("--pack", required=True, metavar="CC", help="the country")
    for name, meaning, required in _FIELDS:
        propose.add_argument(f"--{name}", required=required, metavar="TEXT", help=meaning)
    propose.add_argument("--replaces", type=int, metavar="NUMBER", help="your own one whose place it takes")
    propose.add_argument("--check", action="store_true", help="write nothing")
    for name, meaning in (
        ("approve", "approve a proposal of somebody else"),
        ("decline", "decline a proposal of somebody else"),
        ("withdraw", "take your own proposal back"),
    ):
        _of_one(verbs, name, meaning).add_argument("--why", required=True, metavar="TEXT", help="the reasons")
    export = _verb(verbs, "export", "write what holds as the files of a pack")
    export.add_argument("pack", metavar="CC", help="the country")
    export.add_argument("--on", metavar="DAY", help="as it holds at the end of that day; left out: now")
    export.add_argument("--to", type=Path, required=True, metavar="FILE.zip", help="where to write them")


def _of_one(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    command = _verb(verbs, name, meaning)
    command.add_argument("number", type=int, metavar="NUMBER", help="the number of the proposal")
    return command


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, meaning: str
) -> argparse.ArgumentParser:
    command = verbs.add_parser(name, help=meaning)
    command.add_argument(
        "--login",
        required=True,
        metavar="LOGIN",
        help="who does it; password and code of the app are asked for, or read from two lines of the input",
    )
    command.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="folder of the installation (default: var)",
    )
    command.set_defaults(run=run)
    return command


def run(asked: argparse.Namespace) -> int:
    """Sign in and do it. Refuses: as the window does, for the same reasons."""
    from encircle.cli.process import environment, with_database  # loaded when asked for

    with with_database(asked.data, environ=environment(), role="web"):
        return done(asked)


def done(asked: argparse.Namespace) -> int:
    """The same in this process, where the database is open. Exit status: 1 where a draft can't be taken."""
    from encircle.actions.at_terminal import sign_in_at_terminal  # needs the settings

    password, code = _secret("Password: "), _secret("Code of the app (empty, if there is none): ")
    who = sign_in_at_terminal(login=asked.login, password=password, code=code)
    verbs: dict[str, Callable[[argparse.Namespace, Who], int]] = {
        "list": _list,
        "show": _show,
        "propose": _propose,
        "export": _export,
    }
    return verbs.get(asked.verb, _decide)(asked, who)


def _secret(prompt: str) -> str:
    """What somebody types without its being shown; a line of the input, where that is no terminal."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _list(asked: argparse.Namespace, who: "Who") -> int:
    from encircle.actions.practice.reading import listed
    from encircle.actions.practice.telling import proposal_data

    waiting = None if asked.state is None else asked.state == "waiting"
    found = listed(who, purpose=LAW, page=max(asked.page, 1), waiting=waiting)
    told = [proposal_data(one) for one in found.proposals]
    if asked.json:
        return _json({"proposals": told, "page": found.page, "more": found.more})
    print("\n".join(map(_line, told)) or "There are no proposals.")
    return 0


def _show(asked: argparse.Namespace, who: "Who") -> int:
    from encircle.actions.practice.reading import seen
    from encircle.actions.practice.telling import seen_data

    found = seen(who, asked.number, purpose=LAW)
    if found is None:
        reason = f"There is no proposal {asked.number}."
        raise Refused(code="no_such_proposal", reason=reason, instead="Look at the list.")
    told = seen_data(found)
    if asked.json:
        return _json(told)
    print("\n".join(_lines(told)))
    return 0


def _propose(asked: argparse.Namespace, who: "Who") -> int:
    from encircle.actions.practice.draft import Draft, Examined
    from encircle.actions.practice.proposing import examine, propose
    from encircle.actions.practice.telling import changes_data, problems_data

    typed = {
        "language": asked.text_language,
        "valid_from": getattr(asked, "from"),
        **{
            name: getattr(asked, name)
            for name in ("code", "amount", "unit", "counting", "field", "text", "own")
        },
        **{name: getattr(asked, name) for name in ("basis", "basis_own", "why")},
    }
    draft = Draft(asked.pack, asked.part, **{name: text for name, text in typed.items() if text is not None})
    _known_pack(asked.pack)
    if asked.check:
        found = examine(who, draft, purpose=LAW)
    else:
        made = propose(who, draft, purpose=LAW, replaces=asked.replaces)
        if not isinstance(made, Examined):
            print(f"Proposal {made.number} waits for a second person.")
            return 0
        found = made
    for problem in problems_data(found.problems):
        print(
            f"--{problem['field'].replace('_', '-')}: {problem['what'].replace('_', ' ')}", *problem["says"]
        )
    print("\n".join(_changes(changes_data(found.before, found.after))))
    return 1 if found.problems else 0


def _decide(asked: argparse.Namespace, who: "Who") -> int:
    from encircle.actions.practice.proposing import approve, decline, withdraw

    if asked.verb == "approve":
        since = approve(who, asked.number, purpose=LAW, why=asked.why)
        print(f"Proposal {asked.number} is approved. It holds from {since:%Y-%m-%d %H:%M} UTC on.")
    elif asked.verb == "decline":
        decline(who, asked.number, purpose=LAW, why=asked.why)
        print(f"Proposal {asked.number} is declined.")
    else:
        withdraw(who, asked.number, purpose=LAW, why=asked.why)
        print(f"Proposal {asked.number} is taken back.")
    return 0


def _export(asked: argparse.Namespace, who: "Who") -> int:
    from encircle.actions.practice.reading import files_of

    _known_pack(asked.pack)
    try:
        on = None if asked.on is None else date.fromisoformat(asked.on)
    except ValueError as wrong:
        reason = f"--on: got {asked.on!r}. Expected a day such as 2026-12-01."
        raise BadInput(code="bad_date", reason=reason, where="--on") from wrong
    found = files_of(who, asked.pack, on, purpose=LAW)
    if found is None:
        print("Nothing that practice has set holds there.")
        return 1
    asked.to.write_bytes(found[1])
    print(f"The pack {found[0]} is written to {asked.to}.")
    return 0


def _known_pack(pack: str) -> None:
    from encircle.actions.practice.reading import packs_of_practice

    known = packs_of_practice()
    if pack not in known:
        reason = f"Practice of {pack!r} is not set here. Expected: {', '.join(known)}."
        raise BadInput(code="no_pack", reason=reason, where=pack)


def _json(told: dict[str, Any]) -> int:
    print(json.dumps(told, ensure_ascii=False, indent=1, default=str))
    return 0


def _line(told: dict[str, Any]) -> str:
    return (
        f"{told['number']}  {told['pack']}  {told['state']}  from {told['valid_from']}  {_sets(told['sets'])}"
    )


def _sets(sets: dict[str, Any]) -> str:
    if sets["part"] == "number":
        number = (
            "no number" if sets["amount"] is None else f"{sets['amount']} {sets['unit']} ({sets['counting']})"
        )
        return f"{sets['code']}: {number}"
    of = f" {sets['field']}" if sets["field"] else ""
    return f"{sets['code']}{of}: {'; '.join(sets['texts'].values())}"


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield _line(told)
    yield f"proposed as {told['proposed_as']} by {told['agency']}: {told['why']}"
    for step in told["steps"]:
        yield f"{step['kind']} {step['at']:%Y-%m-%d %H:%M} UTC{' as ' + step['role'] if step['role'] else ''}: {step['why']}"
    yield from _changes(told["changes"])
    yield from (
        f"! {problem['field']}: {problem['what']} {'; '.join(problem['says'])}"
        for problem in told["problems"]
    )
    yield from (f"? {warning}" for warning in told["warnings"])
    if told["effect"] is None:
        yield "Its effect on open records is not counted."
        return
    yield "Effect on open records, rounded:"
    for one in told["effect"]:
        moves = (
            f" {one['turn']}: {one['before'] or 'nothing'} -> {one['after'] or 'nothing'}"
            if one["turn"]
            else ""
        )
        yield f"  {one['code']}{moves}: {one['figure']}"


def _changes(changes: list[dict[str, str]]) -> Iterator[str]:
    for one in changes:
        yield f"  {one['code']} {one['says']}: {one['before'] or 'nothing'} -> {one['after'] or 'nothing'}"
