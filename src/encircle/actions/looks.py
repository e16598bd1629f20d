"""Who has looked at a record, and at what one has looked oneself. Codes of the journal only; itself a look, journalled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.naming import called, name_in
from encircle.actions.permit import look_at_many, opens, permitted
from encircle.actions.whose_law import law_for
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.journal import history
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, is_random_id
from encircle.vocabulary.purpose import Purpose

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class LooksAsked:
    """Which entries are asked for, as it was typed; what cannot be read counts as not asked. `before`: where a page
    ended.
    """

    kind: str = ""
    agency: str = ""
    person: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Looks:
    """One page of entries, the newest first. `next_page`: where the next page begins; empty on the last one.

    `zone`: in which times are told; `agencies`, `people`: who has entries; `name`: what the child is called, if that is
    open.
    """

    lines: tuple[history.Line, ...]
    asked: LooksAsked
    agencies: Mapping[AgencyId, str]
    next_page: str
    zone: str
    number: str = ""
    name: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    may_give: bool = False
    """Whether who looks may prepare what the child is given of its record."""


def looks_at(who: Who, number: str, *, purpose: Purpose, asked: LooksAsked) -> Looks:
    """Every look, writing, refusal and disclosure of this record. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=purpose) as permit:
        found = history.of_root(permit.root.id, _filter(asked), at_most=ON_A_PAGE + 1)
        agencies = dict(history.agencies_in(permit.root.id))
        people = dict(history.people_in(permit.root.id))
        named = opens(permit.allowed, FieldGroup.MINIMUM)
        names = called([permit.root.id], now=permit.context.now) if named else {}
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="looks_shown",
            root=permit.root.id,
            role=who.role.value,
            legal_basis=permit.allowed.basis,
            regime=permit.allowed.regime,
            field_groups=(FieldGroup.MINIMUM,) if named else (),
        )
        journal.enter(act, ctx=permit.context)
        zone = law_for(permit.root.country).zone
        name = "".join(name_in(folded) for folded in names.values())
        may_give = Decision.GIVE_ACCESS in permit.allowed.decides
    page = _page(found, asked, agencies, zone)
    return replace(page, number=number, name=name, people=people, may_give=may_give)


def looks_of(who: Who, *, purpose: Purpose, asked: LooksAsked) -> Looks:
    """What the person who asks has looked at and done, for the agency of today. Shows nothing of a child but numbers."""
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, purpose) as context:
        found = history.of_actor(who.person, who.agency, _filter(asked), at_most=ON_A_PAGE + 1)
        act = look_at_many(who, "own_looks_shown")
        journal.enter(act, ctx=context)
    return _page(found, asked, {}, zone)


def _page(
    found: tuple[history.Line, ...], asked: LooksAsked, agencies: Mapping[AgencyId, str], zone: str
) -> Looks:
    shown = found[:ON_A_PAGE]
    more = f"{shown[-1].at.isoformat()}/{shown[-1].id}" if len(found) > ON_A_PAGE else ""
    return Looks(shown, asked, agencies, more, zone)


def _filter(asked: LooksAsked) -> history.Filter:
    kinds = {kind.value for kind in EntryKind}
    return history.Filter(
        kind=asked.kind if asked.kind in kinds else None,
        agency=AgencyId(asked.agency) if is_random_id(asked.agency) else None,
        actor=asked.person if is_random_id(asked.person) else None,
        before=history.place_in(asked.before),
    )
