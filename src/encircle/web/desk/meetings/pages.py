"""Pages of the meetings of one record: all of them, a new one, one of them, its acts, its paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.act import AlreadySaved, NotTaken, Performed, Prohibited
from encircle.actions.context import Who
from encircle.actions.meeting import Meetings, NoSuchMeeting, meetings_of
from encircle.actions.permit import NotAllowed
from encircle.actions.record import refuse
from encircle.core.meeting import Meeting
from encircle.records.refusal import Conflict, RuleBroken
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk import notice
from encircle.web.desk.forms.telling import told
from encircle.web.desk.forms.typed import Typed, typed_in
from encircle.web.desk.meetings import doing, showing
from encircle.web.desk.meetings.asking import Asked
from encircle.web.desk.meetings.conflict import conflict_page
from encircle.web.desk.meetings.doing import ACTS, CALL, MeetingAct
from encircle.web.desk.refusal import Forbidden, forbidden
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import errors, kept
from encircle.web.page.again import could_open
from encircle.web.page.field import problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff

_NEW = Typed({})


@purpose(Purpose.COOPERATE)
@require_safe
@for_staff
def meetings(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """All meetings of the record, and what was agreed and is open."""
    seen = meetings_of(who, number, purpose=purpose_of(request))
    may_write = doing.may_write(Asked(seen, None, _NEW, {}))
    return _show(
        request,
        seen,
        "desk/meetings/list.html",
        lines=showing.lines(seen),
        actions=showing.actions(seen, seen.actions, may_end=False),
        may_call=may_write,
    )


@purpose(Purpose.COOPERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new_meeting(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Call a meeting."""
    seen = meetings_of(who, number, purpose=purpose_of(request))
    seen.ask_to_call()
    way = Way(request, who, seen, None, CALL, reverse("new_meeting", args=[number]))
    return _answered(way)


@purpose(Purpose.COOPERATE)
@require_safe
@for_staff
def meeting(request: HttpRequest, who: Who, number: str, meeting: str) -> HttpResponse:
    """One meeting: agenda, seats, what is shared, the plan, the minutes."""
    seen = meetings_of(who, number, purpose=purpose_of(request))
    found = _found(seen, meeting)
    if found is None:
        return errors.not_found(request)
    return _show(
        request,
        seen,
        "desk/meetings/meeting.html",
        page=_view(seen, found),
        acts=_acts(seen, found),
        token=str(uuid4()),
        saved=notice.take(request, number, seen.heading.law),
    )


@purpose(Purpose.COOPERATE)
@require_safe
@for_staff
def print_meeting(request: HttpRequest, who: Who, number: str, meeting: str) -> HttpResponse:
    """The same on paper: nothing to press, to be signed and locked away."""
    seen = meetings_of(who, number, purpose=purpose_of(request))
    found = _found(seen, meeting)
    if found is None:
        return errors.not_found(request)
    return _show(request, seen, "desk/meetings/print.html", page=_view(seen, found))


