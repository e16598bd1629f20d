"""What the access file leaves out, and to whom it is never given."""

import pytest

from encircle.core.access_file import NotGiven, Reason, Recipient, left_out, not_given
from encircle.core.child import AsOf
from encircle.core.child.fold import fold
from encircle.core.child.situation import Situation
from encircle.vocabulary.fact import Fact
from tests.core.world import ZONE
from tests.web.desk.looks import NOW, a_fact

NAME = a_fact("a", "name_recorded", "2026-03-01", name_used="Aino")
MOTHER = a_fact("b", "person_recorded", "2026-03-01", relation="mother")
SUSPECTED = a_fact("c", "person_suspected", "2026-03-02", subject="b")
ADDRESS = a_fact("d", "placement_started", "2026-03-02", placement_kind="foster")
CASE = a_fact("e", "proceeding_opened", "2026-03-03", proceeding_kind="criminal_victim")
CASE_CLOSED = a_fact("f", "proceeding_closed", "2026-05-03", subject="e")
APPOINTED = a_fact("g", "guardian_appointed", "2026-03-04", capacity="guardian")
CONFLICT = a_fact("h", "guardian_conflict_found", "2026-03-05", subject="g", conflict="own_interest")


def situation(*facts: Fact) -> Situation:
    return fold(facts, AsOf(NOW), zone=ZONE).earliest


def out(*facts: Fact, with_place: bool = False) -> dict[str, str]:
    found = left_out(facts, situation(*facts), with_place=with_place)
    return {str(fact): reason.value for fact, reason in found.items()}


def test_what_is_about_somebody_else_is_left_out_by_its_reason():
    found = out(NAME, MOTHER, SUSPECTED)
    assert found == {MOTHER.id: "other_person", SUSPECTED.id: "other_person"}


def test_the_childs_own_name_and_the_decisions_about_it_stay():
    assert out(NAME, APPOINTED, CASE, CASE_CLOSED) == {}


def test_confidential_talks_suspicions_while_an_investigation_runs_and_the_place_are_left_out_by_their_reason():
    talk = a_fact("k", "lawyer_advised_on_trafficking", "2026-03-04", before_plea=True)
    place = a_fact("l", "place_recorded", "2026-03-04", address="Somewhere 1")
    alert = a_fact("m", "alert_entered", "2026-03-04", alert_kind="missing")
    assert out(talk) == {talk.id: "confidential"}
    assert (out(place), out(place, with_place=True)) == ({place.id: "safety"}, {})
    assert (out(CASE, alert), out(CASE, CASE_CLOSED, alert)) == ({alert.id: "investigation"}, {})


def test_without_facts_nothing_is_left_out():
    assert out() == {}


@pytest.mark.parametrize("recipient", list(Recipient))
def test_where_the_child_is_goes_to_nobody_but_the_child(recipient: Recipient):
    why = not_given(recipient, situation(NAME, APPOINTED), with_place=True)
    own = recipient in (Recipient.CHILD, Recipient.ADULT)
    assert (why is NotGiven.NOT_THE_PLACE) == (not own)


def test_a_guardian_in_conflict_gets_nothing():
    good, bad = situation(APPOINTED), situation(APPOINTED, CONFLICT)
    assert not_given(Recipient.GUARDIAN, good, with_place=False) is None
    assert not_given(Recipient.GUARDIAN, bad, with_place=False) is NotGiven.CONFLICT


def test_one_who_is_not_in_office_gets_nothing():
    for recipient in (Recipient.GUARDIAN, Recipient.LAWYER):
        assert not_given(recipient, situation(NAME), with_place=False) is NotGiven.NO_LONGER


def test_a_child_is_no_adult_and_an_unknown_age_is_no_proof():
    assert not_given(Recipient.ADULT, situation(NAME), with_place=False) is NotGiven.STILL_A_CHILD
    assert not_given(Recipient.CHILD, situation(NAME), with_place=False) is None
    assert not_given(Recipient.CHILD, situation(NAME), with_place=True) is None


def test_no_parent_is_among_those_to_whom_it_can_be_given():
    assert {one.value for one in Recipient} == {"child", "adult", "guardian", "lawyer"}
    assert {one.value for one in Reason} == {
        "other_person",
        "investigation",
        "safety",
        "confidential",
        "sealed",
    }
