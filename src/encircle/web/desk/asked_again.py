"""How often children were asked again by people of one's agency: counts, and each time with its reason. Decides nothing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from encircle.actions.asked_again import Counted, Repeat, asked_again
from encircle.actions.context import Who
from encircle.core.asked_again import AFTER_RETURN, NOT_SAID, OUTSIDE, Again, Reason
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk.listing import page_asked
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.field import Field, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

Words = str | Promise

HOW: dict[str, Words] = {
    NOT_SAID: gettext_lazy("Interview, what for is not on record"),
    OUTSIDE: gettext_lazy("Talk outside an interview"),
    AFTER_RETURN: gettext_lazy("Talk after the child came back"),
}
REASONS: dict[Reason, Words] = {
    Reason.DECIDED: gettext_lazy("Decided before that it was necessary"),
    Reason.SET_ASIDE: gettext_lazy("Prohibition set aside by two persons"),
    Reason.AFTERWARDS: gettext_lazy("Reason written only afterwards"),
    Reason.NONE: gettext_lazy("No reason written"),
}
PERHAPS = gettext_lazy("Perhaps again: the record does not say")


@dataclass(frozen=True, slots=True)
class Row:
    """One way of taking an account, with its counts."""

    how: Words
    times: int
    again: int
    decided: int
    afterwards: int
    none: int
    perhaps: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Line:
    """One time that it was asked again. `kind`: how its reason is marked."""

    number: str
    is_open: bool
    at: str
    how: Words
    reason: Words
    kind: str
    perhaps: Words
    words: str


@purpose(Purpose.SUPERVISE)
@require_safe
@for_staff
def asked_again_page(request: HttpRequest, who: Who) -> HttpResponse:
    """The counts of some days, and a page of the times."""
    typed = {name: request.GET.get(name, "")[:40].replace("\0", "") for name in ("since", "until")}
    page = page_asked(request.GET.get("page", ""))
    try:
        found = asked_again(who, since=typed["since"], until=typed["until"], page=page)
    except BadInput as wrong:
        fields = _fields(typed, {str(wrong.where): str(why_not(wrong))})
        shown: dict[str, object] = {"fields": fields, "problems": problems_of(fields)}
        return render(request, "desk/asked_again.html", shown, status=422)
    days = {"since": found.since.isoformat(), "until": found.until.isoformat()}
    shown = {
        "fields": _fields(days, {}),
        "found": found,
        "rows": tuple(_row(one) for one in found.counted),
        "lines": tuple(_line(one) for one in found.repeats),
        "page": found.page,
        "before": found.page - 1,
        "after": found.page + 1 if found.more else 0,
        "query": urlencode(days),
    }
    return render(request, "desk/asked_again.html", shown)


def _fields(typed: dict[str, str], problems: dict[str, str]) -> tuple[Field, ...]:
    labels = (("since", _("First day")), ("until", _("Last day")))
    day = _("A day, such as 2026-11-28")
    return tuple(
        Field(name, label, hint=day, value=typed[name], problem=problems.get(name, ""), optional=True)
        for name, label in labels
    )


def _row(one: Counted) -> Row:
    return Row(
        how=how_in_words(one.how),
        times=one.times,
        again=one.repeats,
        decided=one.again[Reason.DECIDED] + one.again[Reason.SET_ASIDE],
        afterwards=one.again[Reason.AFTERWARDS],
        none=one.again[Reason.NONE],
        perhaps=one.perhaps,
        sessions=one.sessions,
    )


def _line(one: Repeat) -> Line:
    taking = one.taking
    return Line(
        number=one.number,
        is_open=one.is_open,
        at=when.span(taking.happened),
        how=how_in_words(taking.how),
        reason=REASONS[taking.reason],
        kind="unknown" if taking.reason in (Reason.NONE, Reason.AFTERWARDS) else "calm",
        perhaps=PERHAPS if taking.again is Again.PERHAPS else "",
        words=taking.words,
    )


def how_in_words(how: str) -> Words:
    """The way in which an account was taken."""
    return HOW[how] if how in HOW else _("Interview: {purpose}").format(purpose=wording.plain(how))
