"""Requests across borders as people meet them: stopped, prepared, sent, late, answered; flags set and lifted."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from encircle.actions import crossborder
from encircle.actions.act import NotLifted, NotTaken, Statement
from encircle.host.clock import now
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.crossborder import RequestSent
from encircle.vocabulary.identifier import SubjectId
from encircle.vocabulary.role import Role
from encircle.web import crossborder as room
from encircle.web.crossborder.words import TONES
from tests.actions.act.test_perform import on_record as whole_record
from tests.actions.act.test_perform import open_record, state
from tests.web.reading import Page, read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
PARTS = (Path(room.__file__).parents[1] / "static" / "parts.css").read_text(encoding="utf-8")


@pytest.fixture
def aino(carla: Staff) -> str:
    """Aino's record: a guardian, her views and interests on record; she comes from Viet Nam."""
    number = open_record(carla)
    state(
        carla,
        number,
        Statement(type="origin_recorded", values={"nationality": "VN"}),
        Statement(type="guardian_appointed", values={"capacity": "guardian"}, label="guardian"),
        Statement(type="assessment_made", values={"assessment_kind": "best_interests"}, label="interests"),
        Statement(type="view_heard", values={"about": "other"}, label="view"),
    )
    return number


def on_record(staff: Staff, number: str, of: str) -> list[Fact]:
    return [fact for fact in whole_record(staff, number) if fact.type == of]


def seeks_asylum(carla: Staff, number: str) -> None:
    state(carla, number, Statement(type="asylum_wish_expressed", values={"wish_by": "child"}))


def hidden(answer: HttpResponse) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in read(answer.content).inputs:
        if one.get("type") == "hidden" and one["name"] not in ("csrfmiddlewaretoken", "next", "form_mark"):
            found.setdefault(one["name"], []).append(one.get("value", ""))
    return found


def page(answer: HttpResponse) -> Page:
    return read(answer.content)


class Guided:
    """Somebody on the guided path."""

    def __init__(self, client: Client, number: str) -> None:
        self.client, self.address = client, f"/records/{number}/cross-border/new/"
        self.answer: HttpResponse = client.get(self.address)

    def say(self, **answers: object) -> "Guided":
        self.answer = self.client.post(self.address, {**hidden(self.answer), "go": "next", **answers})
        return self

    @property
    def text(self) -> str:
        return page(self.answer).text


def to_finland(client: Client, number: str) -> Guided:
    path = Guided(client, number).say(need="victim_referral").say(country="FI").say(channel="referral_union")
    return path.say(contents=["minimum_set", "needs", "status", "exploitation", "dates", "representative"])


def test_a_request_to_the_country_of_origin_is_stopped_for_a_child_who_seeks_asylum(
    carla: Staff, aino: str, as_staff: SignedIn
):
    seeks_asylum(carla, aino)
    path = Guided(as_staff(carla), aino).say(need="tracing").say(country="VN").say(channel="family_tracing")
    path.say(contents=["mandate", "child_wish"])
    assert "This must not go" in path.text
    assert "asylum" not in path.text.lower(), "the asylum file is closed to this role"
    assert "Continue" not in path.text
    path.say(informed="informed", at="check", go="save")
    assert path.answer.status_code == 403
    assert on_record(carla, aino, "request_prepared") == []


def test_the_referral_to_another_member_state_goes_and_its_clock_runs(
    carla: Staff, aino: str, as_staff: SignedIn
):
    seeks_asylum(carla, aino)
    client = as_staff(carla)
    path = to_finland(client, aino)
    assert "Nothing on record forbids it" in path.text
    path.say().say(informed="informed")
    assert "Your answers" in path.text
    assert "Why not" not in path.text, "the child was told"
    answer = path.say(go="save").answer
    assert answer.status_code == 302
    request = answer["Location"]
    assert "Prepared, not sent" in page(client.get(request)).text
    form = client.get(f"{request}send/")
    day = (now() - timedelta(days=1)).date()
    due = {"due-day": day.day, "due-month": day.month, "due-year": day.year}
    sent = client.post(
        f"{request}send/",
        {**hidden(form), "contents": _all_contents(), "informed": "informed", "go": "send", **due},
    )
    assert (sent.status_code, sent["Location"]) == (302, request)
    assert "Answer is late" in page(client.get(request)).text
    answered = client.get(f"{request}answered/")
    client.post(f"{request}answered/", {**hidden(answered), "answer": "acceptance"})
    assert "Answered late" in page(client.get(request)).text


