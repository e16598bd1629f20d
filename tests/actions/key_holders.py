"""People of an agency who hold its key, in tests: what they unlock, write, read and seal anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from encircle.actions import own_key, people_keys
from encircle.actions.act import Statement, perform
from encircle.actions.agency_key import Why, make_new_key, renewal_of, seal_anew
from encircle.actions.context import at_work
from encircle.actions.leaving import hand_over
from encircle.records.facts import facts_of
from encircle.records.seen import root_numbered
from encircle.records.unlocked import Unlocked, with_unlocked
from encircle.vocabulary.facts.place import PlaceRecorded
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.world import Staff, colleague_of

WORDS, SESSION = "four moons over tallinn", "a-session-of-one-visit"


@dataclass(frozen=True)
class Holder:
    """Somebody who has the agency's key, and what they unlock."""

    staff: Staff
    mine: Unlocked

    @contextmanager
    def unlocked(self) -> Iterator[None]:
        with with_unlocked(self.mine):
            yield

    def places(self, root: RootId) -> list[str]:
        """The streets that open to them."""
        with self.unlocked(), at_work(self.staff.who, Purpose.PROTECT):
            payloads = (fact.payload for fact in facts_of(root))
            found = [one.address for one in payloads if isinstance(one, PlaceRecorded)]
        return sorted(one for one in found if isinstance(one, str))


def holder(staff: Staff) -> Holder:
    held = people_keys.set_passphrase(staff.who, WORDS, again=WORDS, session=SESSION)
    mine = own_key.held_by_visit(held, session=SESSION, person=staff.person)
    assert mine is not None
    return Holder(staff, mine)


def given_by(giver: Holder, other: Holder) -> Holder:
    with giver.unlocked():
        people_keys.give_agency_key(giver.staff.who, other.mine.id)
    return other


def record_with(staff: Staff, *streets: str) -> RootId:
    number = open_record(staff)
    for street in streets:
        write(staff, number, street)
    return root_of(staff, number)


def write(staff: Staff, number: str, street: str) -> None:
    place = Statement(type="place_recorded", values={"address": street}, happened="2026-05-06")
    perform(staff.who, number, [place], token=str(uuid4()))


def root_of(staff: Staff, number: str) -> RootId:
    with at_work(staff.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        return root.id


def renew(by: Holder, *, reason: str = Why.LEFT, confirmed: bool = True) -> None:
    with by.unlocked():
        told = renewal_of(by.staff.who)
        assert told is not None
        make_new_key(by.staff.who, in_place_of=told.key, reason=reason, confirmed=confirmed)


def left(by: Holder) -> int:
    with by.unlocked():
        told = renewal_of(by.staff.who)
        assert told is not None
        return told.left


def anew(by: Holder, at_most: int = 500) -> int:
    """Seal the next ones anew; how many are left."""
    with by.unlocked():
        return seal_anew(by.staff.who, at_most=at_most).left


def counted(database: TestDatabase, staff: Staff) -> dict[str, int]:
    """Of older keys and that of today: seals and shares that hang on them."""
    found = {}
    with database.connect_as_keeper() as keeper:
        for table in ("data_key_share", "agency_key_share"):
            for name, condition in (("today", "IS NULL"), ("older", "IS NOT NULL")):
                row = keeper.execute(
                    f"SELECT count(*) FROM {table} AS t JOIN agency_key AS key ON key.id = t.agency_key_id"
                    f" WHERE key.agency_id = %s AND key.retired_at {condition}",
                    (staff.agency,),
                ).fetchone()
                assert row is not None
                found[f"{table} {name}"] = int(str(row[0]))
    return found


def hand_over_to(staff: Staff, other: Staff) -> None:
    keeper = colleague_of(staff, Role.SUPERVISOR)
    hand_over(keeper.who, staff.person, to=other.person)
