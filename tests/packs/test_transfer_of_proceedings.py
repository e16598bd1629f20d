"""A law that applies from a later day stands in the pack, opens nothing before, and opens its duty after."""

from datetime import UTC, date, datetime

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer
from encircle.actions.replay.file import read_replay
from encircle.core.child import AsOf
from encircle.vocabulary.identifier import RootId

CODE = "D43"
FIRST_DAY = date(2027, 2, 1)
STORY = packs_folder() / "base" / "tests" / "solutions_and_transfers.yaml"


@pytest.mark.parametrize("country", ["eu", "ee"])
@pytest.mark.parametrize(("on", "stands"), [(date(2027, 1, 31), False), (FIRST_DAY, True)])
def test_the_duty_stands_from_the_first_day_of_the_regulation(country: str, on: date, stands: bool) -> None:
    assert (CODE in {rule.code for rule in law_of(country, on=on).duties}) is stands


def test_the_base_without_the_union_never_has_it() -> None:
    assert CODE not in {rule.code for rule in law_of("coe", on=FIRST_DAY).duties}


def test_a_request_needs_the_childs_opinion_and_an_earlier_one_opens_nothing() -> None:
    told = read_replay(STORY)
    as_of = AsOf(datetime(2027, 2, 13, tzinfo=UTC))
    facts = told.facts_of(RootId("aino"), as_of=as_of)
    given = answer(facts, law=law_of("eu", on=FIRST_DAY), as_of=as_of)
    rows = {row.subject: row.state.value for row in given.duties if row.rule.code == CODE}
    assert rows == {"late": "open", "heard-before": "met"}
