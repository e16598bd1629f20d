"""Looks that stand out: told to who supervises, never to the looker; answered with words; nothing is counted twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from encircle.actions.look_week import see_week, week_of_looks
from encircle.actions.permit import NotAllowed
from encircle.actions.supervised import (
    LooksOfAsked,
    NoSuchAlarm,
    alarms_of,
    answer_alarm,
    looks_of_people,
    looks_to_take_out,
)
from encircle.actions.watching import Watched, last_week, watch_looks, watches
from encircle.actions.whose_law import law_for
from encircle.core.journal.pattern import Finding, Pattern
from encircle.core.linkage import keys_of
from encircle.records import people, seal
from encircle.records.refusal import RuleBroken
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase, as_operator
from tests.web.world import PASSWORD, Staff, _staff, journal_of, load, loading, make_staff

ENTRY = """
    INSERT INTO journal_entry (id, at, kind, actor, agency_id, role, purpose, field_groups, root_id, outcome, salt)
    SELECT gen_random_uuid(), %(at)s, %(kind)s, %(actor)s, %(agency)s, 'police', 'protect', '{{M}}', root.id, %(outcome)s,
           decode(md5('salt'), 'hex')
      FROM root WHERE root.kind = 'child' AND {which} ORDER BY root.id LIMIT %(many)s
"""
ROOT = """
    INSERT INTO root (id, kind, number, opened_by_id, made_at)
    SELECT gen_random_uuid(), 'child', %(of)s || '-' || n, %(agency)s, now() FROM generate_series(1, %(many)s) AS n
"""
SITUATION = """
    INSERT INTO situation_row (root_id, protection, region, case_lead_id, facts, codes, pack, through_seq, computed_at)
    SELECT id, %(protection)s, %(region)s, %(agency)s, 1, '{}', 'ee', 1, now() FROM root WHERE number LIKE %(of)s || '-%%'
