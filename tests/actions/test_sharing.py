"""Sharing agreements: one side proposes, the other signs, a decision about one child rests on it, either side ends it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from pytest_django import Settings

from encircle.actions import sharing
from encircle.actions.context import Who, at_work
from encircle.actions.opened import open_part_to, opened_parts
from encircle.actions.permit import NotAllowed, permitted
from encircle.actions.sharing import (
    Agreements,
    NoSuchAgreement,
    Standing,
    end_sharing,
    propose_agreement,
    sharing_agreement,
    sharing_agreements,
    sign_agreement,
)
from encircle.core.sharing import AgreementState
from encircle.records.parts import parts_in
from encircle.records.roots import add_member, end_membership, open_root
from encircle.records.seen import root_numbered, root_of
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of, journal_of, make_staff

HEALTH, LOCATION = FieldGroup.HEALTH, FieldGroup.LOCATION
WAITS, RUNS, ENDED, DECLINED = (
    AgreementState.WAITS,
    AgreementState.RUNS,
    AgreementState.ENDED,
    AgreementState.DECLINED,
)


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def sofia(database: TestDatabase) -> Staff:
    """She supervises the child protection service."""
    return make_staff("sofia", Role.SUPERVISOR)


@pytest.fixture
def simon(database: TestDatabase) -> Staff:
    """He supervises another agency."""
    return make_staff("simon", Role.SUPERVISOR)


@pytest.fixture
def eva(database: TestDatabase) -> Staff:
    return make_staff("eva", Role.SUPERVISOR)


@pytest.fixture
def today(sofia: Staff) -> date:
    return sharing_agreements(sofia.who).today


def proposed(by: Staff, to: Staff, today: date, **given: object) -> str:
    terms: dict[str, object] = {
        "gives": True,
        "groups": [LOCATION],
        "ends": [VisitPurpose.PROTECT],
        "onward": Onward.NOT,
        "basis": "Child Protection Act 31",
        "first": today,
        "last": today + timedelta(days=365),
        "token": str(uuid4()),
    }
    return propose_agreement(by.who, to.agency, **{**terms, **given})


def seen(who: Who, number: str) -> Standing:
    return sharing_agreement(who, number)[1]


def ids(found: Agreements) -> list[str]:
    return [one.agreement.id for one in found.items]


def test_it_waits_until_the_other_side_has_signed_and_then_runs(sofia: Staff, simon: Staff, today: date):
    number = proposed(sofia, simon, today)
    mine, theirs = seen(sofia.who, number), seen(simon.who, number)
    assert (mine.state, mine.may_sign, mine.may_end) == (WAITS, False, True)
    assert (theirs.state, theirs.may_sign, theirs.may_end) == (WAITS, True, True)
    sign_agreement(simon.who, number)
    after = seen(sofia.who, number)
    assert (after.state, after.may_sign, after.may_end) == (RUNS, False, True)
    assert (after.agreement.giver, after.agreement.taker) == (sofia.agency, simon.agency)
    assert after.agreement.terms.groups == {LOCATION}
    with pytest.raises(NoSuchAgreement):
        sign_agreement(simon.who, number)


def test_who_is_to_receive_can_propose_it_too(sofia: Staff, simon: Staff, today: date):
    number = proposed(simon, sofia, today, gives=False)
    one = seen(sofia.who, number)
    assert (one.agreement.giver, one.may_sign) == (sofia.agency, True)
    sign_agreement(sofia.who, number)
    assert seen(simon.who, number).state is RUNS


def test_with_an_agency_beyond_those_that_can_be_listed_it_is_proposed_all_the_same(
    sofia: Staff, simon: Staff, today: date, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sharing, "MOST_AGENCIES", 0)
    assert seen(simon.who, proposed(sofia, simon, today)).state is WAITS


def test_all_staff_may_read_it_and_nobody_else_signs_or_ends_it(
    sofia: Staff, simon: Staff, eva: Staff, today: date
):
    number = proposed(sofia, simon, today)
    one = seen(eva.who, number)
    assert (one.state, one.may_sign, one.may_end) == (WAITS, False, False)
    for act in (lambda: sign_agreement(eva.who, number), lambda: end_sharing(eva.who, number, "declined")):
        with pytest.raises(NoSuchAgreement):
            act()
    assert number in ids(sharing_agreements(eva.who, of_all=True))
    assert number not in ids(sharing_agreements(eva.who))
    assert ids(sharing_agreements(simon.who)) == [number]


def test_only_who_answers_for_an_agency_signs_for_it(sofia: Staff, today: date, database: TestDatabase):
    dmitri = make_staff("dmitri", Role.POLICE)
    number = proposed(sofia, dmitri, today)
    assert sharing_agreements(dmitri.who).others == ()
    with pytest.raises(NotAllowed):
        sign_agreement(dmitri.who, number)
    program = Who(sofia.person, sofia.agency, Role.SUPERVISOR, only=frozenset({LOCATION}))
    with pytest.raises(NotAllowed):
        end_sharing(program, number, "taken_back")


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"groups": []}, "groups"),
        ({"groups": [FieldGroup.MINIMUM]}, "groups"),
        ({"ends": []}, "ends"),
        ({"onward": None}, "onward"),
        ({"basis": ""}, "basis"),
        ({"first": None}, "first"),
        ({"last": None}, "last"),
        ({"last": date(2020, 1, 1)}, "last"),
        ({"first": date(2020, 1, 1)}, "first"),
        ({"token": "not a token"}, None),
    ],
)
def test_what_cannot_be_agreed_is_told_at_its_field(
    sofia: Staff, simon: Staff, today: date, given: dict[str, object], where: str | None
):
    with pytest.raises(Refused) as told:
        proposed(sofia, simon, today, **given)
    assert getattr(told.value, "where", None) == where
    assert sharing_agreements(simon.who).items == ()


@pytest.mark.parametrize("other", ["", "nobody", "00000000-0000-4000-8000-000000000000"])
def test_an_agency_that_is_not_there_or_ones_own_is_refused(sofia: Staff, today: date, other: str):
    for one in (AgencyId(other), sofia.agency):
        with pytest.raises(BadInput) as told:
            propose_agreement(
                sofia.who,
                one,
                gives=True,
                groups=[LOCATION],
                ends=[VisitPurpose.PROTECT],
                onward=Onward.NOT,
                basis="Child Protection Act 31",
                first=today,
                last=today + timedelta(days=9),
                token=str(uuid4()),
            )
        assert told.value.where == "other"


def test_the_same_form_proposes_it_once(sofia: Staff, simon: Staff, today: date):
    token = str(uuid4())
    assert proposed(sofia, simon, today, token=token) == proposed(sofia, simon, today, token=token)
    assert len(sharing_agreements(sofia.who).items) == 1


@pytest.mark.parametrize(("by", "because"), [("simon", "declined"), ("sofia", "taken_back")])
def test_before_both_have_signed_it_is_declined_or_taken_back(
    sofia: Staff, simon: Staff, today: date, by: str, because: str
):
    number = proposed(sofia, simon, today)
    who = {"simon": simon, "sofia": sofia}[by].who
    wrong = {"declined": "taken_back", "taken_back": "declined"}[because]
    for refused in (wrong, "no_longer_needed", ""):
        with pytest.raises(BadInput):
            end_sharing(who, number, refused)
    assert end_sharing(who, number, because) == 0
    one = seen(sofia.who, number)
    assert (one.state, one.agreement.because, one.may_sign, one.may_end) == (DECLINED, because, False, False)
    with pytest.raises(NoSuchAgreement):
        sign_agreement(simon.who, number)
    with pytest.raises((NoSuchAgreement, BadInput)):
        end_sharing(who, number, because)


def record(sofia: Staff, *others: Staff) -> str:
    with at_work(sofia.who, Purpose.OPEN_CASE) as context:
        root = open_root(Kind.CHILD, ctx=context)
        for one in others:
            add_member(root, one.agency, relation=Relation.TEAM)
        found = root_of(root)
    assert found is not None
    return found.number


def opened(by: Staff, number: str, to: Staff, agreement: str, group: FieldGroup = LOCATION) -> bool:
    return open_part_to(
        by.who,
        number,
        to.agency,
        group,
        days=365,
        basis="",
        reason="To bring the child to school.",
        token=str(uuid4()),
        agreement=agreement,
    )


@pytest.fixture
def rosa(database: TestDatabase) -> Staff:
    return make_staff("rosa", Role.SCHOOL)


@pytest.fixture
def schools(rosa: Staff) -> Staff:
    """Who supervises the school at which Rosa teaches."""
    return colleague_of(rosa, Role.SUPERVISOR)


def groups_of(who: Who, number: str) -> frozenset[FieldGroup]:
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        return permit.allowed.groups


def test_a_part_opened_on_it_has_its_basis_and_its_last_day_and_ends_with_it(
    sofia: Staff, rosa: Staff, schools: Staff, today: date
):
    number = record(sofia, rosa)
    agreed = proposed(sofia, schools, today, last=today + timedelta(days=40))
    with pytest.raises(BadInput) as told:
        opened(sofia, number, rosa, agreed)
    assert (told.value.code, told.value.where) == (
        "not_covered",
        "agreement",
    )  # nobody has signed for the school
    sign_agreement(schools.who, agreed)
    assert [one.id for one in opened_parts(sofia.who, number).agreements] == [agreed]
    assert opened_parts(rosa.who, number).agreements == ()
    with pytest.raises(BadInput):
        opened(sofia, number, rosa, agreed, FieldGroup.VIEWS)
    assert opened(sofia, number, rosa, agreed)
    (one,) = opened_parts(rosa.who, number).items
    assert (one.basis, one.agreement, one.onward, one.runs) == (
        "ChildProtectionAct 31",
        agreed,
        Onward.NOT,
        True,
    )
    assert (one.until - one.since).days in (40, 41)
    assert LOCATION in groups_of(rosa.who, number)
    assert end_sharing(schools.who, agreed, "no_longer_needed") == 1
    assert LOCATION not in groups_of(rosa.who, number)
    assert [one.runs for one in opened_parts(sofia.who, number).items] == [False]
    assert seen(sofia.who, agreed).state is ENDED
    with pytest.raises(BadInput):
        opened(sofia, number, rosa, agreed)


def test_it_closes_too_what_was_opened_on_a_record_in_which_who_ends_it_takes_part_no_more(
    sofia: Staff, rosa: Staff, schools: Staff, today: date
):
    number = record(sofia, rosa)
    agreed = proposed(sofia, schools, today)
    sign_agreement(schools.who, agreed)
    assert opened(sofia, number, rosa, agreed)
    with at_work(sofia.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        (own,) = (part.id for part in parts_in(root.id) if part.agency == sofia.agency)
        assert end_membership(own)
    assert LOCATION in groups_of(rosa.who, number)
    assert end_sharing(sofia.who, agreed, "not_kept") == 0
    assert LOCATION not in groups_of(rosa.who, number)
    assert [one.runs for one in opened_parts(rosa.who, number).items] == [False]


def test_one_of_other_agencies_or_the_other_way_round_is_no_basis(
    sofia: Staff, rosa: Staff, schools: Staff, simon: Staff, today: date
):
    number = record(sofia, rosa)
    back = proposed(sofia, schools, today, gives=False)
    sign_agreement(schools.who, back)
    others = proposed(simon, schools, today)
    sign_agreement(schools.who, others)
    for agreed in (back, others, "nonsense", str(uuid4())):
        with pytest.raises(BadInput):
            opened(sofia, number, rosa, agreed)
    assert LOCATION not in groups_of(rosa.who, number)


def test_the_database_keeps_each_side_to_its_own_signature(
    sofia: Staff, simon: Staff, eva: Staff, today: date
):
    number = proposed(sofia, simon, today)
    for staff, change in (
        (sofia, "taker_signed_at = now()"),
        (simon, "giver_signed_at = now()"),
        (simon, "giver_signed_at = NULL"),
    ):
        with pytest.raises(DatabaseError, match="signs once"), at_work(staff.who, Purpose.OWN_DUTIES):
            _changed(number, change)
    with at_work(eva.who, Purpose.OWN_DUTIES):
        assert _changed(number, "ended_at = now(), ended_because = 'declined'") == 0
    with pytest.raises(DatabaseError, match="permission denied"), at_work(sofia.who, Purpose.OWN_DUTIES):
        _changed(number, "last = '2099-01-01'")
    assert seen(sofia.who, number).state is WAITS


def _changed(number: str, change: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE sharing_agreement SET {change} WHERE id = %s", (number,))
        return int(cursor.rowcount)


def test_every_step_is_in_the_journal(sofia: Staff, simon: Staff, today: date):
    number = proposed(sofia, simon, today)
    sign_agreement(simon.who, number)
    end_sharing(sofia.who, number, "other_terms")
    done = {(kind, outcome) for kind, outcome, *_ in journal_of(sofia)}
    assert {
        ("write", "agreement_proposed"),
        ("write", "agreement_ended"),
        ("look", "agreements_listed"),
    } <= done
    assert ("write", "agreement_signed") in {(kind, outcome) for kind, outcome, *_ in journal_of(simon)}
