"""How often the people of one's agency took the account of a child once more, and why, for who answers for them.

The own agency's acts alone, on records whose account is open to who asks: so nothing is told beyond those who may read it,
and the counts need no rounding. A look, journalled. Nothing is counted of a child.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.permit import NotAllowed, look_at_many, mandates, opened_of_each, opens, pages_open
from encircle.actions.supervised import ask_to_supervise
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied, groups_of
from encircle.core.asked_again import AFTER_RETURN, NOT_SAID, OUTSIDE, READ, Again, Reason, Taking, takings
from encircle.records import journal
from encircle.records.asked_again import Asked, roots_where_asked
from encircle.records.context import Context
from encircle.records.relations import kept_from
from encircle.records.seen import facts_of_types
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role

ON_A_PAGE = 20
MOST_RECORDS = 1_000
"""Records that are looked through at once; where there are more, a shorter time is asked for."""
A_YEAR = timedelta(days=365)
HOW = (
    *("exploratory", "investigative", "testimony", "suspect", "asylum", "assessment", "other"),
    *(NOT_SAID, OUTSIDE, AFTER_RETURN),
)
"""How an account is taken, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often the account was taken in this way. `again`: when the child had told before, by the reason on record.

    `perhaps`: the record does not say whether the child had to tell it once more. `sessions`: further ones of an interview
    that was planned as one.
    """

    how: str
    times: int
    again: Mapping[Reason, int]
    perhaps: int
    sessions: int

    @property
    def repeats(self) -> int:
        """How often it was asked again, whatever the reason."""
        return sum(self.again.values())


@dataclass(frozen=True, slots=True)
class Repeat:
    """One time that it was asked again, or perhaps. `is_open`: the page of the record is."""

    taking: Taking
    number: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What was counted from one day to another, both included, and one page of the repeats, the newest first.

    `too_many`: there are more records than can be looked through at once, and nothing was counted.
    """

    counted: tuple[Counted, ...]
    repeats: tuple[Repeat, ...]
    page: int
    more: bool
    since: date
    until: date
    zone: str
    too_many: bool

    @property
    def times(self) -> int:
        """How often an account was asked for again, in all."""
        return sum(one.repeats for one in self.counted)

    @property
    def without_reason(self) -> int:
        """How often no reason was on record when it was asked again."""
        return sum(one.again[Reason.NONE] + one.again[Reason.AFTERWARDS] for one in self.counted)


def sees_asked_again(role: Role) -> bool:
    """Whether somebody in that role answers for the people of an agency, and may read what children have told them."""
    own = mandates().get(role)
    return own is not None and Purpose.SUPERVISE in own.purposes and FieldGroup.ACCOUNT in own.sees


def asked_again(who: Who, *, since: str = "", until: str = "", page: int = 1) -> AskedAgain:
    """What is counted from that day until that one, such as 2026-11-28; where none is asked for, in the last year.

    Refuses: NotAllowed, a role that does not supervise, or to which no account is open; BadInput, with the field.
    """
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, Purpose.SUPERVISE) as context:
        ask_to_supervise(who)
        _ask_for_accounts(who)
        today = context.now.astimezone(ZoneInfo(zone)).date()
        last = _day(until, "until") or today
        first = _day(since, "since") or last - A_YEAR
        if last < first:
            raise BadInput(
                code="ends_before_it_begins",
                reason="The last day lies before the first. Change one of the two.",
                where="until",
            )
        began, end = _starts(first, zone), _starts(last + timedelta(days=1), zone)
        numbers = roots_where_asked(
            Asked(who.agency, began, end, kept_from(who.agency)), at_most=MOST_RECORDS + 1
        )
        too_many = len(numbers) > MOST_RECORDS
        found = () if too_many else tuple(_taken(who, numbers, began, end, context))
        again = sorted((one for one in found if one.again is not Again.NO), key=_newest, reverse=True)
        shown = again[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        roots = {one.root for one in shown}
        pages = pages_open(who, roots, context=context)
        _enter(who, context, [numbers[one.root] for one in shown], any_counted=bool(found))
    return AskedAgain(
        counted=_counted(found),
        repeats=tuple(Repeat(one, numbers[one.root], one.root in pages) for one in shown),
        page=page,
        more=len(again) > page * ON_A_PAGE,
        since=first,
        until=last,
        zone=zone,
        too_many=too_many,
    )


def _taken(
    who: Who, numbers: Mapping[RootId, str], began: datetime, end: datetime, context: Context
) -> Iterable[Taking]:
    """Each time in these days, by the own agency, on the records whose account is open. A few queries in all."""
    opened = opened_of_each(who, tuple(numbers), context=context)
    roots = [root for root in numbers if opens(opened[root], FieldGroup.ACCOUNT)]
    for root, facts in facts_of_types(roots, READ).items():
        answer, group_of = opened[root], groups_of(facts)
        groups = answer.groups if isinstance(answer, Allowed) else frozenset()
        for one in takings(fact for fact in facts if group_of[fact.id] in groups):
            if one.root == root and one.agency == who.agency and began <= one.happened.earliest < end:
                yield one


def _counted(found: Iterable[Taking]) -> tuple[Counted, ...]:
    by_how: dict[str, list[Taking]] = {}
    for one in found:
        by_how.setdefault(one.how, []).append(one)
    return tuple(_of_one_kind(how, by_how[how]) for how in HOW if how in by_how)


def _of_one_kind(how: str, found: list[Taking]) -> Counted:
    reasons = Counter(one.reason for one in found if one.again is Again.YES)
    return Counted(
        how=how,
        times=sum(not one.session for one in found),
        again={reason: reasons[reason] for reason in Reason},
        perhaps=sum(one.again is Again.PERHAPS for one in found),
        sessions=sum(one.session for one in found),
    )


def _newest(one: Taking) -> tuple[datetime, RootId]:
    return one.happened.earliest, one.root


def _day(text: str, where: str) -> date | None:
    """Refuses: BadInput, what is no day."""
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        found = date.min
    if not 1900 <= found.year <= 9000:
        raise BadInput(code="no_day", reason="Write a day such as 2026-11-28.", where=where)
    return found


def _starts(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone))


def _ask_for_accounts(who: Who) -> None:
    """Refuses: NotAllowed, a role that watches over looks and opens no record."""
    if sees_asked_again(who.role):
        return
    own = mandates().get(who.role)
    denied = Denied(
        code="no_accounts",
        reason="How often a child was asked again is for the supervisor, who may read the records.",
        source="" if own is None else "; ".join(source.cite() for source in own.sources),
        instead="Ask the supervisor of the agency.",
    )
    raise NotAllowed(denied, "")


def _enter(who: Who, context: Context, numbers: list[str], *, any_counted: bool) -> None:
    """Write down that this was counted, and which records stood in the list."""
    act = look_at_many(who, "asked_again_shown", {FieldGroup.ACCOUNT} if any_counted else ())
    body = json.dumps({"numbers": list(dict.fromkeys(numbers))}).encode()
    journal.enter(act, ctx=context, body=body)
