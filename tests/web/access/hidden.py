"""What can be hidden from somebody: kinds of things, each put into a world by those whose it is. Knows no viewer."""

from collections.abc import Callable, Mapping
from uuid import uuid4

from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from encircle.actions.concern import Concern, register
from encircle.actions.emergency import open_in_emergency
from encircle.actions.looks import LooksAsked, looks_at
from encircle.actions.own_record import own_record
from encircle.actions.token import make_token
from encircle.host.database import DatabaseRole
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.actions.stating import state
from tests.records.world import Actor, a_fact
from tests.web.access.world import WHY, Scene, offer_to, record_of_signs, take_part
from tests.web.world import Staff, colleague_of, make_staff

Put = Callable[[Scene], object]


def _fact(kind: str, **values: object) -> Put:
    """One more fact on the record, stated by the guardian's agency."""

    def put(on: Scene) -> object:
        by = Actor(on.guardian.person, on.guardian.agency)
        fact = a_fact(
            on.record.root, read_payload(kind, values), by=by, type_name=kind, happened="2022-02-02"
        )
        return state(fact, who=on.guardian.who, follows=None)

    return put


def _withdrawn(named: str) -> Put:
    """A fact of the record, taken back."""

    def put(on: Scene) -> object:
        by, fact = Actor(on.guardian.person, on.guardian.agency), FactId(on.record.things[f"fact {named}"])
        reasons = read_payload("withdrawal", {"withdrawal_reasons": "Misheard."})
        return state(
            a_fact(on.record.root, reasons, by=by, type_name="withdrawal", withdraws=fact),
            who=on.guardian.who,
            follows=fact,
        )

    return put


def _member(*, of_other: bool, relation: Relation = Relation.TEAM) -> Put:
    def put(on: Scene) -> object:
        staff = make_staff("new", Role.THERAPIST)
        return take_part(on.database, on.other if of_other else on.record, staff, relation)

    return put


def _same_name(on: Scene) -> object:
    """Another child, of the same name and all else."""
    return record_of_signs(on.database, sign=on.other.sign)


def _concern(on: Scene) -> object:
    """A concern of which other agencies know."""
    reporter, board = make_staff("reporter", Role.SCHOOL), make_staff("board", Role.TRIAGE_TEAM)
    said = Concern(
        text="zqi0xheard", recipient=board.agency, danger_now=True, signs={"IND-C2": Certainty.OBSERVED}
    )
    return register(reporter.who, said, token=str(uuid4()))


def _emergency(on: Scene) -> object:
    officer = make_staff("officer", Role.GENERAL_POLICE)
    return open_in_emergency(officer.who, on.other.number, reason=WHY, token=str(uuid4()))


def _opened(on: Scene) -> object:
    return on.open_to(make_staff("new", Role.SCHOOL), of=on.record)


def _offered(on: Scene) -> object:
    """A child referred to another agency, which only who says who takes part may know."""
    return offer_to(on.database, on.other, make_staff("asked", Role.NGO))


def _token(on: Scene) -> object:
    staff = make_staff("program", Role.POLICE)
    with on.database.used_as(DatabaseRole.JOBS):
        return make_token(
            agency=f"a-{staff.agency}", role=staff.role, name="case-file", purposes=[Purpose.PROTECT]
        )


def _childs_page(on: Scene) -> object:
    check = Check(company=Company.ALONE, device=Device.OWN, wished=True)
    return hand_over(on.guardian.who, on.record.number, check, token=str(uuid4()))


def _own_record(on: Scene) -> object:
    return own_record(make_staff("others", Role.POLICE).who, Kind.AGENCY)


def _countrys_record(on: Scene) -> object:
    return own_record(make_staff("coordinators", Role.COORDINATOR).who, Kind.INSTALLATION)


def _look(on: Scene) -> object:
    return looks_at(on.guardian.who, on.record.number, purpose=Purpose.ACCOUNT_FOR, asked=LooksAsked())


def _person(on: Scene) -> Staff:
    return colleague_of(on.guardian)


KINDS: Mapping[str, tuple[str, Put]] = {
    # The name of what is hidden: the part to which it belongs (empty: only who takes part elsewhere may not know), and how
    # it comes about.
    "record of others": ("", lambda on: record_of_signs(on.database)),
    "record of the same name": ("", _same_name),
    "concern of others": ("", _concern),
    "account": ("F", _fact("account_told", told_to="police", said="zqf0xmore")),
    "status": ("F", _fact("indication_recorded", element="act", act="harboured")),
    "place": ("L", _fact("place_recorded", address="zql0xmore", telephone="zql0xmore")),
    "placement": ("L", _fact("placement_started", placement_kind="foster")),
    "placement with adults": ("L", _fact("placement_started", placement_kind="adult_reception_centre")),
    "proceeding for asylum": ("A", _fact("proceeding_opened", proceeding_kind="asylum")),
    "charge against the child": ("R", _fact("proceeding_opened", proceeding_kind="criminal_suspect")),
    "one more concern": ("I", _fact("concern_registered", channel="telephone", danger_now=True)),
    "health need": ("H", _fact("health_need_noted", need="trauma", urgent=True, note="zqh0xmore")),
    "suspect": ("R", _fact("person_suspected", part=["recruiter"], suspicion_reasons="zqr0xmore")),
    "permit to stay": ("A", _fact("permit_issued", ground="victim", valid_until="2031")),
    "request abroad": (
        "X",
        _fact("request_sent", instrument="hague_1996", request_kind="other", to_country="LV"),
    ),
    "view": ("V", _fact("view_heard", about="health", words="zqv0xmore")),
    "decision": ("V", _fact("decision_made", decision_kind="education", reasons="zqv0xmore")),
    "indicator": ("I", _fact("indicator_noted", indicator="IND-C1", note="zqi0xmore")),
    "view taken back": ("V", _withdrawn("view")),
    "health need taken back": ("H", _withdrawn("ill")),
    "one more who takes part": ("", _member(of_other=True)),
    "one who stands against the child": ("", _member(of_other=True, relation=Relation.ADVERSE)),
    "emergency": ("", _emergency),
    "opened part": ("", _opened),
    "offer to others": ("", _offered),
    "token": ("", _token),
    "childs page": ("K", _childs_page),
    "own record of others": ("", _own_record),
    "record of the country": ("", _countrys_record),
    "look of others": ("J", _look),
    "colleague of others": ("", _person),
}

OWED_BY: Mapping[str, frozenset[Role]] = {
    "status": frozenset({Role.HEALTH_SERVICE}),
    "placement": frozenset({Role.COURT}),
    "placement with adults": frozenset({Role.COURT}),
}
"""Roles that owe something for a thing that is closed to them: they see their duty (D25, D51), and nothing else of it."""
