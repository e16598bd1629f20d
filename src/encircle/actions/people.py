"""Who takes part in a record: seen, let in on a legal basis, ended, and who leads the case."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Case, When

from encircle.actions.act import Performed, Statement, perform_in
from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.permit import Permit, permitted
from encircle.actions.record import AgencyName
from encircle.core.access import Doing
from encircle.core.child.situation import Item, Situation
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.models import Agency
from encircle.records.parts import Part, parts_in, staff_of, was_part
from encircle.records.roots import add_member, end_membership
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, SubjectId, is_random_id
from encircle.vocabulary.moment import Span
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.relation import Relation

MOST_AGENCIES = 1_000
"""So many are offered to choose from."""
INVITED = (Relation.TEAM, Relation.REFERRED, Relation.GUARDIAN, Relation.LAWYER, Relation.SUPERVISOR)
"""The relations in which an agency can be let in."""
_BASIS = re.compile(r"[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?")


@dataclass(frozen=True, slots=True)
class People:
    """Who takes part. `may_let`, `may_lead`: whether the mandate lets one let others in, and name the case lead.

    `adds`: the parts of the record into which one may write.
    """

    told: Heading
    parts: tuple[Part, ...]
    agencies: tuple[AgencyName, ...]
    staff: tuple[tuple[str, str], ...]
    own: AgencyId
    may_let: bool
    may_lead: bool
    adds: frozenset[FieldGroup]


class NoSuchPart(Refused):
    """There is no such part on this record."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_part",
            reason="There is no such part that still runs. Nothing was changed.",
            instead="Look at the list again.",
        )


class LastLead(Refused):
    """A record without a case lead protects nobody: the last one is not ended, another one is named first."""

    def __init__(self) -> None:
        super().__init__(
            code="last_case_lead",
            reason="This is the last part of those who lead the case. Without it nobody would answer for the child.",
            instead="Name another case lead first.",
        )


def people_of(who: Who, number: str, *, chosen: str = "") -> People:
    """Who takes part in that record. `chosen`: an agency that is offered, though more are there than can be offered.

    Refuses: NotSeen, NotAllowed.
    """
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        told = heading(permit)
        enter_look(permit, "people", told)
        decides = permit.allowed.decides
        parts = parts_in(permit.root.id)
        return People(
            told=told,
            parts=parts,
            agencies=_agencies(who, {chosen, *(part.agency for part in parts)}),
            staff=staff_of(who.agency) if Decision.ASSIGN_LEAD in decides else (),
            own=who.agency,
            may_let=Decision.LET_TAKE_PART in decides,
            may_lead=Decision.ASSIGN_LEAD in decides,
            adds=permit.allowed.adds,
        )


@dataclass(frozen=True, slots=True)
class AtSide:
    """Somebody at the child's side, as the facts say. `name`: None where none is on record."""

    kind: Kind
    id: SubjectId
    name: str | None
    since: Span | None


def at_side(situation: Situation) -> tuple[AtSide, ...]:
    """Guardian, lawyer and support person of now, as far as they are open."""
    return tuple(
        _beside(situation, kind, item)
        for kind in (Kind.GUARDIAN, Kind.LAWYER, Kind.SUPPORT_PERSON)
        for item in situation.of(kind)
        if item.get("current") is True
    )


def let_take_part(
    who: Who, number: str, agency: AgencyId, *, relation: Relation, basis: str, token: str
) -> bool:
    """Let an agency take part on that legal basis, from now on. Twice is once; whether it takes part only now.

    The same form sent again does not let in whom somebody has sent away since.

    Refuses: NotSeen, NotAllowed; an agency that is not there, a basis that is not act and article.
    """
    basis = as_basis(basis)
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.LET_TAKE_PART)
        if relation not in INVITED or not Agency.objects.filter(pk=agency, ended_at=None).exists():
            raise Refused(
                code="no_such_agency",
                reason="There is no such agency, or no such part. Nothing was saved.",
                instead="Choose one of the list.",
            )
        known = {(part.agency, part.relation) for part in parts_in(permit.root.id)}
        made = id_of_form(token, f"{permit.root.id}/part")
        if (agency, relation.value) in known or was_part(permit.root.id, made):
            return False
        add_member(permit.root.id, agency, relation=relation, basis=basis, membership=made)
        _journal(permit, "agency_let_in", {"agency": agency, "relation": relation.value})
        return True


