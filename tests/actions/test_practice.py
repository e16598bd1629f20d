"""What practice sets: proposed by one, decided by another, in force from its day on, and nothing changed backwards."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from encircle.actions.asked import Asked
from encircle.actions.law import law_of, packs_folder
from encircle.actions.permit import NotAllowed
from encircle.actions.practice.draft import Draft, Examined, Wrong
from encircle.actions.practice.proposing import NotTaken, approve, decline, propose, withdraw
from encircle.actions.projection import sweep_ledger
from encircle.actions.record import look
from encircle.core.duty import DutyState
from encircle.host import clock
from encircle.law.counting import Counting, Period, Unit
from encircle.law.law import Law
from encircle.law.limit import Sense
from encircle.law.texts import Texts
from encircle.records import practice as rows
from encircle.records.adopted import forget, practice_of
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.kept import as_jobs
from tests.actions.practice_world import (
    ASSESSMENT,
    ZONE,
    Two,
    a_number,
    an_agency,
    plain_words,
    today,
    two_of,
)
from tests.database import TestDatabase
from tests.web.world import Staff, load, make_staff

LAW = Purpose.LAW
FIVE = Period(5, Unit.WORKING_DAYS, Counting.PLAIN)


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def two(own_database: TestDatabase) -> Two:
    return two_of(own_database)


def period(law: Law, code: str = ASSESSMENT) -> Period | None:
    return next(rule.period for rule in law.sops if rule.code == code)


def learn() -> None:
    """Another transaction of this process, as with every request."""
    with with_context(agency=None, actor="anybody", purpose="law"):
        pass


def law_now() -> Law:
    learn()
    return law_of("ee")


def problems(found: rows.Proposal | Examined) -> dict[str, Wrong]:
    assert isinstance(found, Examined)
    return {name: problem.what for name, problem in found.problems.items()}


def journalled(database: TestDatabase) -> list[tuple[object, ...]]:
    with database.connect_as_keeper() as keeper:
        return keeper.execute(
            "SELECT kind, outcome, role FROM journal_entry WHERE kind IN ('pack', 'refusal') ORDER BY at, id"
        ).fetchall()


def test_a_proposal_changes_nothing_until_a_second_person_has_approved_it(two: Two) -> None:
    proposal = two.proposes(a_number())
    assert period(law_now()) is None
    approve(two.lawyer.who, proposal.number, purpose=LAW, why="Good.")
    assert period(law_now()) == FIVE


def test_a_law_that_holds_names_the_proposal_and_both_roles(two: Two) -> None:
    two.adopt(a_number())
    rule = next(rule for rule in law_now().sops if rule.code == ASSESSMENT)
    assert rule.by is not None
    assert (rule.by.number, rule.by.proposed_as, rule.by.approved_as) == (1, Role.COORDINATOR, Role.MINISTRY)
    assert rule.set_by == Texts.of({"en": "Order 12 of the ministry", "et": "Ministeeriumi käskkiri 12"})


def test_another_process_learns_of_it_with_its_next_transaction(two: Two) -> None:
    two.adopt(a_number())
    forget()
    assert practice_of("ee") == ()
    assert period(law_now()) == FIVE


def test_nobody_decides_on_what_they_proposed_themselves(two: Two) -> None:
    """Also where one role may do both, and past the action: the database refuses it too."""
    proposal = two.proposes(a_number())
    as_lawyer = replace(two.coordinator.who, role=Role.MINISTRY)
    for decide in (approve, decline):
        with pytest.raises(NotTaken, match="second person"):
            decide(as_lawyer, proposal.number, purpose=LAW, why="Mine.")
    one = two.coordinator
    with (
        pytest.raises(IntegrityError, match="second person"),
        with_context(agency=one.agency, actor=one.person, purpose="law") as context,
    ):
        rows.add_step(
            proposal, rows.APPROVED, at=context.now, person=one.person, role=one.role, since=context.now
        )


@pytest.mark.parametrize("role", [Role.CHILD_PROTECTION_SERVICE, Role.MINISTRY, Role.LAWYER, Role.OPERATOR])
def test_only_a_coordinator_proposes(two: Two, role: Role) -> None:
    eva = make_staff("eva", role)
    with pytest.raises(NotAllowed):
        propose(eva.who, a_number(), purpose=LAW)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LAWYER, Role.SUPERVISOR])
def test_only_the_ministry_decides(two: Two, role: Role) -> None:
    eva, proposal = make_staff("eva", role), two.proposes(a_number())
    for decide in (approve, decline):
        with pytest.raises(NotAllowed):
            decide(eva.who, proposal.number, purpose=LAW, why="Good.")


WRONG: dict[str, tuple[Callable[[Draft], Draft], dict[str, Wrong]]] = {
    "no reasons": (lambda d: replace(d, why=" "), {"why": Wrong.MISSING}),
    "no basis": (lambda d: replace(d, basis=""), {"basis": Wrong.MISSING}),
    "zero": (lambda d: replace(d, amount="0"), {"amount": Wrong.NOT_A_NUMBER}),
    "words": (lambda d: replace(d, amount="five"), {"amount": Wrong.NOT_A_NUMBER}),
    "no such unit": (lambda d: replace(d, unit="moons"), {"unit": Wrong.NO_SUCH}),
    "no such number": (lambda d: replace(d, code="nothing"), {"code": Wrong.NO_SUCH}),
    "a limit of law": (lambda d: replace(d, code="reflection_period"), {"code": Wrong.NO_SUCH}),
    "no day": (lambda d: replace(d, valid_from=""), {"valid_from": Wrong.MISSING}),
    "not a day": (lambda d: replace(d, valid_from="tomorrow"), {"valid_from": Wrong.NOT_A_DAY}),
    "two things": (
        lambda d: replace(d, why="", amount="-1"),
        {"why": Wrong.MISSING, "amount": Wrong.NOT_A_NUMBER},
    ),
    "control signs": (lambda d: replace(d, basis="Order\x07"), {"basis": Wrong.NOT_TEXT}),
    "the words alone, as before": (lambda d: replace(d, amount="", code="interview_within"), {}),
}


@pytest.mark.parametrize("change", WRONG)
def test_each_field_that_cannot_be_taken_is_named(two: Two, change: str) -> None:
    changed, expected = WRONG[change]
    found = propose(two.coordinator.who, changed(a_number()), purpose=LAW)
    assert (problems(found) if expected else {}) == expected


def test_nothing_is_changed_backwards(two: Two) -> None:
    assert problems(propose(two.coordinator.who, a_number(in_days=-1), purpose=LAW)) == {
        "valid_from": Wrong.IN_THE_PAST
    }


def test_what_is_the_same_as_before_is_no_proposal(two: Two) -> None:
    two.adopt(a_number())
    assert problems(propose(two.coordinator.who, a_number(), purpose=LAW)) == {"amount": Wrong.SAME}


def test_a_decision_is_made_once(two: Two) -> None:
    proposal = two.proposes(a_number())
    decline(two.lawyer.who, proposal.number, purpose=LAW, why="Too long.")
    for decide in (approve, decline):
        with pytest.raises(NotTaken, match="does not wait"):
            decide(two.lawyer.who, proposal.number, purpose=LAW, why="Again.")
    with pytest.raises(NotTaken, match="does not wait"):
        withdraw(two.coordinator.who, proposal.number, purpose=LAW, why="Again.")
    assert period(law_now()) is None


def test_reasons_are_asked_for(two: Two) -> None:
    proposal = two.proposes(a_number())
    for decide in (approve, decline):
        with pytest.raises(NotTaken, match="Say why"):
            decide(two.lawyer.who, proposal.number, purpose=LAW, why=" ")


def test_a_correction_takes_the_place_of_what_waits(two: Two) -> None:
    first = two.proposes(a_number("9"))
    second = two.proposes(a_number("5"), replaces=first.number)
    earlier = rows.proposal(first.number)
    assert earlier is not None
    assert earlier.decided is not None
    assert (second.replaces, earlier.decided.kind) == (first.number, "replaced")
    with pytest.raises(NotTaken):
        approve(two.lawyer.who, first.number, purpose=LAW, why="The first one.")


def test_only_who_proposed_corrects_or_withdraws(two: Two) -> None:
    other, proposal = make_staff("other", Role.COORDINATOR), two.proposes(a_number())
    with pytest.raises(NotTaken, match="Only who proposed"):
        withdraw(other.who, proposal.number, purpose=LAW, why="Not mine.")
    with pytest.raises(NotTaken, match="Only who proposed"):
        propose(other.who, a_number("6"), purpose=LAW, replaces=proposal.number)
    withdraw(two.coordinator.who, proposal.number, purpose=LAW, why="We found a better number.")
    with pytest.raises(NotTaken, match="does not wait"):
        approve(two.lawyer.who, proposal.number, purpose=LAW, why="Good.")


def test_each_step_is_in_the_journal(two: Two, own_database: TestDatabase) -> None:
    first = two.proposes(a_number("9"))
    second = two.proposes(a_number("5"), replaces=first.number)
    approve(two.lawyer.who, second.number, purpose=LAW, why="Good.")
    third = two.proposes(a_number("4"))
    decline(two.lawyer.who, third.number, purpose=LAW, why="Too short.")
    fourth = two.proposes(a_number("3"))
    withdraw(two.coordinator.who, fourth.number, purpose=LAW, why="Too short.")
    with as_jobs(own_database):
        sweep_ledger()
    proposed, by = ("pack", "practice_proposed", "coordinator"), "ministry"
    assert journalled(own_database) == [
        *(proposed, proposed, ("pack", "practice_approved", by), proposed),
        *(("pack", "practice_declined", by), proposed, ("pack", "practice_withdrawn", "coordinator")),
        ("pack", "practice_in_force", None),
    ]


def test_a_later_day_is_waited_for(two: Two) -> None:
    two.adopt(a_number(in_days=3))
    law = law_now()
    turns = next(rule.turns() for rule in law.sops if rule.code == ASSESSMENT)
    midnight = datetime.combine(today() + timedelta(days=3), datetime.min.time(), tzinfo=ZONE)
    assert (period(law), turns) == (None, (midnight,))


def test_a_proposal_whose_day_has_passed_is_not_approved(two: Two, own_database: TestDatabase) -> None:
    proposal = two.proposes(a_number())
    with own_database.connect_as_keeper() as keeper:
        keeper.execute("ALTER TABLE practice_proposal DISABLE TRIGGER ALL")
        keeper.execute("UPDATE practice_proposal SET valid_from = valid_from - 1")
    with pytest.raises(NotTaken, match="backwards"):
        approve(two.lawyer.who, proposal.number, purpose=LAW, why="Late.")
    assert period(law_now()) is None


def test_the_agency_behind_a_role_and_plain_words_are_set_too(two: Two) -> None:
    two.adopt(an_agency())
    two.adopt(plain_words())
    law = law_now()
    owner, saying = law.owner(Role.GUARDIANSHIP_AUTHORITY), law.saying("D02b")
    assert owner is not None
    assert saying is not None
    assert owner.agency == Texts.of({"en": "Board of guardians", "et": "Eestkosteamet"})
    assert "Adults must find you a guardian." in [text.in_("en") for text in saying.child.values()]


def state_as_of(carla: Staff, number: str, at: datetime) -> tuple[DutyState, str]:
    """The assessment as a page shows it: its state, and what its time is."""
    spoken = at.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    seen = look(carla.who, number, purpose=Purpose.PROTECT, asked=Asked(as_of=spoken))
    assert not seen.problems
    row = next(row for row in seen.answer.duties if row.rule.code == "D03")
    return row.state, row.rule.due.standing.value


def test_on_its_day_the_open_duty_has_the_new_time_and_the_day_before_the_old_one(
    own_database: TestDatabase, two: Two
) -> None:
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    number = load(own_database, "8.1", seen_by=carla)
    two.adopt(a_number())
    now = clock.now()
    assert state_as_of(carla, number, now - timedelta(days=1)) == (DutyState.OPEN, "words")
    assert state_as_of(carla, number, now + timedelta(minutes=1)) == (DutyState.OVERDUE, "sop")


def kept(database: TestDatabase, number: str) -> tuple[object, ...]:
    with database.connect_as_keeper() as keeper:
        found = keeper.execute(
            "SELECT duty.state, duty.kind, duty.pack FROM duty_row AS duty JOIN root ON root.id = duty.root_id"
            " WHERE root.number = %s AND duty.code = 'D03'",
            (number,),
        ).fetchone()
    assert found is not None
    return found


def test_the_rows_of_a_child_turn_on_that_day_and_not_before(own_database: TestDatabase, two: Two) -> None:
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    number = load(own_database, "8.1", seen_by=carla)
    before = kept(own_database, number)
    two.adopt(a_number(in_days=1))
    with as_jobs(own_database):
        sweep_ledger()
    with own_database.connect_as_keeper() as keeper:
        turns = keeper.execute(
            "SELECT next_change_at FROM situation_row JOIN root ON root.id = root_id WHERE number = %s",
            (number,),
        ).fetchone()
    midnight = datetime.combine(today() + timedelta(days=1), datetime.min.time(), tzinfo=ZONE)
    assert (kept(own_database, number), turns) == (before, (midnight,))
    two.adopt(a_number("4"))
    for _ in range(2):
        with as_jobs(own_database):
            sweep_ledger()
    assert (before[:2], kept(own_database, number)[:2]) == (("open", "words"), ("overdue", "sop"))
    assert str(kept(own_database, number)[2]).endswith("-p2")


@pytest.fixture
def limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The packs that come along; only that the assessment has a limit of law which somebody has read."""
    limit = next(
        one for one in law_of("ee").limits if one.is_law("EE", today()) and one.sense is Sense.AT_MOST
    )
    shutil.copytree(packs_folder(), tmp_path / "packs")
    planted = f"- set: D03\n  due: {{limit: {limit.code}}}\n"
    (tmp_path / "packs" / "ee" / "duties" / "planted.yaml").write_text(planted, "utf-8")
    monkeypatch.setenv("ENCIRCLE_PACKS", str(tmp_path / "packs"))


