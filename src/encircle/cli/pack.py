"""`encircle pack`: list, read, check and test the packs of law."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from encircle.cli import lint, new_pack, pack_diff
from encircle.cli.options import add_language
from encircle.vocabulary.refusal import BadInput

if TYPE_CHECKING:
    from encircle.actions.replay.verdict import Verdict

LISTED = (
    *("D01", "D02a", "D02b", "D02c", "D03", "D06", "D07", "D09", "D13", "D15", "D19", "D24", "D31"),
    *("P1", "P2", "P3", "P7", "P9"),
)
"""Rules that every pack has from its first day; what the cases expect of them is counted on its own."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    command = commands.add_parser("pack", help="list, read, check and test the packs of law")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help="the packs there are").set_defaults(run=run_list)
    show = verbs.add_parser("show", help="duties, prohibitions and numbers of a country")
    show.add_argument("country", metavar="CC", help="country pack")
    show.add_argument("codes", metavar="CODE", nargs="*", help="only these rules, each said in plain words")
    add_language(show)
    show.set_defaults(run=run_show)
    lint.add_to(verbs)
    new_pack.add_to(verbs)
    pack_diff.add_to(verbs)
    test = verbs.add_parser("test", help="run the expectations of the cases and stories of a pack")
    test.add_argument(
        "packs", metavar="PACK", nargs="*", help="packs whose cases and stories are run; left out, all packs"
    )
    test.add_argument("--codes", metavar="CODE", nargs="*", help="only expectations of these codes")
    test.set_defaults(run=run_test)


def run_list(asked: argparse.Namespace) -> int:
    """One line for each pack: code, kind, version, title, and what it rests on."""
    from encircle.actions.law import packs_folder  # loaded when asked for
    from encircle.law.pack.head import chain_of, packs_in
    from encircle.law.pack.problem import Problems
    from encircle.law.pack.shelf import states_law

    folder, problems = packs_folder(), Problems()
    for code in packs_in(folder):
        chain = chain_of(folder, code, problems=problems)
        problems.stop_if_any(f"{folder.name}/{code}")
        head = chain[-1]
        rests_on = f"  (rests on {', '.join(head.extends)})" if head.extends else ""
        alone = "" if states_law(folder, code) else "  help at the door alone, no law of its own"
        print(f"{head.pack:8} {head.kind.value:8} {head.version:10} {head.title.in_('en')}{alone}{rests_on}")
    return 0


def run_show(asked: argparse.Namespace) -> int:
    """One line for each rule; of the rules that are named, all that they ask, in plain words."""
    from encircle.actions.law import law_of  # loaded when asked for
    from encircle.cli.in_words import in_words

    law = law_of(asked.country)
    if not law.is_its_own:
        print(law.told_of_others())
    for code in asked.codes:
        said = law.explain(code)
        print(f"{code:14} {said.title.in_(asked.language)}  ({said.origins[0]})")
        print("\n".join(in_words(law, code, asked.language)))
    if asked.codes:
        return 0
    rules = [(rule.code, rule.title, rule.origins) for rule in law.duties]
    rules += [(rule.code, rule.title, rule.origins) for rule in law.prohibitions]
    rules += [(channel.code, channel.title, channel.origins) for channel in law.channels]
    for code, title, origins in rules:
        print(f"{code:14} {title}  ({origins[0]})")
    for mandate in law.mandates:
        print(f"{mandate.role.value:26} {mandate.told()}  ({', '.join(map(str, mandate.origins))})")
    return 0


def run_test(asked: argparse.Namespace) -> int:
    """Each expectation that does not hold, a line for each case, then the counts. Exit status 1 if one fails."""
    from encircle.actions.law import packs_folder  # loaded when asked for
    from encircle.law.pack.head import packs_in

    known = packs_in(packs_folder())
    for pack in asked.packs:
        if pack not in known:
            reason = f"There is no pack {pack!r}. There are: {', '.join(known)}."
            raise BadInput(code="no_pack", reason=reason, where=pack)
    every: list[Verdict] = []
    lines = []
    folders = [packs_folder() / pack for pack in asked.packs or known]
    for name, found in _by_case(folders, asked.codes):
        every += found
        for verdict in found:
            if _state(verdict) == "fail":
                print(f"{verdict.expectation.id}  {verdict.expectation.origin}  {verdict.failure}")
        lines.append(f"{name}: {_counts(found)}")
    listed = [verdict for verdict in every if _is_listed(verdict)]
    print("\n".join(lines))
    print(f"listed rules: {sum(verdict.holds for verdict in listed)} of {len(listed)} hold")
    print(f"all: {_counts(every)}")
    return 1 if any(_state(verdict) == "fail" for verdict in every) else 0


def _by_case(folders: list[Path], codes: list[str] | None) -> "Iterator[tuple[str, list[Verdict]]]":
    """The verdicts on each real case, then on each story of a single rule; only those of the codes asked for."""
    from encircle.actions.law import law_of  # loaded when asked for
    from encircle.actions.replay.file import read_replay
    from encircle.actions.replay.verdict import verdicts

    paths = [
        path for part in ("cases", "tests") for one in folders for path in sorted(one.glob(f"{part}/*.yaml"))
    ]
    for path in paths:
        case = read_replay(path)
        found = [v for v in verdicts(case, law=law_of(case.country)) if not codes or _about(v) in codes]
        if found or not codes:
            yield case.name, found


def _about(verdict: "Verdict") -> str:
    expectation = verdict.expectation
    return expectation.code or expectation.never or expectation.axis or ""


def _is_listed(verdict: "Verdict") -> bool:
    return _about(verdict).partition("-")[0] in LISTED


def _state(verdict: "Verdict") -> str:
    return "hold" if verdict.holds else "fail" if verdict.code_known else "wait for a rule"


def _counts(verdicts: "list[Verdict]") -> str:
    count = Counter(_state(verdict) for verdict in verdicts)
    return ", ".join(f"{count[state]} {state}" for state in ("hold", "fail", "wait for a rule"))
