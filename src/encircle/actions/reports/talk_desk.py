"""Talks at the desk: who waits, taken by one person, passed on, ended, given to the reports. Never asks for a name."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.permit import NotAllowed, mandates
from encircle.actions.reports.desk import NoReport, NotUnlocked, sits_at_desk
from encircle.actions.reports.door import LONGEST, Said, said_in
from encircle.actions.reports.receiving import desk_of, receivers
from encircle.actions.reports.talk import add_line
from encircle.actions.whose_law import law_for
from encircle.core.access import Denied
from encircle.core.access.rule import source_of
from encircle.core.journal.entry import EntryKind
from encircle.crypto import report as sealing
from encircle.records import journal, talks
from encircle.records import reports as rows
from encircle.records.context import Context
from encircle.records.models import Person
from encircle.records.people_keys import agency_keys_open
from encircle.records.talks import ENDED, GIVEN, ON, WAITS, Talk
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused

ON_A_PAGE: Final = 50
BECAUSE: Final = ("wanted", "danger")
"""Why a talk becomes a report: who asks wants it; or a child is in danger, so that it has to be."""


class NotYours(Refused):
    """Somebody else answers in this talk."""

    def __init__(self) -> None:
        super().__init__(
            code="not_your_talk",
            reason="One person answers in a talk, so that who asks has one to talk with. Now that is somebody else.",
            instead="Read it, or take it over from them.",
        )


class TalkOver(Refused):
    """The talk has ended, or has become a report."""

    def __init__(self) -> None:
        super().__init__(
            code="talk_over",
            reason="This talk is over.",
            instead="If who asks writes again, it waits here again.",
        )


@dataclass(frozen=True, slots=True)
class ListedTalk:
    """A talk as lists show it. `worker`: the name of who answers, where they are of one's own agency."""

    open: Talk
    worker: str
    is_mine: bool
    is_ours: bool


@dataclass(frozen=True, slots=True)
class TalkList:
    """The talks of one's agency. `receives`, `is_unlocked`: as with reports."""

    talks: tuple[ListedTalk, ...]
    receives: bool
    is_unlocked: bool
    page: int
    more: bool
    zone: str


@dataclass(frozen=True, slots=True)
class ReadTalk:
    """A talk that is open. `colleagues`: to whom it can be passed, by id and name. `at`: when it was read."""

    listed: ListedTalk
    said: tuple[Said, ...]
    colleagues: tuple[tuple[str, str], ...]
    zone: str
    at: datetime


def talks_at_desk(who: Who, *, over: bool = False, page: int = 1) -> TalkList:
    """What is open of the talks that are sealed to one's agency, who waits longest first. Refuses: NotAllowed."""
    may_talk(who)
    with at_work(who, Purpose.TALK) as context:
        found = talks.talks_of(who.agency, over=over, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1)
        _enter(who, EntryKind.LOOK, "talks_listed", context)
        names = _names(who)
        return TalkList(
            talks=tuple(_listed(one, who, names) for one in found[:ON_A_PAGE]),
            receives=rows.is_recipient(who.agency),
            is_unlocked=bool(agency_keys_open(who.agency)),
            page=page,
            more=len(found) > ON_A_PAGE,
            zone=law_for(settings.COUNTRY).zone,
        )


def waiting(who: Who) -> int:
    """How many talks wait for who sits at this desk; for others none."""
    if not talks_here(who):
        return 0
    with at_work(who, Purpose.TALK):
        return talks.waiting_of(who.agency)


def talks_here(who: Who) -> bool:
    """Whether the mandate of the role lets one talk with those who ask; a program never does."""
    mandate = mandates().get(who.role)
    return not who.is_program and mandate is not None and Purpose.TALK in mandate.purposes


def lines_of(who: Who, report: str) -> int:
    """How many lines a talk has, so that a page asks for them only when there are more. Refuses: NotAllowed, NoReport."""
    may_talk(who)
    with at_work(who, Purpose.TALK):
        return _talk(report).lines


def read_talk(who: Who, report: str) -> ReadTalk:
    """Open a talk; who asks sees it, once it is the one who answers. Refuses: NotAllowed, NoReport, NotUnlocked."""
    with _opened(who, report) as (talk, key, context):
        said = tuple(said_in(report, key, notes=True))
        if talk.worker == who.person or talk.state == ENDED:
            talks.mark_seen(report)
        _enter(who, EntryKind.LOOK, "talk_read", context, report=report)
        names = _names(who)
        others = tuple((person, name) for person, name in names.items() if person != who.person)
        return ReadTalk(
            _listed(_talk(report), who, names), said, others, law_for(settings.COUNTRY).zone, context.now
        )


def take(who: Who, report: str) -> None:
    """Answer in it from now on. Of two at once one does. Refuses as `read_talk`; NotYours, TalkOver."""
    with _opened(who, report) as (talk, _key, context):
        if talk.state == ON and talk.worker == who.person:
            return
        if not talks.take_talk(report, worker=who.person):
            raise TalkOver if _talk(report).state in (ENDED, GIVEN) else NotYours
        rows.set_owner(report, who.agency)
        _enter(who, EntryKind.WRITE, "talk_taken", context, report=report)


def hand_to(who: Who, report: str, *, to: str, instead_of: str) -> None:
    """Let a colleague answer, or oneself in the place of one. `instead_of`: who answers, as the page showed it.

    Refuses as `read_talk`; BadInput, nobody of one's agency; NotYours, where somebody else answers by now; TalkOver.
    """
    with _opened(who, report) as (talk, _key, context):
        if to not in _names(who):
            raise BadInput(code="no_colleague", reason="Choose who answers from now on.", where="to")
        if talk.state == ON and talk.worker == to:
            return
        if talk.state != ON:
            raise TalkOver
        if who.person not in (instead_of, to) or not talks.pass_talk(
            report, to=to, instead_of=instead_of or None
        ):
            raise NotYours
        rows.set_owner(report, who.agency)
        _enter(who, EntryKind.WRITE, "talk_passed_on", context, report=report)


