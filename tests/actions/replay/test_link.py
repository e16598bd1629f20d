"""Whose facts are whose: two children in one file, and concerns joined to a child by what links them."""

from pathlib import Path

import pytest

from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.core.child import AsOf
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.moment import instant_end
from tests.actions.replay.world import entry, with_facts, written

HEARD = entry(
    "concern_registered", "payload: {channel: helpline, danger_now: true}", id_="heard", child="aino"
).replace("child: aino", "concern: call")
ABOUT_AINO = entry(
    "concern_linked", "payload: {other_record: aino}", id_="about-aino", happened="2026-04"
).replace("child: aino", "concern: call")
ABOUT_SISTER = ABOUT_AINO.replace("about-aino", "about-sister").replace(
    "other_record: aino", "other_record: sister"
)
FROM_THE_RECORD = entry(
    "concern_linked", "subject: call, payload: {other_record: call}", id_="named", happened="2026-04"
)
SAME = entry("same_child_stated", "payload: {other_record: sister}", id_="same", happened="2026-04")
HERS = entry("age_claimed", "payload: {claimed_child: true, claimed_years: 12}", id_="hers", child="sister")


def of(case: ReplayCase, child: str, **asked: str) -> set[str]:
    """The facts of that child beyond the three of Aino."""
    limits = {name: instant_end(when, case.zone) for name, when in asked.items() if name != "by"}
    by = AgencyId(asked["by"]) if "by" in asked else None
    as_of = AsOf(instant_end("2026-11-23", case.zone), by=by, **limits)
    return {str(fact.id) for fact in case.facts_of(RootId(child), as_of=as_of)} - {"claim", "alone", "bo"}


@pytest.fixture
def told(tmp_path: Path):
    return lambda *facts: read_replay(written(tmp_path, with_facts(*facts)))


def test_two_children_of_a_file_have_facts_of_their_own(told) -> None:
    case = told(HERS)
    assert (of(case, "aino"), of(case, "sister")) == (set(), {"hers"})


def test_a_concern_that_nothing_links_belongs_to_nobody(told) -> None:
    case = told(HEARD)
    assert (of(case, "aino"), of(case, "sister")) == (set(), set())


@pytest.mark.parametrize("link", [ABOUT_AINO, FROM_THE_RECORD])
def test_a_linked_concern_is_read_with_the_child(told, link: str) -> None:
    case = told(HEARD, link, HERS)
    assert "heard" in of(case, "aino")
    assert of(case, "sister") == {"hers"}


def test_one_report_can_name_two_children_and_they_stay_two(told) -> None:
    case = told(HEARD, ABOUT_AINO, ABOUT_SISTER, HERS)
    assert of(case, "aino") == {"heard", "about-aino", "about-sister"}
    assert of(case, "sister") == {"heard", "about-aino", "about-sister", "hers"}


def test_records_of_the_same_child_are_read_as_one_both_ways(told) -> None:
    case = told(HERS, SAME, HEARD, ABOUT_SISTER)
    for child in ("aino", "sister"):
        assert of(case, child) == {"hers", "same", "heard", "about-sister"}
        assert {fact.id for fact in case.facts_of(RootId(child))} >= {"claim", "alone", "bo"}


def test_a_withdrawn_link_never_joined_anything(told) -> None:
    back = entry(
        "withdrawal",
        "withdraws: same, payload: {withdrawal_reasons: Another girl.}",
        id_="w",
        happened="2026-05",
    )
    case = told(HERS, SAME, back)
    assert of(case, "aino") == {"same", "w"}
    assert of(case, "sister") == {"hers"}
    assert of(case, "aino", known_as_of="2026-04-30") == {"same", "w", "hers"}


def test_a_link_counts_only_within_the_knowledge_asked_for(told) -> None:
    case = told(HEARD, ABOUT_AINO)
    assert of(case, "aino", known_as_of="2026-03-31") == set()
    assert of(case, "aino", known_as_of="2026-04-30") == {"heard", "about-aino"}
    assert of(case, "aino", by="dmitri") == set()
    assert of(case, "aino", by="carla") == {"heard", "about-aino"}


def test_what_is_told_under_a_concern_is_about_that_concern(told) -> None:
    acknowledged = entry("concern_acknowledged", id_="ack").replace("child: aino", "concern: call")
    assert {fact.subject for fact in told(HEARD, acknowledged).facts[3:]} == {"call"}
