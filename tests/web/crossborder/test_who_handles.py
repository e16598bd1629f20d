"""Who handles requests reads them: a central authority and a focal point, and nothing that is flagged."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from encircle.actions.act import NotTaken, Statement, add_learnt, opened_of
from encircle.actions.crossborder import requests_of
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import on_record, open_record, state
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.desk.test_what_is_open import joined
from tests.web.reading import read
from tests.web.world import Staff

SignedIn = Callable[[Staff], Client]
NAME, WISH = "Aino Q.", "stay with her aunt"
FINLAND = {"instrument": "brussels_iib", "request_kind": "situation_report", "to_country": "FI"}
SWEDEN = {**FINLAND, "to_country": "SE"}
HANDLING = (Role.CENTRAL_AUTHORITY, Role.FOCAL_POINT)


@pytest.fixture
def aino(carla: Staff) -> str:
    """Aino's record: her name, what she wishes, a request to Finland and one to Sweden, with which nobody may speak."""
    number = open_record(carla)
    state(
        carla,
        number,
        Statement(type="name_recorded", values={"name_used": NAME}),
        Statement(type="view_heard", values={"about": "other", "words": WISH}),
        Statement(type="request_sent", values=FINLAND),
        Statement(type="request_sent", values=SWEDEN),
        Statement(
            type="do_not_contact_set",
            values={"scope": ["country"], "country": "SE", "because": "risk_to_child"},
        ),
    )
    return number


def both(carla: Staff, number: str) -> dict[str, str]:
    """The requests of the record by country."""
    return {one.country: one.id for one in requests_of(carla.who, number).requests}


@pytest.mark.parametrize("role", HANDLING)
def test_who_handles_a_request_reads_it_and_nothing_of_a_flagged_one(
    role: Role, carla: Staff, aino: str, as_staff: SignedIn
):
    requests = both(carla, aino)
    assert set(requests) == {"FI", "SE"}, "the flagged request is there"
    client = as_staff(joined(carla, aino, role))
    address = f"/records/{aino}/cross-border/"
    listed = client.get(address)
    assert listed.status_code == 200
    assert requests["FI"] in listed.content.decode()
    assert requests["SE"] not in listed.content.decode()
    opened = client.get(f"{address}{requests['FI']}/")
    assert (opened.status_code, "Finland" in read(opened.content).text) == (200, True)
    flagged = client.get(f"{address}{requests['SE']}/")
    nowhere = client.get(f"{address}{'0' * 8}{requests['SE'][8:]}/")
    assert (flagged.status_code, nowhere.status_code) == (404, 404)
    assert read(flagged.content).text == read(nowhere.content).text
    for page in (address, f"/records/{aino}/", f"/records/{aino}/calendar/"):
        text = client.get(page).content.decode()
        assert requests["SE"] not in text
        assert WISH not in text


def test_a_focal_point_works_under_the_number_and_a_central_authority_knows_the_name(
    carla: Staff, aino: str, as_staff: SignedIn
):
    pages = {
        role: as_staff(joined(carla, aino, role)).get(f"/records/{aino}/cross-border/").content.decode()
        for role in HANDLING
    }
    assert NAME in pages[Role.CENTRAL_AUTHORITY]
    assert NAME not in pages[Role.FOCAL_POINT]
    assert "Flags are not open to your role" in pages[Role.FOCAL_POINT]
    assert "No flag stands" not in pages[Role.FOCAL_POINT]


@pytest.mark.parametrize("role", HANDLING)
def test_a_program_reads_the_same(role: Role, database: TestDatabase, carla: Staff, aino: str):
    program = program_of(database, joined(carla, aino, role))
    answer = program.get(f"/records/{aino}/requests", Purpose.CROSS_BORDER)
    assert [one["id"] for one in told(answer)["requests"]] == [both(carla, aino)["FI"]]
    record = program.get(f"/records/{aino}", Purpose.PROTECT).content.decode()
    assert both(carla, aino)["FI"] in record
    assert both(carla, aino)["SE"] not in record
    assert WISH not in record
    assert (NAME in record) is (role is Role.CENTRAL_AUTHORITY)


@pytest.mark.parametrize("role", HANDLING)
def test_who_handles_a_request_writes_what_became_of_it(role: Role, carla: Staff, aino: str):
    staff, request = joined(carla, aino, role), both(carla, aino)["FI"]
    state(staff, aino, Statement(type="request_acknowledged", subject=request))
    (seen,) = requests_of(staff.who, aino).requests
    assert seen.at("acknowledged") is not None


def test_a_request_abroad_is_no_matter_of_a_school(carla: Staff, aino: str, as_staff: SignedIn):
    school = as_staff(joined(carla, aino, Role.SCHOOL))
    assert school.get(f"/records/{aino}/cross-border/").status_code == 403
    assert both(carla, aino)["FI"] not in school.get(f"/records/{aino}/").content.decode()


