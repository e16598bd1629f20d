"""The week of looks: who looked at the records that one's agency leads, and that somebody there has looked at it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.naming import called, name_in
from encircle.actions.permit import NotAllowed, look_at_many, mandates, opened_of_each, opens
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied
from encircle.core.journal.entry import EntryKind
from encircle.law.mandate import LedgerSeen
from encircle.records import journal, look_weeks
from encircle.records.look_weeks import Week, WeekLine
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId, is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

WEEKS = 8
MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class LookWeek:
    """One week. `week`: None, where no week has ended yet. `names`: what the children are called, where that is open.

    `cut`: there were more lines than one page holds: the page of each record has all.
    """

    week: Week | None
    weeks: tuple[Week, ...]
    lines: tuple[WeekLine, ...]
    names: Mapping[RootId, str]
    cut: bool
    zone: str


class NoSuchWeek(Refused):
    """There is no such week of the own agency."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_week",
            reason="There is no such week of your agency. Nothing was saved.",
            instead="Look at the list again.",
        )


def week_of_looks(who: Who, asked: str) -> LookWeek:
    """The week that is asked for, or the newest that waits, or the newest. Refuses: NotAllowed.

    A record that is not open to who asks, to see who has looked, leaves no trace in it.
    """
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, Purpose.ACCOUNT_FOR) as context:
        _ask(who)
        weeks = look_weeks.weeks_of(who.agency, at_most=WEEKS)
        week = _chosen(weeks, asked)
        found: tuple[WeekLine, ...] = ()
        if week is not None:
            found = look_weeks.lines_of(who.agency, week, zone=zone, at_most=MOST_LINES + 1)
        roots = {line.root.id for line in found}
        opened = opened_of_each(who, roots, context=context) if roots else {}
        lines = tuple(line for line in found[:MOST_LINES] if isinstance(opened[line.root.id], Allowed))
        named = [root for root in roots if opens(opened[root], FieldGroup.MINIMUM)]
        names = {root: name_in(folded) for root, folded in called(named, now=context.now).items()}
        groups = (FieldGroup.MINIMUM,) if names else ()
        journal.enter(look_at_many(who, "looks_of_week_shown", groups), ctx=context)
    return LookWeek(week, weeks, lines, names, len(found) > MOST_LINES, zone)


def see_week(who: Who, week: str) -> None:
    """Say that it was looked at. Twice is once. Refuses: NotAllowed, NoSuchWeek."""
    with at_work(who, Purpose.ACCOUNT_FOR) as context:
        _ask(who)
        if not is_random_id(week) or not look_weeks.mark_seen(week):
            raise NoSuchWeek
        journal.enter(replace(look_at_many(who, "looks_of_week_seen"), kind=EntryKind.WRITE), ctx=context)


def leads(who: Who) -> bool:
    """Whether somebody in that role can lead a case and answers for who looks at it."""
    own = mandates().get(who.role)
    return own is not None and Purpose.ACCOUNT_FOR in own.purposes and own.ledger is LedgerSeen.ALL


def _chosen(weeks: tuple[Week, ...], asked: str) -> Week | None:
    by_wish = [one for one in weeks if one.id == asked]
    waiting = [one for one in weeks if one.seen_at is None]
    return next(iter((*by_wish, *waiting, *weeks)), None)


def _ask(who: Who) -> None:
    if leads(who):
        return
    denied = Denied(
        code="not_case_lead",
        reason="Who looked in the last week is for those who lead a case.",
        source="",
        instead="Open a record and choose there who has looked.",
    )
    raise NotAllowed(denied, "")
