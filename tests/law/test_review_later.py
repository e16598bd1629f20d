"""What a lawyer is told of a source that is not law yet."""

from pathlib import Path

import pytest

from encircle.law.finding import Lack
from encircle.law.pack import load_law
from encircle.law.review import review
from tests.law.world import SITUATION, TODAY, write

LATER = """
- limit: a_limit
  title: {en: "A limit"}
  amount: 15
  unit: days
  counting: plain
  sources:
    - {act: CoE-197, at: "1", mark: G, read: null, from: 2027-02-01}
"""


@pytest.mark.parametrize(
    ("first_day", "lacks"),
    [
        ("from: 2027-02-01", {Lack.NOT_IN_FORCE}),
        ("pending: true", {Lack.NOT_IN_FORCE, Lack.WITHOUT_BASIS}),
    ],
)
def test_what_begins_on_a_known_day_lacks_no_basis_until_then(
    tmp_path: Path, first_day: str, lacks: set[Lack]
) -> None:
    folder = write(tmp_path, {"ee/limits/a.yaml": LATER.replace("from: 2027-02-01", first_day)})
    its = {
        one.lack
        for one in review(load_law(folder, "ee", schema=SITUATION, on=TODAY))
        if one.code == "a_limit"
    }
    assert its & {Lack.NOT_IN_FORCE, Lack.WITHOUT_BASIS} == lacks
