"""Pages across borders of one record: all requests and flags, one request, its acts, its sending, its cover sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.act import AlreadySaved, NotLifted, NotTaken, Performed, Prohibited
from encircle.actions.context import Who
from encircle.actions.crossborder import NoSuchRequest, OnRecord, Requests, requests_of, state
from encircle.actions.permit import NotAllowed
from encircle.actions.record import refuse
from encircle.records.refusal import Conflict, RuleBroken
from encircle.vocabulary.identifier import SubjectId
from encircle.vocabulary.purpose import Purpose
from encircle.web.crossborder import showing
from encircle.web.crossborder.acts import OF_A_FLAG, OF_A_REQUEST, ON_THE_RECORD, About, Act
from encircle.web.crossborder.asking import Form, begun
from encircle.web.crossborder.words import INFORMED, need
from encircle.web.gate import purpose
from encircle.web.page import errors, kept, wording
from encircle.web.page.again import could_open
from encircle.web.page.cited import cited
from encircle.web.page.country import country
from encircle.web.page.field import problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

_RAISED = "crossborder_raised"


@purpose(Purpose.CROSS_BORDER)
@require_safe
@for_staff
def requests(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """With which countries one must not speak; then all requests with their clocks."""
    seen = requests_of(who, number)
    about = About(seen)
    return _page(
        request,
        seen,
        "crossborder/list.html",
        flags=showing.flag_views(seen),
        lines=showing.lines(seen),
        sees=seen.sees,
        sees_flags=seen.sees_flags,
        acts={name: act.opens(about) for name, act in ON_THE_RECORD.items()},
        may_write=seen.may_write,
        may_flag=seen.may_flag,
        has_decision=any(OF_A_FLAG["lift"].opens(About(seen, flag=item)) for item in seen.flags),
        raised=_raised(request, seen),
    )


@purpose(Purpose.CROSS_BORDER)
@require_safe
@for_staff
def request_page(request: HttpRequest, who: Who, number: str, request_id: str) -> HttpResponse:
    """One request: where it stands on both sides, and what can be recorded of it."""
    seen = requests_of(who, number, page="request_shown")
    one = _one(seen, request_id)
    if one is None:
        return errors.not_found(request)
    about = About(seen, one)
    return _page(
        request,
        seen,
        "crossborder/request.html",
        **_told(seen, one),
        acts={name: act.opens(about) for name, act in OF_A_REQUEST.items()},
        may_send=seen.may_go(one) and seen.may_write,
        raised=_raised(request, seen),
    )


@purpose(Purpose.CROSS_BORDER)
@require_safe
@for_staff
def request_print(request: HttpRequest, who: Who, number: str, request_id: str) -> HttpResponse:
    """The cover sheet: the minimum set under the number of the record, without a name."""
    seen = requests_of(who, number, page="cover_sheet_shown")
    one = _one(seen, request_id)
    if one is None:
        return errors.not_found(request)
    child = seen.heading.situation.child
    return _page(
        request,
        seen,
        "crossborder/print.html",
        **_told(seen, one),
        is_child=child["is_child"] is not False,
        presumed=child["age_basis"] if isinstance(child["age_basis"], str) else "",
        standing_flags=tuple(flag for flag in showing.flag_views(seen) if flag.stands),
        here=country(seen.law.country),
    )


@purpose(Purpose.CROSS_BORDER)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def record_act(request: HttpRequest, who: Who, number: str, act: str) -> HttpResponse:
    """What is recorded of no request yet: one received, a contact that was made, a flag."""
    seen = requests_of(who, number, page="request_act_begun")
    meant = ON_THE_RECORD.get(act)
    if meant is None or not meant.opens(About(seen)):
        return errors.not_found(request)
    address = reverse("requests_act", args=[number, act])
    return _answered(Doing(request, who, About(seen), meant, address, reverse("requests", args=[number])))


@purpose(Purpose.CROSS_BORDER)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def flag_act(request: HttpRequest, who: Who, number: str, flag: str, act: str) -> HttpResponse:
    """Look at a flag again, or lift it."""
    seen = requests_of(who, number, page="request_act_begun")
    meant = OF_A_FLAG.get(act)
    item = next((one for one in seen.flags if one["id"] == flag), None)
    about = About(seen, flag=item)
    if meant is None or item is None or not meant.opens(about):
        return errors.not_found(request)
    address = reverse("flag_act", args=[number, flag, act])
    return _answered(Doing(request, who, about, meant, address, reverse("requests", args=[number])))


@purpose(Purpose.CROSS_BORDER)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def request_act(request: HttpRequest, who: Who, number: str, request_id: str, act: str) -> HttpResponse:
    """What became of a request: arrived, late, answered."""
    seen = requests_of(who, number, page="request_act_begun")
    meant, one = OF_A_REQUEST.get(act), _one(seen, request_id)
    about = About(seen, one)
    if meant is None or one is None or not meant.opens(about):
        return errors.not_found(request)
    address = reverse("request_act", args=[number, request_id, act])
    back = reverse("request", args=[number, request_id])
    return _answered(Doing(request, who, about, meant, address, back))


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does which act, where its form is sent, and where it leads."""

    request: HttpRequest
    who: Who
    about: About
    act: Act
    address: str
    back: str

    @property
    def subject(self) -> SubjectId | None:
        """What the act is about; None for something new."""
        about = self.about
        if about.request is not None:
            return about.request.id
        return None if about.flag is None else SubjectId(str(about.flag["id"]))


