"""The world in which access is proved: records with a sign in each part, and somebody of each role in each relation."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.test import Client

from encircle.actions.emergency import open_in_emergency
from encircle.actions.examples import Names, load_case
from encircle.actions.offers import Asked, may_weigh, offer_child
from encircle.actions.opened import open_part_to
from encircle.actions.permit import mandates
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.actions.token import make_token
from encircle.host.clock import now
from encircle.host.database import DatabaseRole
from encircle.records import roots
from encircle.records.context import with_context
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId, RootId
from encircle.vocabulary.offer import OfferNeed, OfferUrgency
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.web.page.second_factor import PROVED
from encircle.web.page.session import begin
from tests.database import TestDatabase
from tests.web.access.table import OPENED, ends_of
from tests.web.world import Staff, colleague_of, loading, make_staff

SIGNS = Path(__file__).with_name("canaries.yaml")
LONG_AGO = datetime(2021, 1, 1, tzinfo=UTC)
WHY = "The child stands at the counter, alone, and needs help before the morning."
_NUMBERS = count(1)


@dataclass(frozen=True)
class Record:
    """One record with its signs. `things`: the ids in the database of the subjects and facts that the file names."""

    number: str
    root: RootId
    sign: int
    things: dict[str, str]


@dataclass(frozen=True)
class Actor:
    """Somebody in a role who stands so to the record. `secret`: of a token of the agency; empty where none can be made.

    `end`: to which end the record is opened. `elsewhere`: the number of the signs of another record, in which the agency
    takes part.
    """

    role: Role
    standing: str
    staff: Staff
    record: Record
    secret: str = ""
    elsewhere: int = 0
    end: str = ""
    client: Client = field(default_factory=Client, compare=False)

    @cached_property
    def name(self) -> str:
        """As a report of a fault names it."""
        return f"{self.role.value} as {self.standing} to {self.end}"


def record_of_signs(database: TestDatabase, *, sign: int = 0) -> Record:
    """A new record with a sign in each part, and signs of its own, or the same as those of another."""
    number = sign or next(_NUMBERS)
    case = _case(number)
    with loading(database):
        load_case(case, seen_by=())
    names = Names(case)
    root = names.root(next(iter(case.children)))
    with database.connect_as_keeper() as keeper:
        row = keeper.execute("SELECT number FROM root WHERE id = %s", (root,)).fetchone()
    assert row is not None
    return Record(str(row[0]), root, number, dict(_things(case, names, root)))


def _case(number: int) -> ReplayCase:
    text = Template(SIGNS.read_text("utf-8")).safe_substitute(N=f"{number}x")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"signs-{uuid4().hex[:8]}.yaml"
        path.write_text(text, "utf-8")
        return read_replay(path)


def _things(case: ReplayCase, names: Names, root: RootId) -> Iterator[tuple[str, str]]:
    for fact in case.facts:
        yield f"fact {fact.id}", names.fact_id(FactId(fact.id))
        if fact.subject is not None and FACT_TYPES[fact.type].about is not Kind.CHILD:
            yield str(fact.subject), names.subject(FACT_TYPES[fact.type].about, fact.subject, fact.root)


@dataclass(frozen=True)
class Scene:
    """A record, another one, and the guardian of the child, who holds most of its parts."""

    database: TestDatabase
    record: Record
    other: Record
    guardian: Staff

    def actor(self, role: Role, standing: str, end: str = "") -> Actor:
        """Somebody in that role, of an agency of its own, who stands so to the record and opens it to that end."""
        ends = ends_of(role, standing)
        end = end or ends[0]
        staff = make_staff(f"{role.value}-{standing}", role)
        takes_part_in = self.other if standing == "elsewhere" else self.record
        _take_part(self.database, takes_part_in, staff, _parts(staff, standing))
        if standing == "emergency":
            open_in_emergency(staff.who, self.record.number, reason=WHY, token=str(uuid4()))
        if standing == "opened":
            self._open_to(staff)
        if standing == "offered":
            offer_to(self.database, self.record, staff)
        elsewhere = self.other.sign if standing == "elsewhere" else 0
        client = signed_in(staff)
        if len(ends) > 1:
            client.post(f"/records/{self.record.number}/purpose/", {"visit": end})
        secret = _secret(self.database, staff)
        return Actor(role, standing, staff, self.record, secret, elsewhere, end, client)

    def open_to(self, staff: Staff, *, of: Record) -> None:
        """Open health to that agency by a decision of the guardian, on a record in which it then takes part."""
        take_part(self.database, of, staff, Relation.TEAM)
        self._open_to(staff)

    def _open_to(self, staff: Staff) -> None:
        open_part_to(
            self.guardian.who,
            self.record.number,
            staff.agency,
            FieldGroup(OPENED),
            days=30,
            basis="Act 1",
            reason=WHY,
            token=str(uuid4()),
        )


def scene(database: TestDatabase) -> Scene:
    """Two new records, and the guardian of the first."""
    record, other = record_of_signs(database), record_of_signs(database)
    guardian = make_staff("bo", Role.GUARDIAN)
    _take_part(database, record, guardian, ((Relation.GUARDIAN, LONG_AGO, False, None),))
    return Scene(database, record, other, guardian)


def signed_in(staff: Staff) -> Client:
    """A browser in which that person is signed in, with a second factor."""
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(pk=staff.account))
    session = client.session
    session[PROVED] = True
    begin(session, at=now())
    session.save()
    return client


def _secret(database: TestDatabase, staff: Staff) -> str:
    purposes = mandates()[staff.role].purposes
    if not purposes:
        return ""
    with database.used_as(DatabaseRole.JOBS):
        return make_token(
            agency=f"a-{staff.agency}",
            role=staff.role,
            name="case-file",
            purposes=purposes,
            groups=None,
            days=90,
        )


Part = tuple[str, datetime, bool, str | None]
"""A relation, since when, whether it has ended, for which person alone."""


def take_part(database: TestDatabase, record: Record, staff: Staff, relation: Relation) -> None:
    """Let that agency take part, as long as nobody ends it."""
    _take_part(database, record, staff, ((relation.value, LONG_AGO, False, None),))


def offer_to(database: TestDatabase, record: Record, staff: Staff) -> None:
    """Refer the child to that agency by one that leads; to a role that takes part in nothing nothing is referred."""
    leading = make_staff("leading", Role.CHILD_PROTECTION_SERVICE)
    take_part(database, record, leading, Relation.TEAM)
    asked = Asked(staff.agency, "other", OfferNeed.ASSESSMENT, OfferUrgency.PLANNED, "Act 1")
    if may_weigh(staff.role):
        offer_child(leading.who, record.number, asked, token=str(uuid4()))


def _take_part(database: TestDatabase, record: Record, staff: Staff, parts: tuple[Part, ...]) -> None:
    with loading(database), with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value):
        made = [
            (
                roots.add_member(record.root, staff.agency, relation=relation, since=since, person=person),
                ended,
            )
            for relation, since, ended, person in parts
        ]
    with database.connect_as_keeper() as keeper:
        for membership, ended in made:
            if ended:
                keeper.execute("UPDATE membership SET until = now() WHERE id = %s", (membership,))


def _parts(staff: Staff, standing: str) -> tuple[Part, ...]:
    """The parts that the agency takes in the record."""
    member = (Relation.TEAM.value, LONG_AGO, False, None)
    match standing:
        case "outside" | "emergency" | "offered":
            return ()
        case "ended":
            return ((Relation.TEAM, LONG_AGO, True, None),)
        case "not_begun":
            return ((Relation.TEAM, now() + timedelta(days=1), False, None),)
        case "colleague":
            return ((Relation.TEAM, LONG_AGO, False, colleague_of(staff).person),)
        case "unknown_word":
            return (("friend", LONG_AGO, False, None),)
        case "adverse_member":
            return (member, (Relation.ADVERSE, LONG_AGO, False, None))
        case "elsewhere" | "opened":
            return (member,)
        case _:
            return ((standing, LONG_AGO, False, None),)
