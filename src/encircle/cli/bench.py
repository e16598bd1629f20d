"""`encircle bench`: run one of the measurements of bench/, each of which stands for one figure that is promised."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from encircle.vocabulary.refusal import BadInput, Refused

_SHOWN_OF_AN_ERROR = 600


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser("bench", help="measure one of the performance figures")
    command.add_argument("name", metavar="NAME", nargs="?", help="the measurement; left out, their names")
    command.add_argument("--json", action="store_true", help="print the one JSON object of the measurement")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the figures. Refuses: an unknown name, an installation without its source, a measurement that fails."""
    folder = Path(__file__).resolve().parents[3] / "bench"
    names = sorted(path.stem for path in folder.glob("[!_]*.py"))
    if not names:
        reason = "The measurements come with the source, not with an installed package. Run it in a checkout."
        raise Refused(code="no_bench", reason=reason)
    if asked.name is None:
        print("\n".join(names))
        return 0
    if asked.name not in names:
        reason = f"There is no measurement {asked.name!r}. There are: {', '.join(names)}."
        raise BadInput(code="no_bench", reason=reason, where=asked.name)
    done = subprocess.run(
        [sys.executable, folder / f"{asked.name}.py"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = f"The measurement {asked.name} failed: {done.stderr.strip()[-_SHOWN_OF_AN_ERROR:]}"
        raise Refused(code="bench_failed", reason=reason)
    if asked.json:
        print(done.stdout.strip())
        return 0
    for name, figure in json.loads(done.stdout).items():
        print(f"{name:32} {figure if isinstance(figure, str) else json.dumps(figure, ensure_ascii=False)}")
    return 0
