"""Sharing agreements: read by all staff, proposed and signed for each side by who answers for it, ended by either.

An agreement opens nothing: it says on which terms a part of a record can be opened to the other agency (`actions/opened`).
"""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.people import MOST_AGENCIES, as_basis
from encircle.actions.permit import NotAllowed, mandates
from encircle.actions.whose_law import law_for
from encircle.core.access import Denied
from encircle.core.journal.entry import EntryKind
from encircle.core.sharing import AgreementState, Terms, faults, state_of
from encircle.law.calendar import zone_of
from encircle.records import journal
from encircle.records.context import Context
from encircle.records.models import Agency
from encircle.records.sharing import Agreement as Agreement
from encircle.records.sharing import add_agreement, agreement, agreements, end_agreement, sign
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, is_random_id
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.visit_purpose import VisitPurpose

SHARED = tuple(group for group in FieldGroup if group is not FieldGroup.MINIMUM)
"""Parts that an agreement can be about. The minimum is open to all who take part."""
BECAUSE = ("declined", "taken_back", "no_longer_needed", "other_terms", "not_kept")
"""Why an agreement has ended. The first two: before both had signed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement as it stands today. `may_sign`: whether it waits for who looks; `may_end`: whether they can end it."""

    agreement: Agreement
    state: AgreementState
    may_sign: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Agreements:
    """Agreements with where they stand. `others`: with whom one could be proposed; none for who may not."""

    items: tuple[Standing, ...]
    own: AgencyId
    own_name: str
    others: tuple[tuple[AgencyId, str], ...]
    zone: str
    today: date


class NoSuchAgreement(Refused):
    """There is no such agreement on which one may do that."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_agreement",
            reason="There is no such agreement that still waits or runs, or it is not yours. Nothing was changed.",
            instead="Look at the list again.",
        )


def sharing_agreements(who: Who, *, of_all: bool = False) -> Agreements:
    """Those of one's own agency, or of all agencies. Refuses: NotAllowed."""
    with _at_work(who) as context:
        _journal("agreements_listed", EntryKind.LOOK, who, context)
        return _listed(who, context, agreements(side=None if of_all else who.agency))


def sharing_agreement(who: Who, number: str) -> tuple[Agreements, Standing]:
    """One of them, with what else its page needs. Refuses: NotAllowed; NoSuchAgreement."""
    with _at_work(who) as context:
        found = agreement(number) if is_random_id(number) else None
        if found is None:
            raise NoSuchAgreement
        _journal("agreement_read", EntryKind.LOOK, who, context, number)
        listed = _listed(who, context, (found,))
        return listed, listed.items[0]


def propose_agreement(
    who: Who,
    other: AgencyId,
    *,
    gives: bool,
    groups: Collection[FieldGroup],
    ends: Collection[VisitPurpose],
    onward: Onward | None,
    basis: str,
    first: date | None,
    last: date | None,
    token: str,
) -> str:
    """Propose it, which signs it for one's own side; its id. `gives`: whether one's own agency is who shares.

    The same form sent again proposes it once. Refuses: NotAllowed; BadInput, with the field.
    """
    with _at_work(who, deciding=True) as context:
        if not is_random_id(other) or not _can_agree(who).filter(pk=other).exists():
            raise BadInput(code="not_there", reason="Choose an agency from the list.", where="other")
        if onward is None:
            raise BadInput(code="no_answer", reason="Choose what may become of it.", where="onward")
        if first is None or last is None:
            where = "first" if first is None else "last"
            raise BadInput(code="no_day", reason="Give a whole day: day, month and year.", where=where)
        terms = Terms(frozenset(groups) & frozenset(SHARED), frozenset(ends), onward, first, last)
        for where, code in faults(terms, today=_today(context)).items():
            raise _fault(where, code)
        sides = (who.agency, other) if gives else (other, who.agency)
        number = id_of_form(token, f"{who.agency}/agreement")
        if add_agreement(number, terms, giver=sides[0], taker=sides[1], basis=as_basis(basis), ctx=context):
            _journal("agreement_proposed", EntryKind.WRITE, who, context, number)
        return number


def sign_agreement(who: Who, number: str) -> None:
    """Sign it for one's own agency. Refuses: NotAllowed; NoSuchAgreement."""
    with _at_work(who, deciding=True) as context:
        found = _own(who, number)
        waits = found.waits_for(who.agency) and _state(found, context) is AgreementState.WAITS
        if not waits or not sign(number, as_giver=who.agency == found.giver):
            raise NoSuchAgreement
        _journal("agreement_signed", EntryKind.WRITE, who, context, number)