def not_taken(staff: Staff, number: str, fact: FactId) -> tuple[object, ...]:
    with pytest.raises(NotTaken) as refused:
        add_learnt(staff.who, number, fact)
    return refused.value.problems


@pytest.mark.parametrize("role", HANDLING)
def test_nobody_learns_from_a_program_that_a_flagged_request_is_there(role: Role, carla: Staff, aino: str):
    staff = joined(carla, aino, role)
    sent = {
        fact.payload.to_country: fact.id for fact in on_record(carla, aino) if fact.type == "request_sent"
    }
    assert add_learnt(staff.who, aino, sent["FI"]).number == aino
    assert not_taken(staff, aino, sent["SE"]) == not_taken(staff, aino, FactId(str(uuid4())))


def acknowledged(program: Program, number: str, request: str, **headers: str) -> HttpResponse:
    said = {"statements": [{"type": "request_acknowledged", "subject": request}]}
    return program.post(f"/records/{number}/acts", Purpose.RECORD, said, **headers)


@pytest.mark.parametrize("role", HANDLING)
def test_a_guess_at_a_flagged_request_is_answered_as_one_at_nothing(
    role: Role, database: TestDatabase, carla: Staff, aino: str
):
    """Stale or not: nobody is told of words that were written meanwhile, nor that there are any."""
    program, requests = program_of(database, joined(carla, aino, role)), both(carla, aino)
    read = {"If-Match": program.get(f"/records/{aino}", Purpose.PROTECT).headers["ETag"]}
    for country in ("FI", "SE"):
        state(carla, aino, Statement(type="request_acknowledged", subject=requests[country]))
    stale = problem(acknowledged(program, aino, requests["FI"], **read))
    assert (stale["status"], [one["subject"] for one in stale["theirs"]]) == (409, [requests["FI"]])
    before = on_record(carla, aino)
    for match in (read, {"If-Match": "*"}):
        flagged, nothing = (
            acknowledged(program, aino, one, **match) for one in (requests["SE"], str(uuid4()))
        )
        assert (flagged.status_code, nothing.status_code) == (422, 422)
        assert flagged.content == nothing.content
    assert on_record(carla, aino) == before


@pytest.mark.parametrize("role", HANDLING)
def test_a_request_that_one_wrote_oneself_is_gone_once_it_is_flagged(role: Role, carla: Staff, aino: str):
    """The same as on every page: it does not stay open to whoever happens to know its id."""
    staff = joined(carla, aino, role)
    sent = state(staff, aino, Statement(type="request_sent", values={**FINLAND, "to_country": "NO"}))
    request = sent.facts[0].id
    state(staff, aino, Statement(type="request_acknowledged", subject=request))
    flag = {"scope": ["country"], "country": "NO", "because": "asylum"}
    state(carla, aino, Statement(type="do_not_contact_set", values=flag))
    with pytest.raises(NotTaken) as refused:
        state(staff, aino, Statement(type="request_delayed", subject=request))
    with pytest.raises(NotTaken) as nothing:
        state(staff, aino, Statement(type="request_delayed", subject=str(uuid4())))
    assert refused.value.problems == nothing.value.problems


@pytest.mark.parametrize("role", HANDLING)
def test_what_others_wrote_of_a_flagged_request_is_in_no_answer_to_a_conflict(
    role: Role, carla: Staff, aino: str
):
    staff = joined(carla, aino, role)
    sent = [fact for fact in on_record(carla, aino) if fact.type == "request_sent"]
    opened = opened_of(staff.who, aino, sent)
    assert [getattr(fact.payload, "to_country", "") for fact in opened] == ["FI"]
    assert opened_of(carla.who, aino, sent) == tuple(sent)


@pytest.mark.parametrize("role", HANDLING)
def test_what_has_happened_is_taken_alike_whether_a_flag_stands_or_not(
    role: Role, database: TestDatabase, carla: Staff, aino: str
):
    program = program_of(database, joined(carla, aino, role))
    came = {"need": "situation_report"}
    answers = {
        country: told(
            program.post(
                f"/records/{aino}/requests/received",
                Purpose.CROSS_BORDER,
                {**came, "from_country": country},
            ),
            201,
        )
        for country in ("FI", "SE")
    }
    one, other = ({**each, "facts": len(each["facts"])} for each in answers.values())
    assert one == other
    here = told(program.get(f"/records/{aino}/requests", Purpose.CROSS_BORDER))["requests"]
    assert [each["country"] for each in here] == ["FI", "FI"]
    assert len(requests_of(carla.who, aino).requests) == 4
