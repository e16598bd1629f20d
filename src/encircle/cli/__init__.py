"""The command `encircle`: one verb a file. Knows no rules; a refusal becomes one clear line."""

import argparse
import sys
from collections.abc import Sequence

from encircle.vocabulary.refusal import Refused

REFUSED = 2


def parser() -> argparse.ArgumentParser:
    """The whole command line; each command adds its own options."""
    from encircle.cli import (  # start fast
        account,
        agency,
        bench,
        breach,
        demo,
        explain,
        facts,
        journal,
        keys,
        pack,
        policy,
        practice,
        privacy,
        provider,
        rebuild,
        recovery,
        replay,
        retention,
        serve,
        token,
    )

    whole = argparse.ArgumentParser(
        prog="encircle",
        description="Every child's rights have an owner, a time and proof.",
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (
        replay,
        explain,
        facts,
        pack,
        policy,
        privacy,
        provider,
        practice,
        serve,
        demo,
        account,
        agency,
        token,
        journal,
        keys,
        recovery,
        breach,
        retention,
        rebuild,
        bench,
    ):
        module.add_to(commands)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit status: 0 done, 1 done with something found, 2 refused with the reason on standard error."""
    asked = parser().parse_args(arguments)
    try:
        return int(asked.run(asked))
    except Refused as refused:
        print(f"encircle: {refused}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
