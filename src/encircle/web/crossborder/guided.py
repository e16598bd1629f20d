"""The guided path to a new request, one question a page: what, where, by which way, with what, forbidden?, told?, check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.act import AlreadySaved, NotTaken, Prohibited
from encircle.actions.context import Who
from encircle.actions.crossborder import (
    Draft,
    NotSent,
    Requests,
    prepare,
    requests_of,
    stands_against,
)
from encircle.core.crossborder import Offered, Request, Verdict, verdict
from encircle.vocabulary.need import Need
from encircle.vocabulary.purpose import Purpose
from encircle.web.crossborder import showing
from encircle.web.crossborder.asking import Form, begun, plain
from encircle.web.crossborder.words import INFORMED, need
from encircle.web.gate import purpose
from encircle.web.page import kept
from encircle.web.page.country import COUNTRIES, country
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

ABOUT_A_PERSON = frozenset({Need.TRACING, Need.SITUATION_REPORT, Need.SAFE_RETURN, Need.JOINT_INVESTIGATION})
"""Needs in which another person is mostly meant: who it is must be said."""
NOBODY = "nobody"
STEPS = ("need", "country", "channel", "contents", "forbidden", "informed", "check")


@dataclass(frozen=True, slots=True)
class Path:
    """Where somebody is on the path: the record, and all that was answered so far."""

    who: Who
    seen: Requests
    form: Form

    @property
    def need(self) -> Need | None:
        """What is asked."""
        code = self.form.one("need")
        return Need(code) if code in list(Need) else None

    @property
    def country(self) -> str:
        """Of which country; nothing where it is not one of the list, or our own."""
        code = self.form.one("country")
        return code if code in COUNTRIES and code != self.seen.law.country else ""

    @property
    def persons(self) -> Mapping[str, str]:
        """The persons around the child, as far as they are open, in words."""
        return showing.persons(self.seen)

    @property
    def person(self) -> str:
        """About which of them it is; nothing where it is about the child alone."""
        return self.form.one("about_person") if self.form.one("about_person") in self.persons else ""

    @property
    def offered(self) -> Offered | None:
        """The way that was chosen, if it is open."""
        if self.need is None or not self.country:
            return None
        return self.seen.advice(self.need, self.country).offer(self.form.one("channel"))

    def draft(self) -> Draft | None:
        """The request, once it is known by which way it goes."""
        offered = self.offered
        if offered is None or self.need is None:
            return None
        known = {content.id for content in offered.channel.contents}
        reasons = self.form.one("not_informed_reasons")
        asked = Request(
            need=self.need,
            to_country=self.country,
            about_person=self.person or None,
            contents=frozenset(self.form.many("contents")) & known,
            informed=self.form.one("informed") or None,
            informed_reasons=bool(reasons),
        )
        return Draft(request=asked, offered=offered, informed_reasons=reasons)


@purpose(Purpose.CROSS_BORDER)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def request_new(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """A new request to another country, step by step; nothing is saved before the last."""
    seen = requests_of(who, number, page="request_begun")
    sent = request.POST if request.method == "POST" else kept.typed(request)
    path = Path(who, seen, begun(sent))
    at, go = path.form.one("at"), path.form.one("go")
    if request.method == "POST" and at == "check" and go == "save":
        return _save(request, path)
    return _show(request, path, _next(path, at, go) if request.method == "POST" else at or "need")


def _next(path: Path, at: str, go: str) -> str:
    """The step to show: the one that is wrong, the one asked for, or the next; never past one that is not answered."""
    if go in STEPS:
        return go
    for step in STEPS[: STEPS.index(at) + 1] if at in STEPS else ():
        if not _VALID[step](path):
            return step
    return STEPS[min(STEPS.index(at) + 1, len(STEPS) - 1)] if at in STEPS else "need"


def _has_need(path: Path) -> bool:
    if path.need is None:
        path.form.problems["need"] = _("Choose what is needed from the other country.")
    return path.need is not None


def _has_country(path: Path) -> bool:
    if not path.country:
        path.form.problems["country"] = _("Choose a country other than this one.")
    asks = path.need in ABOUT_A_PERSON and path.persons
    if asks and not path.person and path.form.one("about_person") != NOBODY:
        path.form.problems["about_person"] = _("Choose about whom it is.")
    return bool(path.country) and "about_person" not in path.form.problems


def _has_channel(path: Path) -> bool:
    if path.offered is None:
        path.form.problems["channel"] = _("Choose by which way the request goes.")
    return path.offered is not None


def _is_not_forbidden(path: Path) -> bool:
    draft = path.draft()
    if draft is None:
        return False
    reasons = stands_against(path.who, path.seen.heading.number, draft)
    return verdict(reasons) not in (Verdict.STOPPED, Verdict.UNKNOWN)


def _has_told(path: Path) -> bool:
    form = path.form
    if form.one("informed") not in INFORMED:
        form.problems["informed"] = _("Say whether the child has been told.")
        return False
    if form.one("informed") == "not_informed_with_reason":
        return form.wants("not_informed_reasons", _("Write why the child is not told."))
    return True


_VALID: Mapping[str, Callable[[Path], bool]] = {
    "need": _has_need,
    "country": _has_country,
    "channel": _has_channel,
    "contents": lambda _path: True,
    "forbidden": _is_not_forbidden,
    "informed": _has_told,
    "check": lambda _path: True,
}


def _titles() -> Mapping[str, str]:
    return {
        "need": _("What is needed from the other country?"),
        "country": _("Which country?"),
        "channel": _("By which way does the request go?"),
        "contents": _("What must stand in the request"),
        "forbidden": _("May this country be contacted?"),
        "informed": _("Has the child been told?"),
        "check": _("Check before it is prepared"),
    }


def _fields(path: Path, step: str) -> tuple[Field, ...]:
    form, offered = path.form, path.offered
    language = get_language() or "en"
    if step == "need":
        hint = _("Ask for one thing only. Each need has its own way in law.")
        return (form.choice("need", _("Choose one"), showing.needs(), hint=hint),)
    if step == "country":
        asked = form.country("country", _("Country"), without=path.seen.law.country)
        return (asked, *_about_person(path))
    if step == "channel" and path.need is not None and path.country:
        found = path.seen.advice(path.need, path.country).offered
        ways = [(one.channel.code, one.channel.title.in_(language), "") for one in found]
        return (form.choice("channel", _("Choose the way"), ways),) if ways else ()
    if step == "contents" and offered is not None:
        parts = [(one.id, one.text.in_(language), "") for one in offered.channel.contents]
        hint = _("Tick what the request holds now. What is missing can follow before it is sent.")
        label = _("The request holds")
        return (form.choice("contents", label, parts, kind=FieldKind.CHOICES, hint=hint, optional=True),)
    if step == "informed":
        hint = _("Who is asked, what is told there, and what the child thinks of it.")
        why = _("Why not, and when it will be done")
        return (
            form.choice("informed", _("Told that another country is asked"), plain(INFORMED), hint=hint),
            form.text("not_informed_reasons", why, hint=_("Only if the child is not told."), optional=True),
        )
    return ()


def _about_person(path: Path) -> tuple[Field, ...]:
    """About whom it is, where persons are on record: one with whom there must be no contact stops it."""
    if not path.persons:
        return ()
    asks = path.need in ABOUT_A_PERSON
    nobody = (NOBODY, _("Nobody of these"), "")
    people = ((id_, words, "") for id_, words in path.persons.items())
    words = [("", _("Choose one"), ""), nobody, *people]
    label = _("About which person around the child?")
    return (path.form.choice("about_person", label, words, kind=FieldKind.SELECT, optional=not asks),)


def _show(
    request: HttpRequest, path: Path, step: str, *, saved: NotSent | None = None, problem: str = ""
) -> HttpResponse:
    step = step if step in STEPS else "need"
    if STEPS.index(step) > STEPS.index("channel") and path.offered is None:
        step = "channel" if path.need is not None and path.country else "need"
    fields = _fields(path, step)
    draft = path.draft()
    problems = (*((("form", problem),) if problem else ()), *problems_of(fields))
    number = path.seen.heading.number
    looked_at = step in ("forbidden", "check") and draft is not None
    reasons = (
        saved.reasons if saved else stands_against(path.who, number, draft) if draft and looked_at else ()
    )
    more = {
        "number": number,
        "name": name_of(path.seen.heading.situation),
        "step": step,
        "title": _titles()[step],
        "back": STEPS[STEPS.index(step) - 1] if step != "need" else "",
        "way_back": reverse("requests", args=[number]),
        "fields": fields,
        "hidden": path.form.hidden(fields, but=("at",)),
        "problems": problems,
        "checked": showing.checked(reasons, path.seen),
        "country": country(path.country),
        "answers": _answers(path) if step == "check" else (),
        **(_advised(path) if step == "channel" else {}),
    }
    return render(request, "crossborder/step.html", more, status=400 if problems else 403 if saved else 200)


def _advised(path: Path) -> dict[str, object]:
    if path.need is None or not path.country:
        return {}
    advice, language = path.seen.advice(path.need, path.country), get_language() or "en"
    return {
        "channels": tuple(showing.channel_view(one, path.seen.law) for one in advice.offered),
        "closed": tuple(showing.closed_words(one, path.seen.law) for one in advice.closed),
        "unknown": tuple(channel.title.in_(language) for channel, _unknown in advice.unknown),
    }


def _answers(path: Path) -> tuple[tuple[str, str, str], ...]:
    """What was answered: words, answer, and the step at which it can be changed."""
    offered, language = path.offered, get_language() or "en"
    if offered is None:
        return ()
    held = [
        one.text.in_(language) for one in offered.channel.contents if one.id in path.form.many("contents")
    ]
    informed, reasons = path.form.one("informed"), path.form.one("not_informed_reasons")
    why_not = (
        ((_("Why not"), reasons, "informed"),) if reasons or informed == "not_informed_with_reason" else ()
    )
    return (
        (_("What is needed"), need(path.form.one("need")), "need"),
        (_("Country"), country(path.country), "country"),
        (_("About which person"), path.persons.get(path.person, _("Nobody of these")), "country"),
        (_("Way"), offered.channel.title.in_(language), "channel"),
        (_("The request holds"), "; ".join(held), "contents"),
        (_("The child has been told"), str(INFORMED.get(informed, "")), "informed"),
        *why_not,
    )


def _save(request: HttpRequest, path: Path) -> HttpResponse:
    draft, number = path.draft(), path.seen.heading.number
    if draft is None or not _has_told(path):
        return _show(request, path, "informed")
    try:
        done = prepare(path.who, number, draft, token=path.form.token)
    except NotSent as refused:
        return _show(request, path, "forbidden", saved=refused)
    except (NotTaken, Prohibited, AlreadySaved) as refused:
        return _show(request, path, "check", problem=str(why_not(refused)))
    first = done.facts[0]
    return redirect("request", number=number, request_id=first.subject or first.id)
