"""What each act of a meeting does with what was typed: one call of one action. Shows nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions import meeting as acts
from encircle.actions.act import Performed
from encircle.actions.context import Who
from encircle.actions.meeting import MeetingAct as Act
from encircle.core.meeting import Meeting
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, SubjectId
from encircle.web.desk.forms.typed import Typed
from encircle.web.desk.forms.typed_time import written
from encircle.web.desk.meetings import asking
from encircle.web.desk.meetings.asking import Asked, Questions
from encircle.web.desk.meetings.words import MINUTES
from encircle.web.page import when

Words = str | Promise
Do = Callable[[Who, str, Asked], Performed]
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MANY = 64
"""Statements of one act at most, by whose types problems are told."""


@dataclass(frozen=True, slots=True)
class MeetingAct:
    """One act: its words, its questions, what is done, and by the types of which facts problems are told.

    `opens`: whether it can be done now, by who looks; where it cannot, the way leads back.
    """

    title: Words
    lead: Words
    button: Words
    questions: Questions
    do: Do
    types: tuple[str, ...]
    opens: Callable[[Asked], bool]


def call(who: Who, number: str, form: Asked) -> Performed:
    """Call it."""
    typed = form.typed
    asked = acts.Call(
        purpose=typed.one("purpose"),
        at=_time(form, "at") or "",
        held_as=typed.one("held_as") or None,
        agenda=typed.one("agenda"),
        interview=typed.one("interview") or None,
        invited=tuple(AgencyId(one) for one in typed.many("agency")),
    )
    return acts.call_meeting(who, number, asked, token=typed.one("token"))


def answer(who: Who, number: str, form: Asked) -> Performed:
    """Say for one's own agency whether it comes."""
    assert form.own is not None
    given = form.typed.one("answer")
    return acts.answer_invitation(who, number, form.own.id, given, token=form.typed.one("token"))


def invite(who: Who, number: str, form: Asked) -> Performed:
    """Invite one more."""
    agency = AgencyId(form.typed.one("agency"))
    return acts.invite(who, number, _of(form).id, agency, token=form.typed.one("token"))


def share(who: Who, number: str, form: Asked) -> Performed:
    """Share for one's own agency."""
    assert form.own is not None
    typed = form.typed
    return acts.share(
        who,
        number,
        form.own.id,
        content=typed.one("content"),
        legal_basis=typed.one("legal_basis"),
        part=typed.one("part"),
        token=typed.one("token"),
    )


def hold(who: Who, number: str, form: Asked) -> Performed:
    """Write down that it took place."""
    typed, yes = form.typed, {"yes": True, "no": False}
    held = acts.Held(
        happened=_time(form, "happened"),
        present=frozenset(SubjectId(one) for one in typed.many("present")),
        guardian_heard=yes.get(typed.one("guardian_heard")),
        calendar_joined=yes.get(typed.one("calendar_joined")),
        shared_beyond_need=yes.get(typed.one("shared_beyond_need")),
        by_telephone=typed.one("by_telephone") == "yes",
    )
    return acts.hold(who, number, _of(form), held, token=typed.one("token"))


def agree(who: Who, number: str, form: Asked) -> Performed:
    """Agree on an action."""
    typed = form.typed
    return acts.agree(
        who,
        number,
        meeting=_of(form).id,
        task=typed.one("task"),
        agency=typed.one("agency"),
        due=_time(form, "due") or "",
        token=typed.one("token"),
    )


def end(who: Who, number: str, form: Asked) -> Performed:
    """Say what became of an action."""
    typed = form.typed
    return acts.end_action(
        who,
        number,
        SubjectId(typed.one("action")),
        outcome=typed.one("outcome"),
        reasons=typed.one("reasons"),
        token=typed.one("token"),
    )


def minute(who: Who, number: str, form: Asked) -> Performed:
    """Write the minutes, on those that had been read."""
    typed = form.typed
    parts = {name: typed.one(name) for name in MINUTES}
    read = typed.one("read")
    follows = FactId(read) if _ID.fullmatch(read) else None
    return acts.minute(who, number, _of(form).id, parts, follows=follows, token=typed.one("token"))