def end_part(who: Who, number: str, part: str) -> bool:
    """End a part as of now. Twice is once; whether it ends only now.

    Refuses: NotSeen, NotAllowed; LastLead; a part that is not on this record.
    """
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.LET_TAKE_PART)
        parts = parts_in(permit.root.id)
        meant = next((one for one in parts if one.id == part), None)
        if meant is None and is_random_id(part) and was_part(permit.root.id, part):
            return False
        if meant is None:
            raise NoSuchPart
        others = [one for one in parts if one.id != part]
        leads = [one for one in others if one.relation == Relation.CASE_LEAD]
        own = [one for one in others if one.agency == who.agency]
        if (meant.relation == Relation.CASE_LEAD and not leads) or (meant.agency == who.agency and not own):
            raise LastLead
        end_membership(part)
        _journal(permit, "part_ended", {"agency": meant.agency, "relation": meant.relation})
        return True


def name_lead(who: Who, number: str, person: str, *, token: str) -> Performed:
    """Name the person of one's own agency who leads the case from now on; who led before does so no more.

    Refuses as `perform`; somebody who does not work at one's agency.
    """
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.ASSIGN_LEAD)
        return name_lead_in(permit, person, token=token)


def name_lead_in(permit: Permit, person: str, *, token: str) -> Performed:
    """The same inside a transaction that an action has opened for more."""
    name = dict(staff_of(permit.who.agency)).get(person)
    if name is None:
        raise Refused(
            code="no_such_person",
            reason="Nobody of your agency is meant by this. Nothing was saved.",
            instead="Choose one of the list.",
        )
    before = [part for part in parts_in(permit.root.id) if part.relation == Relation.CASE_LEAD]
    if person not in {part.person for part in before}:
        add_member(permit.root.id, permit.who.agency, relation=Relation.CASE_LEAD, person=person)
    for part in before:
        if part.person != person:
            end_membership(part.id)
    values = {"case_lead": permit.who.agency, "case_lead_name": name}
    return perform_in(permit, [Statement(type="case_lead_named", values=values)], token=token)


def as_basis(typed: str) -> str:
    """A legal basis as it is kept. Refuses: BadInput, what is not act and article."""
    basis = _as_kept(typed)
    if not _BASIS.fullmatch(basis):
        raise BadInput(
            code="basis_not_read",
            reason="A legal basis is written as act and article, such as Child Protection Act 31.",
            instead="Write the short name of the act, and the article, in Latin letters and numbers.",
            where="basis",
        )
    return basis


def colleagues_of(
    who: Who, agencies: Collection[AgencyId]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The names of these agencies, and the people of one's own, each with its id."""
    with at_work(who, Purpose.OPEN_CASE):
        named = Agency.objects.filter(pk__in=agencies).order_by("name", "pk").values_list("pk", "name")
        return tuple((str(pk), name) for pk, name in named), staff_of(who.agency)


def _beside(situation: Situation, kind: Kind, item: Item) -> AtSide:
    subject = SubjectId(str(item["id"]))
    facts = situation.facts_behind(kind, subject, "name")
    named = getattr(facts[0].payload, "name", None) if facts else None
    told = situation.told.get((kind, subject), [])
    first = told[0].facts[0] if told else None
    return AtSide(
        kind, subject, named if isinstance(named, str) else None, None if first is None else first.happened
    )


def _agencies(who: Who, surely: Collection[str]) -> tuple[AgencyName, ...]:
    """The agencies of one's country, by name; where there are more than can be offered, surely those that are named."""
    country = Agency.objects.filter(pk=who.agency).values("country")
    first = Case(When(pk__in=[one for one in surely if is_random_id(one)], then=0), default=1)
    offered = Agency.objects.filter(ended_at=None, country__in=country).order_by(first, "name", "pk")
    found = Agency.objects.filter(pk__in=offered.values("pk")[:MOST_AGENCIES]).order_by("name", "pk")
    return tuple(
        AgencyName(AgencyId(str(pk)), name, role, land)
        for pk, name, role, land in found.values_list("pk", "name", "role", "country")
    )


def _journal(permit: Permit, outcome: str, said: Mapping[str, str]) -> None:
    act = journal.Act(
        kind=EntryKind.WRITE,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
    )
    journal.enter(act, ctx=permit.context, body=json.dumps(said, sort_keys=True).encode())


def _as_kept(basis: str) -> str:
    """Act and article as they are kept, however they were typed: "Child Protection Act, § 31": "ChildProtectionAct 31"."""
    words = re.sub(r"[§,]", " ", basis).split()
    article = words[-1:] if len(words) > 1 and any(sign.isdigit() for sign in words[-1]) else []
    act = "".join(word[0].upper() + word[1:] for word in words[: len(words) - len(article)])
    return " ".join([act, *article])
