"""Colleagues: who works at one's agency, in which role, and when they signed in last, as a day. Knows no child.

Asked by those who keep the people of their agency: its supervisors and coordinators.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import Now

from encircle.actions.context import Who, at_work
from encircle.actions.whose_law import law_for
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.models import Person, StaffSession
from encircle.vocabulary.identifier import is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role

KEEPERS = frozenset({Role.SUPERVISOR, Role.COORDINATOR})
"""Who keeps the sign-ins of their own agency."""


class NotAPeopleKeeper(Refused):
    """Only a supervisor or a coordinator keeps the people of their agency."""


class NoColleague(Refused):
    """Nobody of that id works at one's agency."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in office at one's agency. `last_day`: of the last sign-in; `open_sessions`: how many run."""

    person: str
    account: UUID
    name: str
    role: Role
    last_day: date | None = None
    open_sessions: int = 0
    is_me: bool = False


def may_keep_people(who: Who) -> bool:
    """Whether the role is one of those that keep the sign-ins of their agency."""
    return who.role in KEEPERS and not who.is_program


def keeps_people(who: Who) -> None:
    """Refuses, after it was journalled: NotAPeopleKeeper."""
    if not may_keep_people(who):
        with at_work(who, Purpose.SIGN_IN) as context:
            act = journal.Act(kind=EntryKind.REFUSAL, outcome="not_a_people_keeper", role=who.role.value)
            journal.enter(act, ctx=context)
        raise NotAPeopleKeeper(
            code="not_a_people_keeper",
            reason="Only a supervisor or a coordinator keeps the sign-ins of their agency.",
            instead="Ask the supervisor of your agency.",
        )


def colleagues(who: Who) -> tuple[Colleague, ...]:
    """Everybody in office at one's agency, by name. Journalled. Refuses: NotAPeopleKeeper."""
    keeps_people(who)
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, Purpose.SIGN_IN) as context:
        rows = tuple(_in_office(who))
        running = dict(
            StaffSession.objects.filter(account__in=[row.account_id for row in rows], expire_date__gt=Now())
            .values_list("account")
            .annotate(Count("pk"))
            .order_by("account")
        )
        act = journal.Act(kind=EntryKind.SIGN_IN, outcome="colleagues_shown", role=who.role.value)
        journal.enter(act, ctx=context)
    found = (_colleague(row, running, zone, who) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.name, one.person)))


def colleague_of(who: Who, person: str) -> Colleague:
    """Somebody in office at one's agency, inside an open transaction. Refuses: NoColleague."""
    for row in _in_office(who, Q(pk=person)) if is_random_id(person) else ():
        return _colleague(row, {}, law_for(settings.COUNTRY).zone, who)
    raise NoColleague(
        code="no_colleague",
        reason="Nobody of that kind works at your agency now.",
        instead="Look at the list again.",
    )


def _in_office(who: Who, which: Q | None = None) -> tuple[Person, ...]:
    in_office = Q(agency=who.agency, since__lte=Now(), account__isnull=False) & (
        Q(until=None) | Q(until__gt=Now())
    )
    rows = Person.objects.filter(in_office, which or Q()).select_related("account").order_by("since", "pk")
    return tuple(rows)


def _colleague(row: Person, running: dict[UUID, int], zone: str, who: Who) -> Colleague:
    account = row.account
    assert account is not None  # asked for in the query
    last = account.last_login
    return Colleague(
        person=str(row.pk),
        account=account.pk,
        name=f"{row.given_name} {row.surname}".strip() or account.login,
        role=Role(row.role),
        last_day=None if last is None else last.astimezone(ZoneInfo(zone)).date(),
        open_sessions=running.get(account.pk, 0),
        is_me=str(row.pk) == who.person,
    )
