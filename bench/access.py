"""Bench: what access costs: one decision by the policies, the gate of a page, and a list of 50 among 200,000 records.

    python bench/access.py [--records 200000] [--runs 5] [--times 60]

Prints one JSON object. `decision_ms`: processor time of one decision of Cedar over the mandates of Estonia, the
policies parsed, nothing remembered: whether a record may be opened at all, for every role with every relation and every
purpose of its own. `whole_answer_ms`: the same with each part that may be seen, read or added to, each matter that may
be decided and the width of the duties, some sixty decisions. `remembered_ms`: the same answer asked again, as a page
does. `gate_ms`: processor time, of this process and of its database backend, that the permit of a page and the choice
of what it shows take, beside the same transaction and the same reading without them. `list_ms`: what the database
itself says that it took (EXPLAIN ANALYZE) to find the first 50 records of an agency under row-level security and how
the agency stands to each, for one that takes part in all and one that takes part in every hundredth; the records beside
one that is told in full are copies of its rows. Goals: 0.2, 5 and 1.0 ms.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.record import be_web  # noqa: E402  # found only with the path above
from encircle.host.database import temporary_database  # noqa: E402  # as above


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure what access costs.")
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--times", type=int, default=60)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        from bench._access import measured

        print(json.dumps(measured(database, asked.records, asked.runs, asked.times), indent=2))


if __name__ == "__main__":
    main()