def end_sharing(who: Who, number: str, because: str) -> int:
    """Decline it, take it back or end it; how many parts that were opened on it ended too.

    Refuses: NotAllowed; NoSuchAgreement; BadInput, no reason.
    """
    with _at_work(who, deciding=True) as context:
        found = _own(who, number)
        if because not in reasons_to_end(found, who.agency):
            raise BadInput(code="no_reason", reason="Choose why.", where="because")
        ended = end_agreement(number, because=because)
        if ended is None:
            raise NoSuchAgreement
        _journal("agreement_ended", EntryKind.WRITE, who, context, number)
        return ended


def _fault(where: str, code: str) -> BadInput:
    """What is wrong with the terms, in words."""
    match code:
        case "no_part":
            return BadInput(code=code, reason="Choose at least one part.", where=where)
        case "no_end":
            return BadInput(code=code, reason="Choose at least one purpose.", where=where)
        case "in_the_past":
            return BadInput(
                code=code, reason="The first day lies in the past. Nothing is agreed backwards.", where=where
            )
        case "too_long":
            return BadInput(
                code=code,
                reason="An agreement runs for five years at most. It can be made anew.",
                where=where,
            )
        case _:
            return BadInput(
                code=code,
                reason="The last day lies before the first, or is the same day.",
                where=where,
            )


def reasons_to_end(found: Agreement, own: AgencyId) -> tuple[str, ...]:
    """Why that side can end it now: declined or taken back before both have signed, afterwards one of three reasons."""
    if found.signed.by_giver and found.signed.by_taker:
        return BECAUSE[2:]
    return ("declined",) if found.waits_for(own) else ("taken_back",)


def may_agree(who: Who) -> bool:
    """Whether the mandate lets one sign for one's agency. A program of an agency signs nothing."""
    mandate = mandates().get(who.role)
    return mandate is not None and not who.is_program and Decision.AGREE_SHARING in mandate.decides


@contextmanager
def _at_work(who: Who, *, deciding: bool = False) -> Iterator[Context]:
    """One transaction for who may do this. Refuses: NotAllowed."""
    mandate = mandates().get(who.role)
    may = mandate is not None and Purpose.OWN_DUTIES in mandate.purposes
    if mandate is None or not may or (deciding and not may_agree(who)):
        denied = Denied(
            code="not_yours_to_decide",
            reason="This is not for your role to decide.",
            source=mandate.sources[0].cite() if mandate and mandate.sources else "",
            instead="Who supervises your agency proposes and signs what is shared with others.",
        )
        raise NotAllowed(denied, "")
    with at_work(who, Purpose.OWN_DUTIES) as context:
        yield context


def _listed(who: Who, context: Context, found: Iterable[Agreement]) -> Agreements:
    may = may_agree(who)
    others = _others(who)
    return Agreements(
        items=tuple(_standing(one, who, context, may=may) for one in found),
        own=who.agency,
        own_name=str(Agency.objects.values_list("name", flat=True).get(pk=who.agency)),
        others=others if may else (),
        zone=_zone(),
        today=_today(context),
    )


def _standing(one: Agreement, who: Who, context: Context, *, may: bool) -> Standing:
    state = _state(one, context)
    is_open = state in (AgreementState.WAITS, AgreementState.COMING, AgreementState.RUNS)
    return Standing(
        one,
        state,
        may_sign=may and state is AgreementState.WAITS and one.waits_for(who.agency),
        may_end=may and is_open and one.is_of(who.agency),
    )


def _own(who: Who, number: str) -> Agreement:
    found = agreement(number) if is_random_id(number) else None
    if found is None or not found.is_of(who.agency):
        raise NoSuchAgreement
    return found


def _state(one: Agreement, context: Context) -> AgreementState:
    return state_of(one.terms, one.signed, on=_today(context))


def _can_agree(who: Who) -> QuerySet[Agency]:
    """The other agencies of the same country."""
    country = Agency.objects.filter(pk=who.agency).values("country")[:1]
    return Agency.objects.filter(country=country, ended_at=None).exclude(pk=who.agency)


def _others(who: Who) -> tuple[tuple[AgencyId, str], ...]:
    """Those that can be chosen from, by name; with one beyond them it can be agreed all the same."""
    rows = _can_agree(who).order_by("name", "pk").values_list("pk", "name")[:MOST_AGENCIES]
    return tuple((AgencyId(str(pk)), name) for pk, name in rows)


def _zone() -> str:
    return law_for(settings.COUNTRY).zone


def _today(context: Context) -> date:
    return context.now.astimezone(zone_of(_zone())).date()


def _journal(outcome: str, kind: EntryKind, who: Who, context: Context, number: str = "") -> None:
    body = json.dumps({"agreement": number}).encode() if number else b""
    journal.enter(journal.Act(kind=kind, outcome=outcome, role=who.role.value), ctx=context, body=body)