def test_a_number_that_is_looser_than_the_law_is_refused_beside_its_field_with_its_line(
    limited: None, two: Two
) -> None:
    found = propose(two.coordinator.who, a_number("9000", unit="days"), purpose=LAW)
    assert problems(found) == {"amount": Wrong.LOOSER}
    assert isinstance(found, Examined)
    (said,) = found.problems["amount"].says
    assert said.startswith(
        "packs/ee-practice/sops/practice.yaml:2: D03: practice gives 9000 days and the law gives"
    )
    two.proposes(a_number("1", unit="hours"))


def test_a_number_changed_since_is_told_beside_the_law_of_the_day_which_has_the_earlier_one(
    own_database: TestDatabase, two: Two
) -> None:
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    number = load(own_database, "8.1", seen_by=carla)
    asked = Asked(as_of=(today() - timedelta(days=3)).isoformat(), law_of="then")

    def since() -> list[tuple[str, Period | None, Period | None]]:
        seen = look(carla.who, number, purpose=Purpose.PROTECT, asked=asked)
        assert not seen.problems
        (rule,) = {row.rule.due.sop for row in seen.answer.duties if row.rule.code == "D03"}
        assert rule is not None
        assert rule.period is None
        return [(one.now.code, one.then.period, one.now.period) for one in seen.by_law.since]

    assert since() == []
    two.adopt(a_number())
    assert since() == [(ASSESSMENT, None, FIVE)]
    two.adopt(a_number("7"))
    assert since() == [(ASSESSMENT, None, replace(FIVE, amount=7))], (
        "Never a law that stood before the change."
    )