def say(who: Who, report: str, words: str, *, token: str, kind: str = "answer") -> None:
    """Write to who asks. The same form writes once. `kind`: answer, or plan: a plan for safety made together.

    Refuses as `read_talk`; BadInput, no words or too many; NotYours, TalkOver.
    """
    _words(words)
    with _mine(who, report) as (key, context):
        _write(who, report, kind, words, token, key, context)
        talks.mark_seen(report)
        _enter(who, EntryKind.WRITE, "talk_answered", context, report=report)


def end(who: Who, report: str, summary: str, *, token: str) -> None:
    """End it, with a summary that desks read. Twice is once. Refuses as `say`."""
    _words(summary, where="summary")
    with _opened(who, report) as (talk, key, context):
        if talk.state == ENDED:
            return
        _own(who, talk)
        _write(who, report, "note", summary, token, key, context)
        talks.mark_seen(report)
        talks.end_talk(report, by="desk")
        _enter(who, EntryKind.WRITE, "talk_ended", context, report=report)


def give(who: Who, report: str, told: str, *, because: str, token: str) -> None:
    """Make a report of it, with all that was said and nothing typed again. Who asks is told first, in these words.

    Twice is once. Refuses as `say`; BadInput, no reason.
    """
    if because not in BECAUSE:
        raise BadInput(code="no_reason", reason="Choose why it becomes a report.", where="because")
    _words(told, where="told")
    with _opened(who, report) as (talk, key, context):
        if talk.state == GIVEN:
            return
        _own(who, talk, also=(ENDED,))
        _write(who, report, "answer", told, token, key, context)
        talks.mark_seen(report)
        talks.give_talk(report, because=because)
        if not sits_at_desk(who):
            rows.set_owner(report, desk_of(report, receivers(Purpose.TRIAGE), Purpose.TRIAGE))
        _enter(who, EntryKind.WRITE, "talk_given_to_reports", context, report=report)


@contextmanager
def _mine(who: Who, report: str) -> Iterator[tuple[bytes, Context]]:
    with _opened(who, report) as (talk, key, context):
        _own(who, talk)
        yield key, context


def _own(who: Who, talk: Talk, *, also: tuple[str, ...] = ()) -> None:
    """Refuses: NotYours, TalkOver."""
    if talk.state not in (WAITS, ON, *also):
        raise TalkOver
    if talk.worker != who.person:
        raise NotYours


@contextmanager
def _opened(who: Who, report: str) -> Iterator[tuple[Talk, bytes, Context]]:
    """A talk with its key, in one transaction. Refuses: NotAllowed, NoReport, NotUnlocked."""
    may_talk(who)
    with at_work(who, Purpose.TALK) as context:
        talk = _talk(report)
        yield talk, _key(who, report), context


def _key(who: Who, report: str) -> bytes:
    seals = rows.seals_of(report, who.agency)
    for pair in agency_keys_open(who.agency):
        sealed = seals.get(sealing.name_of_key(pair.public))
        if sealed is not None:
            return sealing.open_report_key(pair, sealed, report=report)
    raise NotUnlocked


def _talk(report: str) -> Talk:
    found = talks.talk_numbered(report)
    if found is None:
        raise NoReport
    return found


def _write(who: Who, report: str, kind: str, words: str, token: str, key: bytes, context: Context) -> None:
    part = id_of_form(token, f"{who.agency}/{report}/{kind}")
    if not talks.is_written(part):
        place = talks.desk_writes(report, ctx=context)
        add_line(report, part, kind, words, place=place, key=key, ctx=context)


def _words(words: str, *, where: str = "words") -> None:
    """Refuses: BadInput, no words or too many."""
    if not words.strip():
        raise BadInput(code="no_words", reason="Write something to send.", where=where)
    if len(words) > LONGEST:
        raise BadInput(code="too_long", reason="This is too long to be sent at once.", where=where)


def _listed(talk: Talk, who: Who, names: dict[str, str]) -> ListedTalk:
    return ListedTalk(
        talk, names.get(talk.worker or "", ""), talk.worker == who.person, talk.owner == who.agency
    )


def _names(who: Who) -> dict[str, str]:
    """The people of one's agency who may talk, by id."""
    roles = [role.value for role, one in mandates().items() if Purpose.TALK in one.purposes]
    found = Person.objects.filter(Q(agency=who.agency, role__in=roles), Q(until=None) | Q(until__gt=Now()))
    return {
        str(one.pk): f"{one.given_name} {one.surname}".strip() or (one.account.login if one.account else "")
        for one in found.select_related("account").order_by("surname", "given_name", "pk")
    }


def may_talk(who: Who) -> None:
    """Refuses: NotAllowed, a role that does not talk at the door."""
    if not talks_here(who):
        mandate = mandates().get(who.role)
        source = "" if mandate is None else source_of(mandate)
        reason, instead = "This is not among the purposes of your role.", "Ask the triage team."
        raise NotAllowed(Denied("purpose", reason, source, instead), "")


def _enter(who: Who, kind: EntryKind, outcome: str, context: Context, *, report: str = "") -> None:
    body = json.dumps({"talk": report}).encode() if report else None
    journal.enter(journal.Act(kind=kind, outcome=outcome, role=who.role.value), ctx=context, body=body)
