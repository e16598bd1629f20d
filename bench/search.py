"""Bench: a search by name or number in the records of an agency that takes part in very many, with its journal entry.

    python bench/search.py [--children 10000] [--runs 5] [--searches 20]

Prints one JSON object. The unit is milliseconds of CPU, of this process and of its database backend together. Names are
drawn from few given and many family names, so that common ones are as frequent as in life: the commonest given name is
that of every twentieth child. `plan` is how the database finds the rows of one key under row-level security. The goal is
40 ms for each kind of search.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.record import be_web  # noqa: E402  # found only with the path above
from encircle.host.database import temporary_database  # noqa: E402  # as above

GOAL_MS = 40
GIVEN = (
    *(
        "Mohammed",
        "Fatima",
        "Aino",
        "Oleksandr",
        "Олена",
        "محمد",
        "سارة",
        "Žydrūnė",
        "ሰላም",
        "Linh",
        "Adaeze",
        "Ionuț",
    ),
    *(
        "Marek",
        "Łukasz",
        "Jānis",
        "Дмитро",
        "يوسف",
        "Maria",
        "Amina",
        "Hussein",
        "Yusuf",
        "Ieva",
        "Nino",
        "Sofia",
    ),
)
STEMS = (
    "Ozol",
    "Tamm",
    "Kask",
    "Ivan",
    "Petr",
    "Kowal",
    "Hass",
    "Karim",
    "Nguy",
    "Shev",
    "Bond",
    "Melnyk",
    "Kalnin",
    "Rahm",
)
ENDS = (
    "iņš",
    "saar",
    "enko",
    "ov",
    "ova",
    "ski",
    "an",
    "i",
    "en",
    "chuk",
    "as",
    "aitė",
    "sson",
    "ian",
    "escu",
    "oğlu",
)


def names(seed: int) -> tuple[str, str]:
    """A given and a family name, the first ones of the list more often."""
    chance = random.Random(seed)  # names that can be drawn again, not a secret
    given = GIVEN[min(int(chance.expovariate(0.12)), len(GIVEN) - 1)]
    family = f"{chance.choice(STEMS)}{chance.choice('aeiou')}{chance.choice('lmnrtk')}{chance.choice(ENDS)}"
    return given, family


def main() -> None:
    """Make a database of that many names, search many times, print."""
    parser = argparse.ArgumentParser(description="Measure the search.")
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--searches", type=int, default=20)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        from bench._search import country, measured

        begin = time.perf_counter()
        who = country(database, [names(number) for number in range(asked.children)])
        made_in = time.perf_counter() - begin
        print(json.dumps(measured(who, asked.children, asked.runs, asked.searches, made_in), indent=2))


if __name__ == "__main__":
    main()