@purpose(Purpose.COOPERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def meeting_act(request: HttpRequest, who: Who, number: str, meeting: str, act: str) -> HttpResponse:
    """One act of a meeting: its form, and the saving of it."""
    seen = meetings_of(who, number, purpose=purpose_of(request))
    found, meant = _found(seen, meeting), ACTS.get(act)
    if found is None or meant is None:
        return errors.not_found(request)
    way = Way(request, who, seen, found, meant, reverse("meeting_act", args=[number, found.id, act]))
    return _answered(way)


@dataclass(frozen=True, slots=True)
class Way:
    """Who does which act about which meeting, and where its form is sent."""

    request: HttpRequest
    who: Who
    seen: Meetings
    meeting: Meeting | None
    act: MeetingAct
    address: str

    def asked(self, typed: Typed, problems: Mapping[str, str] | None = None) -> Asked:
        """The form with what was typed."""
        return Asked(self.seen, self.meeting, typed, problems or {})

    @property
    def back(self) -> str:
        """Where one comes from."""
        number = self.seen.heading.number
        if self.meeting is None:
            return reverse("meetings", args=[number])
        return reverse("meeting", args=[number, self.meeting.id])


def _answered(way: Way) -> HttpResponse:
    request = way.request
    sent = request.POST if request.method == "POST" else kept.typed(request)
    typed = typed_in(sent) if sent is not None else _begun(way)
    form = way.asked(typed)
    if not way.act.opens(form):
        return redirect(way.back)
    if request.method != "POST":
        return _form(way, form)
    try:
        done = way.act.do(way.who, way.seen.heading.number, form)
    except NotTaken as refused:
        problems = {
            name.rpartition("-")[2]: words for name, words in told(refused.problems, way.act.types).items()
        }
        return _form(way, way.asked(typed, problems))
    except Prohibited as refused:
        return _form(way, form, refusal=forbidden(refused.alarms, way.seen.heading.law))
    except Conflict:
        return _conflict(way, form)
    except NotAllowed as refused:
        if could_open(way.who, refused):
            raise
        refuse(way.who, refused, purpose=Purpose.RECORD)
        return _form(way, way.asked(typed, {"": str(refused)}), status=403)
    except (AlreadySaved, RuleBroken) as refused:
        return _form(way, way.asked(typed, {"": str(refused)}), status=409)
    notice.keep(request, done)
    return redirect("meeting", number=done.number, meeting=_meeting_of(way, done))


def _begun(way: Way) -> Typed:
    """A new form: a token of its own, the minutes that were read, and what its address asks for."""
    minutes = way.meeting.minutes if way.meeting else None
    asked = {name: way.request.GET.get(name, "") for name in ("action", "purpose")}
    begun = {"token": str(uuid4()), "read": minutes.fact if minutes else "", **asked}
    return Typed({name: (value[:200],) for name, value in begun.items() if value})


def _meeting_of(way: Way, done: Performed) -> str:
    first = done.facts[0]
    return way.meeting.id if way.meeting else first.subject or first.id


def _form(way: Way, form: Asked, *, refusal: tuple[Forbidden, ...] = (), status: int = 400) -> HttpResponse:
    fields = way.act.questions(form)
    names = {field.name for field in fields}
    others = tuple(("form", words) for name, words in form.problems.items() if name not in names)
    problems = (*others, *problems_of(fields))
    about = next((one for one in form.seen.actions if one.id == form.typed.one("action")), None)
    return _show(
        way.request,
        way.seen,
        "desk/meetings/act.html",
        status=status if problems else 403 if refusal else 200,
        act=way.act,
        address=way.address,
        back=way.back,
        fields=fields,
        hidden=tuple(doing.typed_of(form).pairs()),
        problems=problems,
        refusal=refusal,
        about=about.task if about else "",
        of=showing.title(way.meeting) if way.meeting else "",
    )


def _conflict(way: Way, form: Asked) -> HttpResponse:
    """Somebody wrote the minutes meanwhile: both are shown, nothing is lost."""
    now = meetings_of(way.who, way.seen.heading.number, purpose=Purpose.COOPERATE)
    theirs = now.one(way.meeting.id).minutes if way.meeting else None
    if theirs is None:
        words = _("Somebody else wrote about this while you were writing. Look at it and send yours again.")
        return _form(way, way.asked(form.typed, {"": words}), status=409)
    page = conflict_page(theirs, form.typed)
    return _show(
        way.request,
        now,
        "desk/meetings/conflict.html",
        status=409,
        page=page,
        address=way.address,
        back=way.back,
    )


def _view(seen: Meetings, found: Meeting) -> showing.MeetingView:
    return showing.view(seen, found, may_end=doing.may_write(Asked(seen, found, _NEW, {})))


def _acts(seen: Meetings, found: Meeting) -> Mapping[str, bool]:
    """Which acts are open now, by the last part of their address."""
    form = Asked(seen, found, _NEW, {})
    return {name: act.opens(form) for name, act in ACTS.items()}


def _found(seen: Meetings, meeting: str) -> Meeting | None:
    try:
        return seen.one(meeting)
    except NoSuchMeeting:
        return None


def _show(
    request: HttpRequest, seen: Meetings, template: str, *, status: int = 200, **more: object
) -> HttpResponse:
    about = {"number": seen.heading.number, "name": name_of(seen.heading.situation)}
    return render(request, template, {**about, **more}, status=status)
