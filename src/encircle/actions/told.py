"""What one's agency was told and nobody has answered. A look, and journalled as one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.emergency import hears
from encircle.actions.look_week import leads
from encircle.actions.naming import called, name_in
from encircle.actions.notices import mail_server
from encircle.actions.offers import may_weigh
from encircle.actions.permit import look_at_many, opened_of_each, opens
from encircle.actions.reports.body import reads_complaints
from encircle.actions.reports.desk import sits_at_desk
from encircle.actions.reports.talk_desk import talks_here
from encircle.actions.supervised import may_supervise
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied
from encircle.law.duty import DutyRule
from encircle.law.mandate import LedgerSeen
from encircle.law.prohibition import ProhibitionRule
from encircle.records import journal, notices
from encircle.records.notices import Told
from encircle.records.relations import kept_from
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose

ON_A_PAGE = 30
LOOKS_STAND_OUT, LOOKS_OF_WEEK = "looks_stand_out", "looks_of_week"
"""Kinds of notices that tell of people at work, not of a record."""
UNANSWERED = "unanswered"
"""An agency has not answered in time; told to the desk above, which sees figures."""
REPORT_WAITS, REPORT_LATE = "report_waits", "report_late"
"""Somebody reported at the door; no desk has opened it in time."""
CONCERN_WAITS, CONCERN_LATE = "concern_waits", "concern_late"
"""A professional sent a concern; no agency has looked at it in time."""
CONCERN_ALONE = "concern_alone"
"""One of danger came when nobody was there who has it, and no desk is named for such hours."""
COMPLAINT_WAITS, COMPLAINT_LATE = "complaint_waits", "complaint_late"
"""Somebody complained of an agency; nobody has acknowledged or answered it in time."""
TALK_WAITS, TALK_LATE = "talk_waits", "talk_late"
"""Somebody asks at the door and waits; nobody has answered for more than an hour."""
OFFERED, OFFER_ANSWERED = "offered", "offer_answered"
"""A child is referred to the agency, which sees no record; an agency has answered an offer of this one."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record's alarm or overdue duty. `rule`: None, where the law of today no longer has it."""

    number: str
    kind: Kind
    name: str
    code: str
    rule: DutyRule | ProhibitionRule | None


@dataclass(frozen=True, slots=True)
class ToldItem:
    """One notice. `waiting`: of what, if that is open to who looks; None: only that `acted_name` has not answered.

    `kind`: alarm, duty, emergency, looks_stand_out, offered ... `sent_at`, `by_mail`: when it was sent, and whether
    by mail or shown in Encircle only.
    """

    waiting: Waiting | None
    kind: str
    acted_name: str
    higher: bool
    made_at: datetime
    sent_at: datetime | None
    by_mail: bool
    is_open: bool = True
    """Whether the page on which it is answered is open to the role of who looks."""


@dataclass(frozen=True, slots=True)
class ToldList:
    """One page of notices, the newest first. `mails`: whether this installation sends mail at all."""

    items: tuple[ToldItem, ...]
    page: int
    more: bool
    zone: str
    mails: bool


def told_to(who: Who, *, purpose: Purpose, page: int = 1) -> ToldList:
    """What the agency was told and waits. A record whose look is refused to who asks leaves no trace in it."""
    with at_work(who, purpose) as context:
        found = notices.told(
            who.agency,
            at_most=ON_A_PAGE + 1,
            skip=(page - 1) * ON_A_PAGE,
            without=_for_others(who),
            kept=kept_from(who.agency),
        )
        one_page = found[:ON_A_PAGE]
        roots = {one.root.id for one in one_page if one.root is not None}
        opened = opened_of_each(who, roots, context=context) if roots else {}
        shown = [one for one in one_page if not _is_refused(one, opened)]
        named = [root for root in roots if opens(opened[root], FieldGroup.MINIMUM)]
        names = {root: name_in(folded) for root, folded in called(named, now=context.now).items()}
        items = tuple(_item(one, who, opened, names) for one in shown)
        numbers = sorted({item.waiting.number for item in items if item.waiting is not None})
        act = look_at_many(who, "notices_listed", {FieldGroup.MINIMUM} if names else ())
        journal.enter(act, ctx=context, body=json.dumps({"numbers": numbers}).encode())
    zone = law_for(settings.COUNTRY).zone
    return ToldList(items, page, len(found) > ON_A_PAGE, zone, mail_server() is not None)


def _for_others(who: Who) -> tuple[str, ...]:
    """Kinds of notices that are not for the role of who asks."""
    kinds = {
        LOOKS_STAND_OUT: may_supervise(who.role),
        LOOKS_OF_WEEK: leads(who),
        REPORT_WAITS: sits_at_desk(who),
        REPORT_LATE: sits_at_desk(who) or may_supervise(who.role),
        CONCERN_WAITS: sits_at_desk(who),
        CONCERN_LATE: sits_at_desk(who) or may_supervise(who.role),
        CONCERN_ALONE: sits_at_desk(who),
        COMPLAINT_WAITS: reads_complaints(who),
        COMPLAINT_LATE: reads_complaints(who),
        TALK_WAITS: talks_here(who),
        TALK_LATE: talks_here(who),
        OFFERED: may_weigh(who.role),
        UNANSWERED: hears(who.role),
    }
    return tuple(kind for kind, mine in kinds.items() if not mine)


def _is_refused(one: Told, opened: Mapping[RootId, Allowed | Denied]) -> bool:
    return one.root is not None and isinstance(opened[one.root.id], Denied)


def _item(
    one: Told, who: Who, opened: Mapping[RootId, Allowed | Denied], names: Mapping[RootId, str]
) -> ToldItem:
    return ToldItem(
        waiting=_waiting(one, who, opened, names),
        kind=one.kind,
        acted_name=one.acted_name,
        higher=one.step > notices.FIRST,
        made_at=one.made_at,
        sent_at=one.sent_at,
        by_mail=one.channel == "mail",
        is_open=one.kind not in (REPORT_LATE, CONCERN_LATE) or sits_at_desk(who),
    )


def _waiting(
    one: Told, who: Who, opened: Mapping[RootId, Allowed | Denied], names: Mapping[RootId, str]
) -> Waiting | None:
    """What waits: told to who leads the case, and to the agency that acted or owes."""
    if one.root is None:
        return None
    allowed = opened[one.root.id]
    if not isinstance(allowed, Allowed) or not (allowed.ledger is LedgerSeen.ALL or one.acted == who.agency):
        return None
    law = law_for(one.root.country)
    rules: tuple[DutyRule | ProhibitionRule, ...] = law.prohibitions if one.kind == "alarm" else law.duties
    rule = next((rule for rule in rules if rule.code == one.code), None)
    return Waiting(one.root.number, one.root.kind, names.get(one.root.id, ""), one.code, rule)
