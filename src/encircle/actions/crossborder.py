"""Across borders: requests to and from other countries, and the flags that forbid them.

Whether a request may go is asked of the whole record, so that a closed fact protects the child too; of a closed one it is
only told that it stands against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from encircle.actions.act import Performed, Statement, lifting_decisions, perform, perform_in
from encircle.actions.context import Who
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.permit import Permit, permitted
from encircle.actions.whose_law import law_for
from encircle.core.access import Doing, needed_for
from encircle.core.child import AsOf, fold
from encircle.core.child.situation import Item, Situation
from encircle.core.crossborder import (
    Advice,
    Offered,
    Reason,
    ReasonKind,
    Request,
    RequestClock,
    RequestState,
    Verdict,
    channels,
    clock_of,
    may_send,
    verdict,
)
from encircle.core.journal.entry import EntryKind
from encircle.law.channel import Channel
from encircle.law.law import Law
from encircle.records import journal
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import SubjectId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.need import Need
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused


class NoSuchRequest(Refused):
    """There is no such request or flag on this record, or none that one may see."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_request",
            reason="There is no such request on this record.",
            instead="Go back to the requests of this record.",
        )


class NotSent(Refused):
    """The request must not go, or not yet: `reasons` holds everything that stands against it. Nothing was saved."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(
            code="not_sent",
            reason="Something stands against this request. Nothing was saved.",
            instead="Look at what stands against it, and do that first.",
        )
        self.reasons = reasons


class RequestAct(StrEnum):
    """What can become of a request that has gone, or come, by the last part of its address."""

    ACKNOWLEDGED = "acknowledged"
    DELAYED = "delayed"
    ANSWERED = "answered"


_ANSWERED = (RequestState.ANSWERED, RequestState.ANSWERED_LATE)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """One request as it stands: its item of the situation, its channel if the packs still know it, and its clock."""

    id: SubjectId
    item: Item
    channel: Channel | None
    clock: RequestClock
    country: str

    def word(self, name: str) -> str:
        """A code that is on record; nothing where none is."""
        value = self.item[name]
        return value if isinstance(value, str) else ""

    def at(self, mark: str) -> Span | None:
        """When that happened; None where it did not, or has no time."""
        value = self.item[f"{mark}_at"]
        return value if self.item[mark] is True and isinstance(value, Span) else None


@dataclass(frozen=True, slots=True)
class Requests:
    """What the pages of one record across borders show. `sees`, `sees_flags`: whether these are open to who looks.

    `may_write`: whether they may state a request; `may_send`: whether sending is theirs to decide; `may_flag`: to set a flag.
    """

    heading: Heading
    requests: tuple[OnRecord, ...]
    flags: tuple[Item, ...]
    sees: bool
    sees_flags: bool
    may_write: bool
    may_send: bool
    may_flag: bool
    now: datetime

    @property
    def law(self) -> Law:
        """The law of the record."""
        return self.heading.law

    def one(self, request: str) -> OnRecord:
        """The request of that id. Refuses: NoSuchRequest."""
        found = next((one for one in self.requests if one.id == request), None)
        if found is None:
            raise NoSuchRequest
        return found

    def flag(self, flag: str) -> Item:
        """The flag of that id. Refuses: NoSuchRequest."""
        found = next((item for item in self.flags if item["id"] == flag), None)
        if found is None:
            raise NoSuchRequest
        return found

    def may_go(self, request: OnRecord) -> bool:
        """Whether that request is ours and has not gone yet."""
        return request.at("sent") is None and not request.clock.ours

    def opens(self, act: RequestAct, request: OnRecord) -> bool:
        """Whether that can be said of the request now, by who looks."""
        state = request.clock.state
        if not self.may_write or state in (RequestState.PREPARED, *_ANSWERED):
            return False
        return act is not RequestAct.ACKNOWLEDGED or request.at("acknowledged") is None

    def received_by(self, need: str, from_country: str) -> Channel | None:
        """The channel by which a request of that country comes, where only one is open."""
        if need not in list(Need) or not from_country:
            return None
        law, on = self.law, self.law.calendar.day_of(self.now)
        found = channels(
            law.channels, Need(need), from_country=from_country, to_country=law.country, on=on
        ).offered
        return found[0].channel if len(found) == 1 else None

    def advice(self, need: Need, to_country: str) -> Advice:
        """By which channels that need can be met there, today."""
        return advice_for(self.law, need, to_country, now=self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request that somebody prepares, with the channel that was chosen."""

    request: Request
    offered: Offered
    informed_reasons: str = ""


