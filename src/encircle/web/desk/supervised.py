"""What people and programs of one's agency have looked at, as a page and as a file; what stood out, and what was found."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.asked_again import sees_asked_again
from encircle.actions.breach import BreachAsked
from encircle.actions.context import Who
from encircle.actions.supervised import (
    Alarms,
    LooksOf,
    LooksOfAsked,
    alarms_of,
    answer_alarm,
    looks_of_people,
    looks_to_take_out,
)
from encircle.core.journal.pattern import Finding, Pattern
from encircle.records.look_alarms import LookAlarm, Program
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.listing import page_asked
from encircle.web.desk.looks import KINDS, LookRow, look_row, program_named
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.field import Field, one_of, problems_of
from encircle.web.page.spreadsheet import as_csv, attached, harmless
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

FOUND: dict[str, str | Promise] = {
    Finding.EXPLAINED: gettext_lazy("They were part of the work"),
    Finding.MISTAKE: gettext_lazy("They were not, but nobody meant harm"),
    Finding.PURSUED: gettext_lazy("There is no good reason: I take it further"),
}

PATTERNS: dict[str, str | Promise] = {
    Pattern.MANY: gettext_lazy("Many different children in a short time"),
    Pattern.OUTSIDE: gettext_lazy("Many children of other regions, whose case another agency leads"),
    Pattern.REFUSED: gettext_lazy("Many refusals"),
    Pattern.SEARCHED: gettext_lazy("Many searches that found nobody"),
    Pattern.OWN_NAME: gettext_lazy("A record in which the own family name stands"),
    Pattern.NIGHT: gettext_lazy("Many children outside the hours of the agency"),
    Pattern.EMERGENCIES: gettext_lazy("Many records opened in an emergency"),
    Pattern.CLOSED: gettext_lazy("Many closed records, and nothing written there"),
}


@dataclass(frozen=True, slots=True)
class SupervisedPage:
    """What one person did. `chosen`: somebody is asked for. `older`, `newest`, `file`: addresses."""

    rows: tuple[LookRow, ...]
    fields: tuple[Field, ...]
    chosen: bool
    older: str
    newest: str
    file: str


@dataclass(frozen=True, slots=True)
class AlarmView:
    """One alarm in words. `looks`: where the looks themselves stand. `fields`: the form, while nobody has answered."""

    id: str
    title: str | Promise
    who: str
    counted: int
    times: int
    since: str
    through: str
    answer_by: str
    late: bool
    number: str
    looks: str
    found: str | Promise
    answered: str
    answer: str
    is_program: bool
    fields: tuple[Field, ...]


@purpose(Purpose.SUPERVISE)
@require_safe
@for_staff
def supervised(request: HttpRequest, who: Who) -> HttpResponse:
    """What one person or program of the agency has looked at."""
    found = looks_of_people(who, looks_asked(request))
    return render(request, "desk/supervised.html", {"page": supervised_page(found)})


@purpose(Purpose.SUPERVISE)
@require_safe
@for_staff
def supervised_csv(request: HttpRequest, who: Who) -> HttpResponse:
    """The same as a file: one line for each entry."""
    found = looks_to_take_out(who, looks_asked(request))
    rows = (look_row(line, found.zone) for line in found.lines)
    lines = (
        tuple(
            harmless(word)
            for word in (
                row.at,
                row.person,
                row.agency,
                row.role,
                row.did,
                row.purpose,
                row.groups,
                row.number,
            )
        )
        for row in rows
    )
    return attached(as_csv((_HEAD, *lines)), name="looks.csv")


@purpose(Purpose.SUPERVISE)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@for_staff
def look_alarms(request: HttpRequest, who: Who) -> HttpResponse:
    """Looks that stand out, and what was found of them."""
    form, status, told = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        alarm = form.typed.one("alarm")[:64]
        try:
            _answer(who, alarm, form)
            return redirect(f"{reverse('look_alarms')}?done")
        except BadInput as wrong:
            form, status = Asking(form.typed, {f"{wrong.where}-{alarm}": str(why_not(wrong))}), 422
        except Refused as refused:
            told, status = why_not(refused), 409
    answered = "answered" in request.GET
    seen = alarms_of(who, answered=answered, page=page_asked(request.GET.get("page", "")))
    views = tuple(_view(one, seen, form) for one in seen.items)
    shown = {
        "items": views,
        "answered": answered,
        "page": seen.page,
        "before": seen.page - 1,
        "after": seen.page + 1 if seen.more else 0,
        "problems": problems_of(field for view in views for field in view.fields),
        "refused": told,
        "done": "done" in request.GET and told is None,
        "token": form.token,
        "sees_asked_again": sees_asked_again(who.role),
    }
    return render(request, "desk/look_alarms.html", shown, status=status)


def supervised_page(found: LooksOf) -> SupervisedPage:
    """The page for those entries."""
    asked = found.asked
    kept = {
        name: value
        for name, value in (
            ("person", chosen(asked)),
            ("kind", asked.kind),
            ("since", asked.since),
            ("until", asked.until),
        )
        if value
    }
    return SupervisedPage(
        rows=tuple(look_row(line, found.zone) for line in found.lines),
        fields=_fields(found),
        chosen=found.chosen,
        older=f"?{urlencode({**kept, 'before': found.next_page})}" if found.next_page else "",
        newest=f"?{urlencode(kept)}" if asked.before else "",
        file=f"{reverse('supervised_csv')}?{urlencode(kept)}" if found.chosen else "",
    )


def _fields(found: LooksOf) -> tuple[Field, ...]:
    asked = found.asked
    day = _("A day, such as 2026-11-28")
    return (
        one_of("person", _("Person or program"), _("Nobody yet"), of_whom(found), chosen(asked)),
        one_of("kind", _("What was done"), _("Everything"), KINDS.items(), asked.kind),
        Field("since", _("From"), hint=day, value=asked.since, optional=True),
        Field("until", _("Until"), hint=day, value=asked.until, optional=True),
    )


def of_whom(found: LooksOf | BreachAsked) -> tuple[tuple[str, str], ...]:
    """Those of whom one may ask, people first."""
    programs = ((_value(token), _option(one, found.zone)) for token, one in found.programs.items())
    return (*found.people.items(), *programs)


def chosen(asked: LooksOfAsked) -> str:
    """Who was asked for, as it stands in the list."""
    return asked.person or _value(asked.token)


def _value(token: str) -> str:
    return f"{_OF_PROGRAM}{token}" if token else ""


def _option(one: Program, zone: str) -> str:
    """A program as it is chosen: two can have one name, so the day from which the token is good stands beside it."""
    return f"{program_named(one.name)} ({when.day(one.made_at, zone)})"


def _answer(who: Who, alarm: str, form: Asking) -> None:
    found = form.typed.one(f"found-{alarm}")
    if found not in FOUND:
        raise BadInput(
            code="not_found_out", reason="Say what you found.", where="found", instead="Choose one."
        )
    answer_alarm(who, alarm, found=Finding(found), words=form.typed.one(f"words-{alarm}"))


def _view(one: LookAlarm, seen: Alarms, form: Asking) -> AlarmView:
    days = {"since": f"{one.since.date()}", "until": f"{one.through.date()}"}
    name = one.person_name or program_named(one.program)
    whose = one.person or _value(one.token or "")
    return AlarmView(
        id=one.id,
        title=PATTERNS.get(one.pattern, one.pattern),
        who=", ".join(word for word in (name, wording.plain(one.role), one.agency_name) if word),
        counted=one.counted,
        times=one.times,
        since=when.minute(one.since, seen.zone),
        through=when.minute(one.through, seen.zone),
        answer_by="" if one.answer_by is None else when.minute(one.answer_by, seen.zone),
        late=one.found is None and one.answer_by is not None and one.answer_by < seen.now,
        number=one.number or "",
        looks=f"{reverse('supervised')}?{urlencode({'person': whose, **days})}",
        found="" if one.found is None else FOUND.get(one.found, ""),
        answered=", ".join(
            word
            for word in (
                one.answered_by_name,
                "" if one.answered_at is None else when.minute(one.answered_at, seen.zone),
            )
            if word
        ),
        answer=one.answer or "",
        is_program=one.token is not None,
        fields=() if one.found else _answer_fields(one.id, form),
    )


def _answer_fields(alarm: str, form: Asking) -> tuple[Field, ...]:
    return (
        form.choice(f"found-{alarm}", _("What were these looks?"), FOUND.items()),
        form.text(f"words-{alarm}", _("Whom did you ask, and what did you find?")),
    )


def looks_asked(request: HttpRequest) -> LooksOfAsked:
    """What is asked for, as it was typed."""
    given = request.GET
    asked = LooksOfAsked(
        *(
            given.get(name, "")[:100].replace("\0", "")
            for name in ("person", "kind", "since", "until", "before")
        )
    )
    if not asked.person.startswith(_OF_PROGRAM):
        return asked
    return replace(asked, person="", token=asked.person.removeprefix(_OF_PROGRAM))


_OF_PROGRAM = "token:"
"""Before the id of a token, in the list of those of whom one may ask."""
_HEAD = ("time", "person", "agency", "role", "did", "purpose", "parts", "record")
