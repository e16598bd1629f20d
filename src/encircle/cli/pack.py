"""`encircle pack`: read, check and test the packs of law."""

import argparse
import sys
from pathlib import Path


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its verbs."""
    command = commands.add_parser("pack", help="read, check and test the packs of law")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("show", help="duties, prohibitions and numbers of a country")
    show.add_argument("country", metavar="CC", help="country pack")
    show.set_defaults(run=run_show)
    lint = verbs.add_parser("lint", help="what is unread, unreviewed, without basis or without a number")
    lint.add_argument("country", metavar="CC", help="country pack")
    lint.set_defaults(run=run_lint)
    test = verbs.add_parser("test", help="run the expectations of the cases of a pack")
    test.add_argument("pack", metavar="PACK", nargs="?", default="base", help="pack whose cases are run (default: base)")
    test.add_argument("--codes", metavar="CODE", nargs="*", help="only expectations of these codes")
    test.set_defaults(run=run_test)


def run_show(asked: argparse.Namespace) -> int:
    """One line for each rule."""
    from encircle.actions.law import law_of  # noqa: PLC0415  # loaded when asked for

    law = law_of(asked.country)
    for rule in (*law.duties, *law.prohibitions):
        print(f"{rule.code:14} {rule.title}  ({rule.origins[0]})")
    return 0


def run_lint(asked: argparse.Namespace) -> int:
    """One line for each remark; exit status 0: an unread text is honest, not wrong."""
    from encircle.actions.law import law_of  # noqa: PLC0415
    from encircle.law.review import review  # noqa: PLC0415

    remarks = review(law_of(asked.country))
    for remark in remarks:
        print(remark)
    print(f"{len(remarks)} remarks")
    return 0


def run_test(asked: argparse.Namespace) -> int:
    """Each expectation that does not hold, then the counts. Exit status 1 if one of a known rule fails."""
    from encircle.actions.law import law_of, packs_folder  # noqa: PLC0415
    from encircle.actions.replay.file import read_replay  # noqa: PLC0415
    from encircle.actions.replay.verdict import verdicts  # noqa: PLC0415

    folder: Path = packs_folder() / asked.pack / "cases"
    held = failed = waiting = 0
    for path in sorted(folder.glob("*.yaml")):
        case = read_replay(path)
        for verdict in verdicts(case, law=law_of(case.country)):
            item = verdict.expectation
            if asked.codes and (item.code or item.never or item.axis) not in asked.codes:
                continue
            if verdict.holds:
                held += 1
            elif verdict.code_known:
                failed += 1
                print(f"{item.id}  {item.origin}  {verdict.failure}", file=sys.stderr)
            else:
                waiting += 1
    print(f"{held} hold, {failed} fail, {waiting} wait for a rule")
    return 1 if failed else 0
