"""From a duty that lacks something, one step leads to the form that gives it; the duty is then met."""

from collections.abc import Callable

import pytest
from django.test import Client

from encircle.actions.act import Statement
from encircle.actions.law import law_of
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.role import Role
from encircle.web.desk.acts import acts_for, named
from encircle.web.desk.ways import way
from tests.actions.act.test_perform import on_record, open_record, state
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]


@pytest.fixture
def lead() -> Staff:
    """The case lead of Aino."""
    return make_staff("carla", Role.CASE_LEAD)


@pytest.fixture
def aino(lead: Staff) -> str:
    """A record on which Aino is known to be a child, alone here."""
    number = open_record(lead)
    state(
        lead,
        number,
        Statement(type="age_claimed", values={"claimed_child": True, "claimed_years": 15}),
        Statement(type="parental_care_recorded", values={"parental_care": "absent"}),
        Statement(type="status_set", values={"status": "presumed_victim"}),
    )
    return number


def test_carla_sees_what_is_due_tells_the_child_and_the_duty_is_met(
    lead: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(lead)
    home, acts = client.get(f"/records/{aino}/"), client.get(f"/records/{aino}/record/")
    address = f"/records/{aino}/record/tell-the-child/"
    assert read(home.content).problems == read(acts.content).problems == []
    assert address in read(home.content).links
    assert address in read(acts.content).links
    answers = {**hidden(client.get(address).content), "information_given-topics": ["first_contact", "rights"]}
    check = client.post(address, {**answers, "do": "check"})
    assert "First contact, Rights" in read(check.content).text
    saved = client.post(address, {**answers, "do": "save"})
    told = client.get(saved.headers["Location"]).content.decode()
    notice = told[told.index('class="notice saved"') :]
    assert notice.index("Now met") < notice.index("D02a ") < notice.index("</section>")
    assert on_record(lead, aino)[-1].type == "information_given"


def test_every_duty_of_the_packs_leads_to_acts():
    for duty in (one for one in law_of("ee").duties if one.scope.record is Kind.CHILD):
        assert acts_for(duty, [one.id for one in duty.evidence]), duty.code


def test_the_form_begins_with_the_thing_for_which_the_duty_stands():
    held, recording = named()["interview-held"], named()["recording"]
    about = {"about": Kind.INTERVIEW, "subject": "i-1"}
    assert way("n", held, **about).href == "/records/n/record/interview-held/?interview_held-subject=i-1"
    assert way("n", recording, **about).href == "/records/n/record/recording/?recording_made-interview=i-1"
    assert way("n", recording).href == "/records/n/record/recording/"