"""


@pytest.fixture
def house(own_database: TestDatabase) -> TestDatabase:
    return own_database


@pytest.fixture
def dmitri(house: TestDatabase) -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def supervisor(dmitri: Staff) -> Staff:
    return with_role(dmitri, Role.SUPERVISOR)


@pytest.fixture
def children(house: TestDatabase) -> Callable[..., None]:
    def make(of: str, many: int, *, region: str, lead: Staff, protection: str = "identified") -> None:
        with house.connect_as_keeper() as keeper:
            keeper.execute("ALTER TABLE root DISABLE TRIGGER ALL")
            keeper.execute("ALTER TABLE situation_row DISABLE TRIGGER ALL")
            given = {"of": of, "many": many, "agency": lead.agency, "region": region}
            keeper.execute(ROOT, given)
            keeper.execute(SITUATION, {**given, "protection": protection})

    return make


def with_role(staff: Staff, role: Role) -> Staff:
    """Another person of the same agency, in that role."""
    login = f"{role.value}-{uuid4()}"
    with as_operator():
        people.add_staff(login=login, password=PASSWORD, agency=staff.agency, role=role)
    return _staff(login, staff.agency, role)


def looked(
    house: TestDatabase,
    staff: Staff,
    of: str,
    many: int,
    *,
    at: datetime | None = None,
    kind: str = "look",
    outcome: str = "shown",
) -> None:
    """That person looked at so many of those children."""
    with house.connect_as_keeper() as keeper:
        keeper.execute(
            ENTRY.format(which=f"number LIKE '{of}-%%'"),
            {
                "at": at or a_moment_ago(),
                "kind": kind,
                "actor": staff.person,
                "agency": staff.agency,
                "outcome": outcome,
                "many": many,
            },
        )
        keeper.execute(
            "INSERT INTO journal_leaf (entry, hash) SELECT id, sha256(id::text::bytea) FROM journal_entry"
            " WHERE id NOT IN (SELECT entry FROM journal_leaf)"
        )


def a_moment_ago() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=2)


def always(house: TestDatabase, staff: Staff, *, opened: bool) -> None:
    """The agency is open day and night, or for a second."""
    with house.connect_as_keeper() as keeper:
        closes = "00:00" if opened else "00:00:01"
        keeper.execute(
            "UPDATE agency SET opens_at = '00:00', closes_at = %s WHERE id = %s", (closes, staff.agency)
        )


def in_region(house: TestDatabase, staff: Staff, region: str) -> None:
    with house.connect_as_keeper() as keeper:
        keeper.execute("UPDATE agency SET region = %s WHERE id = %s", (region, staff.agency))


def watched(house: TestDatabase) -> Watched:
    with loading(house):
        return watch_looks()


def told(staff: Staff) -> list[tuple[str, int, int]]:
    return sorted((one.pattern, one.counted, one.times) for one in alarms_of(staff.who).items)


def test_numbers_come_from_the_packs_and_are_proposals_that_no_authority_has_set():
    law, now = law_for("EE"), datetime(2026, 11, 23, 10, tzinfo=UTC)
    found = {watch.pattern: (watch.times, watch.within) for watch in watches(law, now)}
    assert set(found) == set(Pattern)
    assert found[Pattern.EMERGENCIES][0] == 3
    rules = {rule.code: rule for rule in law.sops}
    assert {str(rules[pattern.sop].set_by) for pattern in Pattern} == {
        "Proposal of Encircle for a start; not set by any authority"
    }
    assert {rules[pattern.sop].sources for pattern in Pattern} == {()}


@pytest.mark.parametrize(
    ("pattern", "many", "how"),
    [
        (Pattern.MANY, 80, {}),
        (Pattern.OUTSIDE, 20, {"region": "far"}),
        (Pattern.CLOSED, 10, {"protection": "closed"}),
        (Pattern.NIGHT, 12, {}),
        (Pattern.REFUSED, 15, {"kind": "refusal"}),
        (Pattern.EMERGENCIES, 3, {"kind": "write", "outcome": "emergency_opened"}),
    ],
)
def test_looks_stand_out_from_the_number_of_practice_on_and_not_before(
    pattern: Pattern,
    many: int,
    how: dict[str, object],
    house: TestDatabase,
    dmitri: Staff,
    supervisor: Staff,
    children: Callable[..., None],
):
    in_region(house, dmitri, "near")
    other = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    lead = other if pattern is Pattern.OUTSIDE else dmitri
    children(
        "c",
        many,
        region=str(how.get("region", "near")),
        lead=lead,
        protection=str(how.get("protection", "identified")),
    )
    always(house, dmitri, opened=pattern is not Pattern.NIGHT)
    kind, outcome = str(how.get("kind", "look")), str(how.get("outcome", "shown"))
    looked(house, dmitri, "c", many - 1, kind=kind, outcome=outcome)
    assert watched(house).alarms == 0
    with house.connect_as_keeper() as keeper:
        keeper.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        keeper.execute("DELETE FROM journal_entry")
    looked(house, dmitri, "c", many, kind=kind, outcome=outcome)
    assert watched(house).alarms == 1
    assert told(supervisor) == [(pattern.value, many, many)]


def test_nothing_is_counted_twice_after_a_restart_and_new_looks_are(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, children: Callable[..., None]
):
    children("c", 3, region="near", lead=dmitri)
    looked(house, dmitri, "c", 3, kind="write", outcome="emergency_opened")
    assert [watched(house).alarms, watched(house).alarms] == [1, 0]
    later = a_moment_ago() + timedelta(minutes=1)
    looked(house, dmitri, "c", 3, kind="write", outcome="emergency_opened", at=later)
    assert [watched(house).alarms, watched(house).alarms] == [1, 0]
    assert told(supervisor) == [("emergencies", 3, 3)] * 2


def test_the_own_family_name_in_a_record_is_told_once_whatever_the_script(
    house: TestDatabase, supervisor: Staff, dmitri: Staff
):
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    number = load(house, "8.3", seen_by=carla)
    with house.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE person SET given_name = 'Dmitri', surname = 'von Kask' WHERE id = %s", (dmitri.person,)
        )
    assert watched(house).alarms == 0
    stated(house, number, "Mari Kask")
    looked(house, dmitri, number.split("-")[0], 1)
    assert [watched(house).alarms, watched(house).alarms] == [1, 0]
    looked(house, dmitri, number.split("-")[0], 1)
    assert watched(house).alarms == 0
    (alarm,) = alarms_of(supervisor.who).items
    assert (alarm.pattern, alarm.number) == ("own_name", None)


def stated(house: TestDatabase, number: str, name: str) -> None:
    """The keys of a name on that record, as the search index writes them."""
    hashed = seal.name_indexes([key.hashed for key in keys_of((name,))])
    kinds = [key.kind.value for key in keys_of((name,))]
    with house.connect_as_keeper() as keeper:
        keeper.execute("ALTER TABLE name_key DISABLE TRIGGER ALL")
        for kind, key in zip(kinds, hashed, strict=True):
            keeper.execute(
                "INSERT INTO name_key (root_id, fact_id, kind, key) SELECT root.id, fact.id, %s, %s FROM root"
                " JOIN LATERAL (SELECT id FROM fact WHERE root_id = root.id LIMIT 1) AS fact ON true WHERE number = %s",
                (kind, key, number),
            )


def test_the_looker_never_sees_it_also_as_a_supervisor(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, children: Callable[..., None]
):
    children("c", 3, region="near", lead=dmitri)
    looked(house, supervisor, "c", 3, kind="write", outcome="emergency_opened")
    watched(house)
    officer = with_role(dmitri, Role.DATA_PROTECTION_OFFICER)
    assert told(officer) == [("emergencies", 3, 3)]
    (alarm,) = alarms_of(officer.who).items
    assert told(supervisor) == []
    with pytest.raises(NoSuchAlarm):
        answer_alarm(
            supervisor.who, alarm.id, found=Finding.EXPLAINED, words="I had to, all three were in danger."
        )
    with pytest.raises(NotAllowed):
        alarms_of(dmitri.who)
    assert told(make_staff("eva", Role.SUPERVISOR)) == []


def test_an_answer_has_words_stands_once_and_is_sealed(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, children: Callable[..., None]
):
    children("c", 3, region="near", lead=dmitri)
    looked(house, dmitri, "c", 3, kind="write", outcome="emergency_opened")
    watched(house)
    (alarm,) = alarms_of(supervisor.who).items
    with pytest.raises(BadInput):
        answer_alarm(supervisor.who, alarm.id, found=Finding.EXPLAINED, words="fine")
    words = "Asked him: night shift, three children from one van."
    answer_alarm(supervisor.who, alarm.id, found=Finding.EXPLAINED, words=words)
    assert told(supervisor) == []
    (answered,) = alarms_of(supervisor.who, answered=True).items
    assert (answered.found, answered.answer) == ("explained", words)
    with pytest.raises(RuleBroken):
        answer_alarm(supervisor.who, alarm.id, found=Finding.PURSUED, words=words)
    with house.connect_as_keeper() as keeper:
        assert keeper.execute("SELECT position('shift'::bytea in answer) FROM look_alarm").fetchone() == (0,)
    assert ("write", "look_alarm_answered:explained", "supervise", "", False) in journal_of(supervisor)


def test_one_notice_waits_for_the_agency_and_goes_when_all_is_answered(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, children: Callable[..., None]
):
    def waits() -> list[tuple[object, ...]]:
        with house.connect_as_keeper() as keeper:
            return keeper.execute(
                "SELECT kind, code, root_id FROM notice WHERE settled_at IS NULL AND code = 'W1' AND agency_id = %s",
                (dmitri.agency,),
            ).fetchall()

    children("c", 3, region="near", lead=dmitri)
    looked(house, dmitri, "c", 3, kind="write", outcome="emergency_opened")
    watched(house)
    watched(house)
    assert waits() == [("looks_stand_out", "W1", None)]
    (alarm,) = alarms_of(supervisor.who).items
    answer_alarm(supervisor.who, alarm.id, found=Finding.MISTAKE, words="He took them for his own cases.")
    watched(house)
    assert waits() == []


def test_the_supervisor_sees_what_a_person_looked_at_and_takes_it_out(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, children: Callable[..., None]
):
    children("c", 2, region="near", lead=dmitri)
    looked(house, dmitri, "c", 2)
    everybody = looks_of_people(supervisor.who, LooksOfAsked())
    assert everybody.lines == ()
    assert set(everybody.people) == {dmitri.person, supervisor.person}
    asked = LooksOfAsked(person=dmitri.person)
    assert [(line.kind, line.number) for line in looks_of_people(supervisor.who, asked).lines] == [
        ("look", None),
        ("look", None),
    ]
    assert len(looks_to_take_out(supervisor.who, asked).lines) == 2
    assert journal_of(supervisor)[-2:] == [
        ("look", "supervised_looks_shown", "supervise", "", False),
        ("export", "supervised_looks_taken_out", "supervise", "", False),
    ]
    before = LooksOfAsked(person=dmitri.person, until="2026-01-01")
    assert looks_of_people(supervisor.who, before).lines == ()
    eva = make_staff("eva", Role.SUPERVISOR)
    assert looks_of_people(eva.who, asked).lines == ()
    with pytest.raises(NotAllowed):
        looks_of_people(dmitri.who, asked)


def test_an_agency_above_sees_those_that_are_a_part_of_it(
    house: TestDatabase, dmitri: Staff, children: Callable[..., None]
):
    above = make_staff("head", Role.SUPERVISOR)
    with house.connect_as_keeper() as keeper:
        keeper.execute("UPDATE agency SET part_of_id = %s WHERE id = %s", (above.agency, dmitri.agency))
    children("c", 3, region="near", lead=dmitri)
    looked(house, dmitri, "c", 3, kind="write", outcome="emergency_opened")
    watched(house)
    assert told(above) == [("emergencies", 3, 3)]
    assert len(looks_of_people(above.who, LooksOfAsked(person=dmitri.person)).lines) == 3


def test_a_week_of_looks_comes_once_to_the_case_lead_and_is_marked_as_seen(
    house: TestDatabase, dmitri: Staff
):
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    number = load(house, "8.3", seen_by=carla)
    since, until = last_week(datetime.now(UTC), law_for("EE").zone)
    assert (until - since, since.weekday()) == (timedelta(days=7), 0)
    with house.connect_as_keeper() as keeper:
        keeper.execute("UPDATE situation_row SET case_lead_id = %s", (carla.agency,))
    looked(house, dmitri, number.split("-")[0], 1, at=since + timedelta(hours=3))
    assert [watched(house).weeks, watched(house).weeks] == [1, 0]
    found = week_of_looks(carla.who, "")
    assert found.week is not None
    assert [(line.root.number, line.looks, line.at_night) for line in found.lines] == [(number, 1, 1)]
    assert week_of_looks(make_staff("eva", Role.CHILD_PROTECTION_SERVICE).who, found.week.id).lines == ()
    see_week(carla.who, found.week.id)
    again = week_of_looks(carla.who, found.week.id)
    assert again.week is not None
    assert again.week.seen_at is not None
    assert watched(house).weeks == 0
    with pytest.raises(NotAllowed):
        week_of_looks(dmitri.who, "")
