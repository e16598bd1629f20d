"""`encircle demo`: a signed-in demonstration country with the real cases and synthetic children."""

import argparse
import sys
from functools import partial

from encircle.cli.process import agree_as_people, environment
from encircle.cli.serve import add_options, serve
from encircle.vocabulary.refusal import BadInput

MOST_CHILDREN = 1_000_000
WIDTH = 40


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser(
        "demo", help="a demonstration country with real cases and synthetic children"
    )
    add_options(command, bind="127.0.0.1:8000", data="var/demo")
    command.add_argument(
        "--children",
        type=int,
        default=300,
        metavar="N",
        help="synthetic children (default: 300), at most 1,000,000; the same ones every time",
    )
    command.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another seed gives other children (default: 1)"
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Load what is not there yet, print the sign-in, serve until stopped."""
    if not 0 <= asked.children <= MOST_CHILDREN:
        raise BadInput(
            code="bad_number",
            reason=f"--children: got {asked.children}. Expected 0 to {MOST_CHILDREN}.",
            where="--children",
        )
    prepare = partial(_prepare, children=asked.children, seed=asked.seed)
    return serve(asked.bind, asked.data, mode="demo", prepare=prepare)


def _prepare(address: str, *, children: int, seed: int) -> None:
    from django.conf import settings

    from encircle.actions.demonstration import prepare_demonstration  # needs the settings
    from encircle.actions.law import law_of

    sign_in = prepare_demonstration(children=children, seed=seed, tell=_tell)
    if not law_of(settings.COUNTRY).is_its_own:
        print(law_of(settings.COUNTRY).told_of_others(), flush=True)
    agree_as_people(seed, environ=environment())
    print(
        f"Demonstration only. Sign in at {address}\n  login:    {sign_in.login}\n  password: {sign_in.password}\n"
        f"Or step into any role, without a password: {address}step-in/",
        flush=True,
    )


def _tell(done: int, of: int) -> None:
    """A bar that fills where somebody watches; else a line at each tenth."""
    if sys.stdout.isatty():
        filled = WIDTH * done // of
        end = "\n" if done == of else ""
        bar = "#" * filled + "-" * (WIDTH - filled)
        print(f"\r[{bar}] {done} of {of} children", end=end, flush=True)
    elif done == of or done * 10 % of == 0:
        print(f"{done} of {of} example children are loaded.", flush=True)
