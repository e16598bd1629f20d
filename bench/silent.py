"""Bench: how long a report of 7 kB takes while 1,200 lines to the door bring nothing. One JSON object.

    python bench/silent.py [--lines 1200] [--reports 3] [--patience 150] [--pause 0] [--again]

It starts a demonstration of its own, as `bench/door.py` does. For each sort of silent line (nothing at all, half a head,
half a body, a byte every second, an idle one that has asked once) so many are opened; then reports are sent, one after the
other, each over a line of its own, after a pause where one is asked for. With `--again` each line that the server gives up
is opened again within a second.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench._silent import SORTS, holding
from bench.door import Door, served


def beside(
    port: int, sort: str, *, lines: int, reports: int, patience: float, pause: float, again: bool
) -> dict[str, object]:
    """What reports take beside so many lines of that sort; null for one that did not go through."""
    early = Door(port)
    forms = [early.form() for _ in range(reports)]
    early.close()
    seconds: list[float | None] = []
    with holding(port, sort, lines, again=again) as held:
        for number, form in enumerate(forms):
            door = Door(port, patience=patience)
            done = door.report(form, number)
            door.close()
            time.sleep(pause)
            seconds.append(round(done.seconds, 2) if done.brought else None)
        given_up = held.given_up
    return {"lines": lines, "sort": sort, "report_seconds": seconds, "given_up": given_up}


def main() -> None:
    """Serve, measure and print."""
    parser = argparse.ArgumentParser(description="Measure reports beside lines that bring nothing.")
    parser.add_argument("--lines", type=int, default=1200)
    parser.add_argument("--reports", type=int, default=3)
    parser.add_argument("--patience", type=float, default=150)
    parser.add_argument("--pause", type=float, default=0)
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    told = []
    with tempfile.TemporaryDirectory(prefix="encircle-silent-") as made:
        folder = Path(made)
        folder.chmod(0o711)
        with served(folder) as (port, _):
            for sort in SORTS:
                told.append(
                    beside(
                        port,
                        sort,
                        lines=asked.lines,
                        reports=asked.reports,
                        patience=asked.patience,
                        pause=asked.pause,
                        again=asked.again,
                    )
                )
                time.sleep(2)
    print(
        json.dumps(
            {"figure": "silent", "load": os.getloadavg()[0], "again": asked.again, "beside": told}, indent=1
        )
    )


if __name__ == "__main__":
    main()