def _answered(doing: Doing) -> HttpResponse:
    request = doing.request
    form = begun(request.POST if request.method == "POST" else kept.typed(request))
    if request.method != "POST":
        return _form(doing, form)
    values = doing.act.values(form, doing.about)
    if form.problems:
        return _form(doing, form, status=400)

    def save() -> Performed:
        return state(
            doing.who,
            doing.about.seen.heading.number,
            doing.act.of,
            values,
            subject=doing.subject,
            happened=form.day("happened"),
            token=form.token,
        )

    problem, status = saved(request, doing.who, save)
    return redirect(doing.back) if not problem else _form(doing, form, problem=problem, status=status)


def saved(request: HttpRequest, who: Who, save: Callable[[], Performed]) -> tuple[str, int]:
    """Do it; what alarms it raised is told on the next page. What went wrong, and the status of the answer."""
    try:
        done = save()
    except NotTaken as refused:
        return " ".join(dict.fromkeys(problem.reason for problem in refused.problems)), 400
    except NotAllowed as refused:
        if could_open(who, refused):
            raise
        refuse(who, refused, purpose=Purpose.CROSS_BORDER)
        return str(why_not(refused)), 403
    except (NotLifted, Prohibited) as refused:
        return str(why_not(refused)), 403
    except Conflict:
        return _(
            "Somebody else wrote about this while you were writing. Look at it and send yours again."
        ), 409
    except (AlreadySaved, RuleBroken) as refused:
        return str(why_not(refused)), 409
    if done.alarms:
        request.session[_RAISED] = list(done.alarms)
    return "", 200


def _form(doing: Doing, form: Form, *, problem: str = "", status: int = 200) -> HttpResponse:
    fields = doing.act.questions(form, doing.about)
    problems = (*((("form", problem),) if problem else ()), *problems_of(fields))
    return _page(
        doing.request,
        doing.about.seen,
        "crossborder/act.html",
        status=status,
        act=doing.act,
        address=doing.address,
        back=doing.back,
        fields=fields,
        hidden=form.hidden(fields, but=("happened",)),
        problems=problems,
    )


def _told(seen: Requests, one: OnRecord) -> dict[str, Any]:
    """One request in words."""
    [line] = [line for line in showing.lines(seen) if line.id == one.id]
    language = get_language() or "en"
    channel = one.channel
    held = one.item["contents"]
    ids = frozenset(map(str, held)) if isinstance(held, tuple) else frozenset()
    return {
        "one": line,
        "way": "" if channel is None else channel.title.in_(language),
        "sources": ()
        if channel is None
        else tuple(cited(source, seen.law, language) for source in channel.sources),
        "to_role": wording.plain(one.word("to_role")) if one.word("to_role") else "",
        "what": need(one.word("request_kind")),
        "contents": ()
        if channel is None
        else tuple((part.text.in_(language), part.id in ids) for part in channel.contents),
        "safeguards": () if channel is None else tuple(text.in_(language) for text in channel.safeguards),
        "informed": INFORMED.get(one.word("child_informed"), ""),
        "moments": showing.moments(one),
        "acknowledge_late": one.clock.acknowledge_late,
    }


def _one(seen: Requests, request_id: str) -> OnRecord | None:
    try:
        return seen.one(request_id)
    except NoSuchRequest:
        return None


def _raised(request: HttpRequest, seen: Requests) -> tuple[str, ...]:
    """The titles of the alarms that the last act raised."""
    codes = request.session.pop(_RAISED, ())
    language = get_language() or "en"
    return tuple(rule.title.in_(language) for rule in seen.law.prohibitions if rule.code in codes)


def _page(
    request: HttpRequest, seen: Requests, template: str, *, status: int = 200, **more: object
) -> HttpResponse:
    about = {"number": seen.heading.number, "name": name_of(seen.heading.situation)}
    return render(request, template, {**about, **more}, status=status)