def advice_for(law: Law, need: Need, to_country: str, *, now: datetime) -> Advice:
    """By which channels a need can be met from the country of that law in another one, today."""
    return channels(
        law.channels, need, from_country=law.country, to_country=to_country, on=law.calendar.day_of(now)
    )


def requests_of(who: Who, number: str, *, page: str = "requests_shown") -> Requests:
    """All requests and flags of that record that are open to who looks. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.CROSS_BORDER) as permit:
        told = heading(permit)
        enter_look(permit, page, told)
        allowed = permit.allowed
        return Requests(
            heading=told,
            requests=_on_record(told.situation, told.law, permit.context.now),
            flags=tuple(told.situation.of(Kind.DO_NOT_CONTACT)),
            sees=FieldGroup.REQUESTS in allowed.groups,
            sees_flags=FieldGroup.MINIMUM in allowed.groups,
            may_write=FieldGroup.REQUESTS in allowed.adds,
            may_send=Decision.SEND_ABROAD in allowed.decides,
            may_flag=FieldGroup.MINIMUM in allowed.adds,
            now=permit.context.now,
        )


def stands_against(who: Who, number: str, draft: Draft) -> tuple[Reason, ...]:
    """Everything that stands against sending this now; the question itself is journalled. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.CROSS_BORDER) as permit:
        reasons = _reasons(permit, draft)
        _enter(permit, EntryKind.LOOK, "request_checked")
        return reasons


def prepare(who: Who, number: str, draft: Draft, *, token: str) -> Performed:
    """Put a request on record, not yet sent. What is missing may follow; what is forbidden is refused.

    Refuses: NotSent, where it must not go at all; and as `perform`.
    """
    allow = (Verdict.CLEAR, Verdict.INCOMPLETE)
    return _done(who, number, draft, _prepared(draft), token=token, allow=allow)


def send(who: Who, number: str, draft: Draft, *, due: str | None, token: str) -> Performed:
    """Mark a request as sent now. Refuses: NotSent, whatever stands against it; NotAllowed, if it is not one's to decide."""
    said = _sent(draft, happened=None, due=due)
    decides = Decision.SEND_ABROAD
    return _done(who, number, draft, said, token=token, allow=(Verdict.CLEAR,), decides=decides)


def has_been_sent(
    who: Who, number: str, draft: Draft, *, happened: str, due: str | None, token: str
) -> Performed:
    """Record that a request has gone already: never refused for what it was; it alarms. Refuses: as `perform`."""
    said = _sent(draft, happened=happened, due=due)
    return perform(who, number, (said,), token=token, purpose=Purpose.CROSS_BORDER)


def state(
    who: Who,
    number: str,
    of: str,
    values: Mapping[str, object],
    *,
    subject: SubjectId | None = None,
    happened: str | None = None,
    token: str,
) -> Performed:
    """State what became of a request, a contact that was made, or a flag. Refuses: as `perform`."""
    said = Statement(type=of, subject=subject, values=values, happened=happened)
    return perform(who, number, (said,), token=token, purpose=Purpose.CROSS_BORDER)


def decisions_of(requests: Requests) -> tuple[Item, ...]:
    """The best-interests decisions in writing that could lift a flag."""
    return lifting_decisions(requests.heading.situation)


def draft_of(
    on_record: OnRecord, offered: Offered, *, contents: frozenset[str], informed: str, reasons: str = ""
) -> Draft:
    """A request that is on record, as it would go now. `reasons`: why the child is not told, if that is said now."""
    person = on_record.word("about_person")
    request = Request(
        need=offered.channel.need,
        to_country=on_record.country,
        about_person=person or None,
        contents=contents,
        informed=informed or None,
        informed_reasons=bool(reasons) or on_record.item["not_informed_reasons"] is True,
        id=on_record.id,
    )
    return Draft(request=request, offered=offered, informed_reasons=reasons)