def _all_contents() -> list[str]:
    return ["minimum_set", "needs", "status", "exploitation", "dates", "representative"]


def test_a_flag_set_after_it_was_prepared_stops_it_at_the_moment_of_sending(
    carla: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(carla)
    request = to_finland(client, aino).say().say(informed="informed").say(go="save").answer["Location"]
    flag = f"/records/{aino}/cross-border/record/flag/"
    client.post(
        flag, {**hidden(client.get(flag)), "scope": ["country"], "country": "FI", "because": "risk_to_child"}
    )
    sent = client.post(
        f"{request}send/",
        {
            **hidden(client.get(f"{request}send/")),
            "contents": _all_contents(),
            "informed": "informed",
            "go": "send",
        },
    )
    assert sent.status_code == 403
    assert "A do-not-contact flag stands" in page(sent).text
    assert on_record(carla, aino, "request_sent") == []


def test_what_has_gone_already_is_recorded_and_raises_an_alarm(carla: Staff, aino: str, as_staff: SignedIn):
    client = as_staff(carla)
    request = to_finland(client, aino).say().say(informed="informed").say(go="save").answer["Location"]
    flag = f"/records/{aino}/cross-border/record/flag/"
    client.post(
        flag, {**hidden(client.get(flag)), "scope": ["country"], "country": "FI", "because": "asylum"}
    )
    gone = client.post(f"{request}send/", {**hidden(client.get(f"{request}send/")), "go": "gone"})
    assert gone.status_code == 302
    assert "raises an alarm" in page(client.get(request)).text
    assert len(on_record(carla, aino, "request_sent")) == 1


def test_a_flag_can_name_a_person_of_the_record_and_nobody_else(carla: Staff, aino: str, as_staff: SignedIn):
    client, flag = as_staff(carla), f"/records/{aino}/cross-border/record/flag/"
    assert 'name="person"' not in client.get(flag).content.decode(), "nobody to name is on record"
    person = state(carla, aino, Statement(type="person_recorded", values={"relation": "parent"})).facts[0].id
    typed = {"scope": ["person"], "because": "risk_to_child"}
    refused = client.post(flag, {**hidden(client.get(flag)), **typed, "person": str(uuid4())})
    assert (refused.status_code, on_record(carla, aino, "do_not_contact_set")) == (400, [])
    assert client.post(flag, {**hidden(client.get(flag)), **typed, "person": person}).status_code == 302
    [fact] = on_record(carla, aino, "do_not_contact_set")
    assert getattr(fact.payload, "person", None) == person


def test_a_flag_is_not_lifted_without_a_written_best_interests_decision(
    carla: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(carla)
    flag = f"/records/{aino}/cross-border/record/flag/"
    client.post(flag, {**hidden(client.get(flag)), "scope": ["family"], "because": "risk_to_family"})
    [fact] = on_record(carla, aino, "do_not_contact_set")
    lift = f"/records/{aino}/cross-border/flags/{fact.subject or fact.id}/lift/"
    assert client.get(lift).status_code == 404
    state(
        carla,
        aino,
        Statement(type="interests_assessed", values={"elements": ["views"]}, label="decision"),
        Statement(
            type="decision_made",
            subject="@decision",
            values={"decision_kind": "family_contact", "in_writing": True},
        ),
    )
    form = client.get(lift)
    [decision] = on_record(carla, aino, "decision_made")
    refused = client.post(
        lift, {**hidden(form), "decision": decision.subject or decision.id, "guardian_heard": "yes"}
    )
    assert (refused.status_code, on_record(carla, aino, "do_not_contact_lifted")) == (400, [])
    values = {"decision": decision.subject or decision.id, "guardian_heard": True, "lawyer_heard": True}
    for one, wrong, refusal in (
        ("lawyer_heard", False, NotLifted),
        ("guardian_heard", None, NotLifted),
        ("decision", None, NotLifted),
        ("decision", str(uuid4()), NotTaken),
    ):
        with pytest.raises(refusal):
            crossborder.state(
                carla.who,
                aino,
                "do_not_contact_lifted",
                {**values, one: wrong},
                subject=SubjectId(fact.subject or fact.id),
                token=str(uuid4()),
            )
    said = {"decision": decision.subject or decision.id, "guardian_heard": "yes", "lawyer_heard": "yes"}
    assert client.post(lift, {**hidden(form), **said}).status_code == 302
    assert len(on_record(carla, aino, "do_not_contact_lifted")) == 1


def test_a_request_from_abroad_is_registered_and_has_a_time(carla: Staff, aino: str, as_staff: SignedIn):
    client = as_staff(carla)
    address = f"/records/{aino}/cross-border/record/received/"
    said = {"from_country": "FI", "need": "situation_report", "disclosure_endangers": "not_determined"}
    assert client.post(address, {**hidden(client.get(address)), **said}).status_code == 302
    text = page(client.get(f"/records/{aino}/cross-border/")).text
    assert "To be answered here" in text
    assert "Limit of law" in text


def test_the_cover_sheet_has_a_number_and_no_name(carla: Staff, aino: str, as_staff: SignedIn):
    state(carla, aino, Statement(type="name_recorded", values={"name_used": "Aino"}))
    client = as_staff(carla)
    request = to_finland(client, aino).say().say(informed="informed").say(go="save").answer["Location"]
    assert "Aino" in client.get(request).content.decode()
    sheet = client.get(f"{request}print/").content.decode()
    assert aino in sheet
    assert "Aino" not in sheet


def test_others_see_none_of_it(carla: Staff, aino: str, eva: Staff, as_staff: SignedIn):
    client = as_staff(carla)
    request = to_finland(client, aino).say().say(informed="informed").say(go="save").answer["Location"]
    eva_sees = as_staff(eva).get(request)
    assert eva_sees.status_code == 404
    officer = make_staff("officer", Role.CENTRAL_AUTHORITY)
    assert as_staff(officer).get(f"/records/{aino}/cross-border/").status_code == 404


def test_why_the_child_is_not_told_can_be_said_when_it_is_sent(carla: Staff, aino: str, as_staff: SignedIn):
    client = as_staff(carla)
    request = to_finland(client, aino).say().say(informed="informed").say(go="save").answer["Location"]
    form = client.get(f"{request}send/")
    said = {
        **hidden(form),
        "contents": _all_contents(),
        "informed": "not_informed_with_reason",
        "go": "send",
    }
    without = client.post(f"{request}send/", said)
    assert (without.status_code, on_record(carla, aino, "request_sent")) == (403, [])
    sent = client.post(f"{request}send/", {**said, "not_informed_reasons": "She is in hospital today."})
    assert (sent.status_code, sent["Location"]) == (302, request)
    (fact,) = on_record(carla, aino, "request_sent")
    assert isinstance(fact.payload, RequestSent)
    assert fact.payload.not_informed_reasons == "She is in hospital today."


def test_the_path_asks_about_which_person_where_persons_are_on_record(
    carla: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(carla)
    assert "About which person" not in Guided(client, aino).say(need="tracing").text
    state(carla, aino, Statement(type="person_recorded", values={"relation": "mother"}))
    (mother,) = on_record(carla, aino, "person_recorded")
    id_ = mother.subject or mother.id
    path = Guided(client, aino).say(need="tracing")
    assert "About which person around the child?" in path.text
    path.say(country="FI")
    assert "Choose about whom it is." in path.text
    path.say(country="FI", about_person=id_)
    assert "By which way does the request go?" in path.text


def test_a_flag_for_a_person_stops_a_request_about_that_person(carla: Staff, aino: str, as_staff: SignedIn):
    client = as_staff(carla)
    state(carla, aino, Statement(type="person_recorded", values={"relation": "mother"}))
    (mother,) = on_record(carla, aino, "person_recorded")
    id_ = mother.subject or mother.id
    flag = {"scope": ["person"], "because": "risk_to_child", "person": id_}
    state(carla, aino, Statement(type="do_not_contact_set", values=flag))
    stopped = []
    for about in (id_, "nobody"):
        path = Guided(client, aino).say(need="victim_referral").say(country="FI", about_person=about)
        path.say(channel="referral_union").say(contents=_all_contents())
        stopped.append("This must not go" in path.text)
    assert stopped == [True, False]


@pytest.mark.parametrize("tone", sorted({tone for tone in TONES.values() if tone} | {"alarm"}))
def test_each_state_has_a_colour_in_the_style_sheet(tone: str):
    assert f".tag.{tone}" in PARTS
    assert ".tag.danger" not in PARTS, "a tone that no sheet knows is caught"
