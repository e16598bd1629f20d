"""Recording an act: every form renders, what was typed is kept, a prohibition is told, a stale write gets both."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encircle.actions.act import NotTaken, Statement, perform
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.language import LanguageRecorded
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.role import Role
from encircle.web.desk.acts import TABLE, Act
from encircle.web.desk.forms.questions import name_of
from tests.actions.act.test_perform import on_record, open_record
from tests.vocabulary.facts.example import value
from tests.web.reading import read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]


@pytest.fixture
def aino(carla: Staff) -> str:
    """The number of a record on which nothing stands yet."""
    return open_record(carla)


def hidden(content: bytes) -> dict[str, str]:
    """The hidden fields of the form on that page."""
    return {
        one["name"]: one.get("value", "")
        for one in read(content).inputs
        if one.get("type") == "hidden" and one["name"] not in ("csrfmiddlewaretoken", "next")
    }


def typed(field: FieldShape) -> object:
    """An answer that fits, as people type it."""
    answer = value(field)
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "28.10.2026" if field.value == "when" else answer


def least_typed(act: Act, staff: Staff) -> dict[str, object]:
    """The questions of that act that must be answered, answered."""
    return {
        name_of(step.type, field.name): staff.agency if field.value == "agency" else typed(field)
        for step in act.steps
        if not step.optional
        for field in shape(FACT_TYPES[step.type])
        if field.required
    }


@pytest.mark.parametrize("act", TABLE, ids=[act.slug for act in TABLE])
def test_every_act_of_the_table_is_asked_checked_and_saved_by_the_role_that_mostly_does_it(
    act: Act, as_staff: SignedIn
):
    assert act.role is not None
    staff = make_staff("dmitri", act.role)
    number = open_record(staff)
    client = as_staff(staff)
    address = f"/records/{number}/record/{act.slug}/"
    form = client.get(address)
    assert (form.status_code, read(form.content).problems) == (200, [])
    filled = {**hidden(form.content), **least_typed(act, staff)}
    check = client.post(address, {**filled, "do": "check"})
    assert (check.status_code, read(check.content).problems) == (200, [])
    saved = client.post(address, {**filled, **hidden(check.content), "do": "save"})
    assert (saved.status_code, saved.headers["Location"]) == (302, f"/records/{number}/")
    assert 'class="notice saved"' in client.get(f"/records/{number}/").content.decode()
    assert 'class="notice saved"' not in client.get(f"/records/{number}/").content.decode()


PLAN = {"interview_planned-at": "24.12.2026", "interview_planned-purpose": "investigative"}
ALONE = {**PLAN, "interview_planned-companion_expected": "no"}


@pytest.fixture
def dmitri() -> Staff:
    """A police officer who plans interviews."""
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def his(dmitri: Staff) -> str:
    return open_record(dmitri)


def post(client: Client, address: str, answers: dict[str, object], do: str) -> HttpResponse:
    """Open the form, fill it in and send it."""
    return client.post(address, {**hidden(client.get(address).content), **answers, "do": do})


def test_a_plan_without_a_companion_is_refused_with_its_source_and_then_planned_rightly(
    dmitri: Staff, his: str, as_staff: SignedIn
):
    client, address = as_staff(dmitri), f"/records/{his}/record/plan-interview/"
    for do in ("check", "save"):
        refused = post(client, address, ALONE, do)
        page = read(refused.content)
        assert (refused.status_code, page.problems) == (403, [])
        assert "P11-interview_planned" in page.text
        assert "35(1)(f)" in page.text
        assert "Ask the representative" in page.text
        assert 'value="24.12.2026"' in refused.content.decode()
    assert on_record(dmitri, his) == ()
    rightly = post(client, address, {**PLAN, "interview_planned-companion_expected": "yes"}, "save")
    assert rightly.status_code == 302
    assert [fact.type for fact in on_record(dmitri, his)] == ["interview_planned"]


def test_a_second_person_is_asked_and_agrees(dmitri: Staff, his: str, as_staff: SignedIn):
    client, address = as_staff(dmitri), f"/records/{his}/record/plan-interview/"
    bare = post(client, address, ALONE, "ask")
    assert "Name the legal basis" in read(bare.content).text
    asked = post(client, address, {**ALONE, "override_basis": "Her own wish."}, "ask")
    assert (asked.status_code, read(asked.content).problems) == (200, [])
    found = [
        link for link in read(client.get(f"/records/{his}/record/").content).links if "/overrides/" in link
    ]
    form = client.get(found[0])
    assert "Her own wish." in read(form.content).text
    alone = client.post(found[0], {**hidden(form.content), "do": "agree"})
    assert (alone.status_code, "A second person" in read(alone.content).text) == (403, True)


def test_a_stale_form_gets_both_and_can_be_saved_as_a_correction(aino: str, carla: Staff, as_staff: SignedIn):
    client, address = as_staff(carla), f"/records/{aino}/record/care/"
    opened = hidden(client.get(address).content)
    first = post(client, address, {"parental_care_recorded-parental_care": "absent"}, "save")
    assert first.status_code == 302
    stale = client.post(
        address,
        {
            **opened,
            "parental_care_recorded-parental_care": "conflict",
            "parental_care_recorded-care_note": "She said.",
            "do": "save",
        },
    )
    page = read(stale.content)
    assert (stale.status_code, page.problems) == (409, [])
    assert "She said." in page.text
    assert len(on_record(carla, aino)) == 1
    (theirs,) = on_record(carla, aino)
    kept = {
        "token": opened["token"],
        "read": theirs.id,
        "other": theirs.id,
        "relation": "corrects",
        "parental_care_recorded-parental_care": "conflict",
    }
    assert all(f'value="{value}"' in stale.content.decode() for value in kept.values())
    saved = client.post(address, {**kept, "do": "save"})
    assert saved.status_code == 302
    assert [fact.corrects for fact in on_record(carla, aino)] == [None, theirs.id]


def opened_as(kind: str, **more: FactId) -> Statement:
    return Statement(type="proceeding_opened", values={"proceeding_kind": kind}, **more)


@pytest.mark.parametrize(
    ("kind", "is_open", "ways"),
    [("child_protection", True, ("correct", "version", "again")), ("asylum", False, ("again",))],
)
def test_a_stale_form_shows_nothing_of_theirs_that_is_closed_to_its_writer(
    kind: str, is_open: bool, ways: tuple[str, ...], dmitri: Staff, his: str, as_staff: SignedIn
):
    client, lead = as_staff(dmitri), replace(dmitri.who, role=Role.CASE_LEAD)
    bo = replace(dmitri.who, role=Role.GUARDIAN)
    (first,) = perform(lead, his, [opened_as("criminal_victim")], token=str(uuid4())).facts
    address = f"/records/{his}/facts/{first.id}/correct/"
    form = hidden(client.get(address).content)
    (theirs,) = perform(
        lead if is_open else bo, his, [opened_as(kind, corrects=first.id)], token=str(uuid4())
    ).facts
    mine = {**form, "proceeding_opened-proceeding_kind": "compensation", "relation": "corrects", "do": "save"}
    told = client.post(address, mine)
    page = read(told.content)
    assert (told.status_code, page.problems) == (409, [])
    assert tuple(name for name in ("correct", "version", "again") if f"choice-{name}" in page.ids) == ways
    assert ("asylum" in page.text.lower(), "it is not open to you" in page.text) == (False, not is_open)
    assert (f'name="other" value="{theirs.id}"' in told.content.decode()) is is_open
    saved = client.post(address, {**mine, "read": theirs.id})
    assert saved.status_code == 302


def test_what_is_closed_to_a_writer_can_be_neither_corrected_nor_taken_back(dmitri: Staff, his: str):
    bo = replace(dmitri.who, role=Role.GUARDIAN)
    (closed,) = perform(bo, his, [opened_as("asylum")], token=str(uuid4())).facts
    for statement in (
        opened_as("compensation", corrects=closed.id),
        opened_as("compensation", version_of=closed.id),
        Statement(type="withdrawal", values={"withdrawal_reasons": "No."}, withdraws=closed.id),
    ):
        with pytest.raises(NotTaken) as told:
            perform(dmitri.who, his, [statement], token=str(uuid4()))
        assert [problem.code for problem in told.value.problems] == ["not_on_record"]


def test_a_double_click_and_the_back_button_save_once(aino: str, carla: Staff, as_staff: SignedIn):
    client, address = as_staff(carla), f"/records/{aino}/record/language/"
    filled = {
        **hidden(client.get(address).content),
        "language_recorded-languages": "Estonian, et",
        "do": "save",
    }
    assert [client.post(address, filled).status_code for _ in range(3)] == [302, 302, 302]
    other = client.post(address, {**filled, "language_recorded-languages": "ar"})
    assert (other.status_code, "other answers" in read(other.content).text) == (409, True)
    assert [fact.payload for fact in on_record(carla, aino)] == [LanguageRecorded(languages=("et", "et"))]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Choose one of the answers."),
        ({"happened": "32.13.2026"}, "This time cannot be read."),
        ({"happened": "2199"}, "This time lies in the future."),
        ({"parental_care_recorded-care_note": "x" * 20_001}, "at most 20,000 characters"),
        ({"parental_care_recorded-care_note": "a\x07b"}, "a sign that nobody can see"),
        ({"agency": "12345678-1234-1234-1234-123456789012"}, "There is no such agency"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_is_kept(
    answers: dict[str, object], words: str, aino: str, carla: Staff, as_staff: SignedIn
):
    client, address = as_staff(carla), f"/records/{aino}/record/care/"
    for do in ("check", "save"):
        told = post(client, address, answers, do)
        page = read(told.content)
        assert (told.status_code, words in page.text) == (400, True)
        assert all(str(value) in told.content.decode() for value in answers.values())
        assert "wrong_value" not in told.content.decode()
    assert on_record(carla, aino) == ()


def test_a_thing_of_another_record_is_refused_by_its_field(dmitri: Staff, his: str, as_staff: SignedIn):
    client, other = as_staff(dmitri), open_record(dmitri)
    elsewhere = post(
        client,
        f"/records/{other}/record/open-proceeding/",
        {"proceeding_opened-proceeding_kind": "criminal_victim"},
        "save",
    )
    assert elsewhere.status_code == 302
    (theirs,) = on_record(dmitri, other)
    told = post(
        client,
        f"/records/{his}/record/plan-interview/",
        {**PLAN, "interview_planned-proceeding": theirs.id},
        "save",
    )
    assert (told.status_code, "not on the record of this child" in read(told.content).text) == (400, True)


def test_an_entry_is_corrected_and_taken_back(aino: str, carla: Staff, as_staff: SignedIn):
    client = as_staff(carla)
    post(client, f"/records/{aino}/record/care/", {"parental_care_recorded-parental_care": "absent"}, "save")
    (first,) = on_record(carla, aino)
    address = f"/records/{aino}/facts/{first.id}/correct/"
    form = client.get(address)
    assert (form.status_code, read(form.content).problems) == (200, [])
    changed = {"parental_care_recorded-parental_care": "present", "relation": "corrects"}
    assert post(client, address, changed, "save").status_code == 302
    second = on_record(carla, aino)[1]
    assert second.corrects == first.id
    back = f"/records/{aino}/facts/{second.id}/withdraw/"
    assert post(client, back, {"reasons": ""}, "save").status_code == 400
    assert post(client, back, {"reasons": "The wrong record."}, "save").status_code == 302
    assert on_record(carla, aino)[2].withdraws == second.id


def test_taken_back_once_more_from_the_same_form_is_told_as_done(aino: str, carla: Staff, as_staff: SignedIn):
    client = as_staff(carla)
    post(client, f"/records/{aino}/record/care/", {"parental_care_recorded-parental_care": "absent"}, "save")
    (first,) = on_record(carla, aino)
    back = f"/records/{aino}/facts/{first.id}/withdraw/"
    form = {**hidden(client.get(back).content), "do": "save"}
    assert client.post(back, {**form, "reasons": "The wrong record."}).status_code == 302
    again = client.post(back, {**form, "reasons": "Another reason."})
    assert (again.status_code, "saved already" in read(again.content).text) == (409, True)
    assert len(on_record(carla, aino)) == 2


def test_an_alarm_is_acknowledged_with_what_was_done(dmitri: Staff, his: str, as_staff: SignedIn):
    client = as_staff(dmitri)
    held = {"interview_held-in_presence_of_suspect": "yes"}
    warned = post(client, f"/records/{his}/record/interview-held/", held, "check")
    assert (warned.status_code, "P1-interview" in read(warned.content).text) == (200, True)
    post(client, f"/records/{his}/record/interview-held/", held, "save")
    address = f"/records/{his}/alarms/P1-interview/acknowledge/"
    assert "P1-interview" in read(client.get(address).content).text
    filled = {
        **hidden(client.get(address).content),
        "alarm_acknowledged-prohibition": "P1",
        "alarm_acknowledged-done": "We spoke with her.",
    }
    assert client.post(address, {**filled, "do": "save"}).status_code == 302
    assert client.get(f"/records/{his}/alarms/P99/acknowledge/").status_code == 404


def test_eva_gets_the_same_answer_as_for_a_record_that_is_not_there(
    aino: str, eva: Staff, as_staff: SignedIn
):
    client = as_staff(eva)
    for path in ("record/", "record/care/", "facts/x/correct/", "alarms/P1/acknowledge/"):
        hidden_one, absent = client.get(f"/records/{aino}/{path}"), client.get(f"/records/zzzz-zzzz/{path}")
        assert (hidden_one.status_code, hidden_one.content) == (404, absent.content)


def test_an_act_is_found_by_a_word(aino: str, carla: Staff, as_staff: SignedIn):
    client = as_staff(carla)
    everything, found = (
        client.get(f"/records/{aino}/record/"),
        client.get(f"/records/{aino}/record/?q=sleeps"),
    )
    assert read(everything.content).problems == read(found.content).problems == []
    assert "Where the child sleeps tonight" in read(found.content).text
    assert "A lawyer is appointed" not in read(found.content).text
    assert "A lawyer is appointed" in read(everything.content).text
    assert client.get(f"/records/{aino}/record/no-such-act/").status_code == 404


@given(
    answers=st.dictionaries(
        st.sampled_from(
            [name_of("assessment_made", field.name) for field in shape(FACT_TYPES["assessment_made"])]
            + ["happened", "learnt_at", "agency", "said_by", "certainty", "assessment_made-subject"]
        ),
        st.text(max_size=30),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered_and_kept(
    answers: dict[str, str], aino: str, carla: Staff, as_staff: SignedIn
):
    client, address = as_staff(carla), f"/records/{aino}/record/individual-assessment/"
    told = client.post(address, {"token": str(uuid4()), "read": "", **answers, "do": "check"})
    assert told.status_code in (200, 400)
    page = told.content.decode()
    for name, typed_in in answers.items():
        plain = typed_in.replace("\r\n", "\n").replace("\r", "\n").strip()
        assert escape(plain) in page, name