def cancel(who: Who, number: str, form: Asked) -> Performed:
    """Write down that it does not take place."""
    return acts.cancel(who, number, _of(form).id, form.typed.one("reasons"), token=form.typed.one("token"))


def _of(form: Asked) -> Meeting:
    assert form.meeting is not None
    return form.meeting


def _time(form: Asked, name: str) -> str | None:
    """A time as facts write it; None where none was typed."""
    typed = form.typed.one(name)
    return written(typed, now=_now(form)) if typed else None


def _now(form: Asked) -> datetime:
    return when.local(form.seen.now, form.seen.heading.law.zone)


def may_write(form: Asked) -> bool:
    """Whether who looks may write what all who take part can read."""
    return FieldGroup.MINIMUM in form.seen.adds


def _at(act: Act) -> Callable[[Asked], bool]:
    """Whether that act can be done at the meeting of the form."""
    return lambda form: form.meeting is not None and form.seen.opens(act, form.meeting)


def _may_invite(form: Asked) -> bool:
    seats = {one.agency for one in form.meeting.participants} if form.meeting else set()
    free = any(one.member and one.id not in seats for one in form.seen.agencies.values())
    return free and _at(Act.INVITE)(form)


def _has_open_action(form: Asked) -> bool:
    asked = form.typed.one("action")
    return may_write(form) and any(one.id == asked and one.outcome is None for one in form.seen.actions)


def typed_of(form: Asked) -> Typed:
    """What is sent along unseen: whose form it is, what had been read, which action it is about."""
    kept = {name: form.typed.one(name) for name in ("token", "read", "action")}
    return Typed({name: (value,) for name, value in {**kept, "sent": "yes"}.items() if value})


CALL = MeetingAct(
    _("Call a meeting"),
    _(
        "Each agency sees the day, the purpose and the points. What it shares, it shares itself, on its own legal basis."
    ),
    _("Call the meeting"),
    asking.calling,
    call,
    ("meeting_called", *("participant_invited",) * _MANY),
    may_write,
)
ACTS: Mapping[str, MeetingAct] = {
    "answer": MeetingAct(
        _("Does your agency come?"),
        _("You answer for your whole agency. You can change the answer later."),
        _("Send the answer"),
        asking.answering,
        answer,
        ("participant_answered",),
        _at(Act.ANSWER),
    ),
    "invite": MeetingAct(
        _("Invite one more agency"),
        _("Only agencies can be invited that take part in this record."),
        _("Invite"),
        asking.inviting,
        invite,
        ("participant_invited",),
        _may_invite,
    ),
    "share": MeetingAct(
        _("Share what the others need"),
        _(
            "Share the task, not the file. What you write here is kept with the name of your agency and its legal basis."
        ),
        _("Share"),
        asking.sharing,
        share,
        ("participant_shared",),
        _at(Act.SHARE),
    ),
    "held": MeetingAct(
        _("The meeting took place"),
        _("Tick who was there. What was said goes into the minutes."),
        _("Save"),
        asking.holding,
        hold,
        ("meeting_held", *("participant_came",) * _MANY),
        _at(Act.HELD),
    ),
    "agree": MeetingAct(
        _("Agree on an action"),
        _("It appears in the calendar and in the work of the agency that does it."),
        _("Put it into the plan"),
        asking.agreeing,
        agree,
        ("action_agreed",),
        _at(Act.AGREE),
    ),
    "end": MeetingAct(
        _("What became of it?"),
        "",
        _("Save"),
        asking.ending,
        end,
        ("action_ended",),
        _has_open_action,
    ),
    "minutes": MeetingAct(
        _("Minutes"),
        _(
            "Read by those to whom the child's views and best interests are open. What was written before stays on record."
        ),
        _("Save the minutes"),
        asking.minuting,
        minute,
        ("meeting_minuted",),
        _at(Act.MINUTES),
    ),
    "cancel": MeetingAct(
        _("The meeting does not take place"),
        _("It stays on record as cancelled, for all who were invited."),
        _("Cancel the meeting"),
        asking.cancelling,
        cancel,
        ("meeting_cancelled",),
        _at(Act.CANCEL),
    ),
}
"""By the last part of the address."""