def _done(
    who: Who,
    number: str,
    draft: Draft,
    said: Statement,
    *,
    token: str,
    allow: tuple[Verdict, ...],
    decides: Decision | None = None,
) -> Performed:
    """In one transaction: permit, whatever stands against it, then the fact. A refusal is journalled."""
    try:
        with permitted(who, number, purpose=Purpose.CROSS_BORDER, doing=Doing.ADD) as permit:
            if decides is not None:
                permit.ask_to_decide(decides)
            reasons = _reasons(permit, draft)
            if verdict(reasons) not in allow:
                raise NotSent(reasons)
            return perform_in(permit, (said,), token=token)
    except NotSent as refused:
        with permitted(who, number, purpose=Purpose.CROSS_BORDER) as permit:
            _enter(permit, EntryKind.REFUSAL, refused.code)
        raise


def _reasons(permit: Permit, draft: Draft) -> tuple[Reason, ...]:
    law, now = law_for(permit.root.country), AsOf(permit.context.now)
    situation = fold(permit.whole().facts, now, zone=law.zone).earliest
    reasons = may_send(situation, draft.request, channel=draft.offered.channel, prohibitions=law.prohibitions)
    return tuple(_as_open(reason, permit.allowed.groups) for reason in reasons)


def _as_open(reason: Reason, open_to: frozenset[FieldGroup]) -> Reason:
    """The reason as it may be told: one that rests on closed parts weighs the same, and does not say what it is."""
    asked = [one.when for one in (reason.ground, reason.prohibition) if one is not None]
    asked += [] if reason.first is None else [reason.first.needs]
    needed = frozenset[FieldGroup]().union(*(needed_for(condition) for condition in asked))
    if reason.kind is ReasonKind.FLAG:
        needed |= {FieldGroup.MINIMUM}
    if needed - {FieldGroup.VIEWS, FieldGroup.REQUESTS} <= open_to:
        return reason
    return Reason(ReasonKind.CLOSED, reason.verdict)


def _prepared(draft: Draft) -> Statement:
    request, channel = draft.request, draft.offered.channel
    values: dict[str, object] = {
        "instrument": channel.instrument,
        "request_kind": request.need.value,
        "to_country": request.to_country,
        "to_role": channel.to_role.value,
        "channel": channel.code,
        "contents": sorted(request.contents),
        "do_not_contact_checked": True,
    }
    if request.about_person:
        values["about_person"] = request.about_person
    if request.informed:
        values["child_informed"] = request.informed
    if draft.informed_reasons:
        values["not_informed_reasons"] = draft.informed_reasons
    return Statement(type="request_prepared", values=values)


def _sent(draft: Draft, *, happened: str | None, due: str | None) -> Statement:
    request, offered = draft.request, draft.offered
    articles = "; ".join(f"{source.act.code} {source.at}" for source in offered.basis)
    values: dict[str, object] = {
        "instrument": offered.channel.instrument,
        "request_kind": request.need.value,
        "to_country": request.to_country,
        "to_role": offered.channel.to_role.value,
        "channel": offered.channel.code,
        "do_not_contact_checked": True,
        "contents": sorted(request.contents),
        "minimum_set": True,
    }
    given = {
        "article": articles,
        "about_person": request.about_person,
        "child_informed": request.informed,
        "not_informed_reasons": draft.informed_reasons,
        "due": due,
    }
    values |= {name: value for name, value in given.items() if value}
    return Statement(
        type="request_sent", subject=SubjectId(request.id), values=values, happened=happened or None
    )


def _on_record(situation: Situation, law: Law, now: datetime) -> tuple[OnRecord, ...]:
    found = [_one(item, law, now) for item in situation.of(Kind.REQUEST)]
    return tuple(reversed(found))


def _one(item: Item, law: Law, now: datetime) -> OnRecord:
    received = item["received"] is True
    other = item["from_country" if received else "to_country"]
    country = other if isinstance(other, str) else ""
    pair = (country, law.country) if received else (law.country, country)
    code = item["channel"]
    channel = law.channel(code) if isinstance(code, str) else None
    clock = clock_of(item, channel=channel, pair=pair, calendar=law.calendar, now=now)
    return OnRecord(SubjectId(str(item["id"])), item, channel, clock, country)


def _enter(permit: Permit, kind: EntryKind, outcome: str) -> None:
    act = journal.Act(
        kind=kind,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
        regime=permit.allowed.regime,
        field_groups=(FieldGroup.REQUESTS,),
    )
    journal.enter(act, ctx=permit.context)
