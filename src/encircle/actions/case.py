"""Open a case: the record of a child, begun with what is known, and told once: what a concern says is not typed again."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from encircle.actions.act import Statement, perform_in
from encircle.actions.context import Who
from encircle.actions.opening import may_open, opening
from encircle.actions.people import name_lead_in
from encircle.actions.permit import Permit, permit_in, permitted
from encircle.core.access import Doing
from encircle.core.child import AsOf
from encircle.core.triage import Triage, triage_of
from encircle.records.names import names_in
from encircle.records.roots import add_member, members
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.relation import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is known when a case is opened. `years` or `birth`: as the child says; `danger_now`: None, where it is not known.

    `concern`: the number of the concern from which it comes; then `why` may be empty. `agencies`: those of the concern
    that take part from the start. `lead`: the person of one's own agency who leads the case; nobody: it is named later.
    """

    name: str = ""
    years: int | None = None
    birth: str = ""
    language: str = ""
    danger_now: bool | None = None
    why: str = ""
    concern: str = ""
    agencies: tuple[AgencyId, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a concern brings into the case. `agencies`: those that take part in the concern, but for one's own."""

    number: str
    triage: Triage
    agencies: tuple[AgencyId, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which triage knows the child already."""
        return tuple(name for fact in self.triage.named for name in names_in(fact))

    @property
    def born(self) -> bool:
        """Whether triage knows a date of birth."""
        return any(not names_in(fact) for fact in self.triage.named)


def may_open_case(who: Who) -> None:
    """Asked before the form is shown. Refuses: NotAllowed."""
    may_open(who, purpose=Purpose.OPEN_CASE)


def begun_from(who: Who, concern: str) -> Begun:
    """What that concern brings. Refuses: NotSeen, NotAllowed; a record that is no concern."""
    with permitted(who, concern, purpose=Purpose.OPEN_CASE) as permit:
        if permit.root.kind is not Kind.CONCERN:
            raise Refused(
                code="no_concern",
                reason="This number is not that of a concern.",
                instead="Open the case without it, or look at the number again.",
            )
        facts = permit.open_facts()
        agencies = dict.fromkeys(agency for agency, _relation in members(permit.root.id))
        triage = triage_of(facts, at=AsOf(permit.context.now), asked=False)
        return Begun(permit.root.number, triage, tuple(one for one in agencies if one != who.agency))


def open_case(who: Who, new: NewCase, *, token: str) -> str:
    """Open the record of a child; its number. The same form opens one.

    Refuses: NotAllowed; NotTaken, with all problems; NotSeen, a concern that one cannot see.
    """
    begun = begun_from(who, new.concern) if new.concern else None
    with opening(who, Kind.CHILD, token=token, purpose=Purpose.OPEN_CASE) as permit:
        known = {agency for agency, _relation in members(permit.root.id)}
        for agency in new.agencies:
            if begun is not None and agency in begun.agencies and agency not in known:
                add_member(permit.root.id, agency, relation=Relation.TEAM)
        perform_in(permit, _statements(new, begun), token=token)
        if new.lead and Decision.ASSIGN_LEAD in permit.allowed.decides:
            name_lead_in(permit, new.lead, token=_other(token, "lead"))
        if begun is not None:
            _link(permit, begun, token=_other(token, "concern"))
        return permit.root.number


def _link(permit: Permit, begun: Begun, *, token: str) -> None:
    """Say on the record of the concern which case it became; in one transaction, so that neither is without the other."""
    concern = permit_in(permit.context, permit.who, begun.number, purpose=Purpose.OPEN_CASE, doing=Doing.ADD)
    values = {"other_record": permit.root.number}
    linked = Statement(type="concern_linked", subject=begun.triage.concern, values=values)
    perform_in(concern, [linked], token=token)


def _statements(new: NewCase, begun: Begun | None) -> tuple[Statement, ...]:
    said: list[Statement] = [] if begun is None else list(_named(begun.triage))
    if new.name:
        said.append(Statement(type="name_recorded", values={"name_used": new.name}))
    age = {
        **({} if new.years is None else {"claimed_years": new.years}),
        **({"date_of_birth_claimed": new.birth} if new.birth else {}),
    }
    claimed = {"claimed_child": new.years is None or new.years < 18, **age}
    said.append(
        Statement(
            type="age_claimed", values=claimed, certainty=Certainty.REPORTED if age else Certainty.INFERRED
        )
    )
    if new.language:
        said.append(Statement(type="language_recorded", values={"languages": [new.language]}))
    return (*said, *_concern(new, begun))


def _concern(new: NewCase, begun: Begun | None) -> tuple[Statement, ...]:
    """What the concern said and what was decided on it, as its sources said it; else why the case is opened."""
    if begun is None or begun.triage.registered is None:
        danger = {} if new.danger_now is None else {"danger_now": new.danger_now}
        values = {
            "channel": "other",
            "raised_by": "authority",
            **({"text": new.why} if new.why else {}),
            **danger,
        }
        return (Statement(type="concern_registered", values=values, label="concern"),)
    return told_again(begun.triage)


def _named(triage: Triage) -> tuple[Statement, ...]:
    """By what the child is known at triage, as it was said there."""
    return tuple(
        Statement(
            type=fact.type,
            values=fact.payload,
            happened=fact.happened,
            certainty=fact.certainty,
            agency=fact.agency,
            learnt_at=min(learnt.at for learnt in fact.learnt),
        )
        for fact in triage.named
    )


def told_again(triage: Triage) -> tuple[Statement, ...]:
    """What a concern says and what was decided on it, to stand on the record of a child as its sources said it."""
    told = [fact for fact in (triage.registered, *triage.signs, triage.decision) if fact is not None]
    return tuple(
        Statement(
            type=fact.type,
            values=fact.payload,
            label="concern" if fact.type == "concern_registered" else None,
            subject="@concern" if fact.type == "concern_triaged" else None,
            happened=fact.happened,
            certainty=fact.certainty,
            agency=fact.agency,
            learnt_at=min(learnt.at for learnt in fact.learnt),
        )
        for fact in told
    )


def _other(token: str, what: str) -> str:
    """The token of another act of the same form."""
    return str(uuid5(UUID(token), what))
