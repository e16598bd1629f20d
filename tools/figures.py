"""Run the measurements of bench/, one script per goal, each of which prints one JSON object: `make bench`."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


class FigureFailed(Exception):
    """A measurement did not end with its JSON object."""


def names() -> list[str]:
    """The measurements there are."""
    return sorted(path.stem for path in (ROOT / "bench").glob("[!_]*.py"))


def measure(name: str) -> dict[str, object]:
    """What one script printed. Refuses: FigureFailed, with the last lines of what it said."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / f"{name}.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise FigureFailed(f"{name}: {done.stderr.strip()[-600:]}")
    try:
        figures = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise FigureFailed(f"{name} printed no JSON object: {error}") from error
    return dict(figures)


def main(chosen: list[str]) -> int:
    """Measure the chosen ones (default: all), one after the other, so that none disturbs another."""
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}. There are: {', '.join(names())}.", file=sys.stderr)
        return 2
    for name in chosen or names():
        print(json.dumps({name: measure(name)}, indent=2, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
