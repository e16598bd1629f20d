"""One child of a caseload review: the signs as prompts, each with how it is known, and one answer. Counts nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.act import NotTaken
from encircle.actions.caseload.review import (
    Answer,
    AnsweredMeanwhile,
    ChildSeen,
    NoSuchReview,
    Said,
    answer_child,
    child_seen,
)
from encircle.actions.concern import recipients
from encircle.actions.context import Who
from encircle.actions.indicators import forms
from encircle.actions.record import AgencyName
from encircle.law.indicator import Indicator, Setting
from encircle.vocabulary.caseload import CaseloadOutcome
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk.caseload import OUTCOMES, Words, child_view, label_of, review_view
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed import Typed
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.field import Field, FieldKind, problems_of, typed_time
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import WhyNot, why_not

ANSWERS: Mapping[str, Words] = {
    CaseloadOutcome.NOTHING_SEEN.value: gettext_lazy("Nothing seen"),
    CaseloadOutcome.LOOK_AGAIN.value: gettext_lazy("Not clear: look again on a day"),
    CaseloadOutcome.TRIAGE.value: gettext_lazy("Send to triage: others decide together what follows"),
}
TAKE_BACK: Words = gettext_lazy("Put it back: the child has not been looked at")
KNOWN: tuple[tuple[str, Words], ...] = (
    ("", gettext_lazy("Not seen, or not known")),
    (Certainty.OBSERVED.value, gettext_lazy("I saw or heard it myself")),
    (Certainty.REPORTED.value, gettext_lazy("Somebody told me")),
    (Certainty.INFERRED.value, gettext_lazy("I conclude it from what I know")),
)
_DAY = ("again_on-day", "again_on-month", "again_on-year")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the history of a child tells it."""

    outcome: Words
    at: str
    by: str
    reason: str
    marks: tuple[str, ...]


@purpose(Purpose.CASELOAD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def caseload_child(request: HttpRequest, who: Who, review: str, child: str) -> HttpResponse:
    """The child with the prompts; the answer leads to the next child."""
    form, told, status = Asking(asking.sent(request)), None, 200
    try:
        if request.method == "POST":
            try:
                return redirect(_saved(who, str(review), str(child), form))
            except BadInput as wrong:
                form, status = Asking(form.typed, {_at(wrong.where): str(why_not(wrong))}), 422
            except NotTaken:
                problem = {"reason": _("This cannot be right. Look at it again.")}
                form, status = Asking(form.typed, problem), 422
            except AnsweredMeanwhile as other:
                told, status = why_not(other), 409
        seen = child_seen(who, str(review), str(child))
    except NoSuchReview as gone:
        raise Http404(gone.code) from gone
    return render(request, "desk/caseload_child.html", _shown(who, seen, form, told), status=status)


def _shown(who: Who, seen: ChildSeen, form: Asking, told: WhyNot | None) -> dict[str, object]:
    before = seen.listed.said if form.typed.one("token") == "" else None
    first, others = _signs(seen, form, before)
    answer, triage = _answer_fields(seen, form, before), _triage_fields(form, before, recipients(who))
    fields = (*first, *others, *answer, *triage)
    last = seen.listed.child.last
    return {
        "review": review_view(seen.review, seen.zone),
        "child": child_view(seen.listed, seen.zone),
        "label": label_of(seen.listed),
        "number": "" if seen.listed.child.root is None else seen.listed.child.root.number,
        "own": seen.listed.child.root is None,
        "place": seen.listed.child.place,
        "first": first,
        "others": others,
        "others_open": any(option.chosen and option.value for one in others for option in one.options),
        "answer": answer,
        "triage": triage,
        "given": tuple(_given(seen)),
        "problems": problems_of(fields),
        "token": form.token,
        "read": 0 if last is None else last.number,
        "refused": told,
    }


def _signs(seen: ChildSeen, form: Asking, before: Said | None) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The signs for the place of the review and those of everywhere; then the others."""
    setting = seen.review.setting
    near, far = list[Field](), list[Field]()
    for one in forms().indicators:
        here = {setting, Setting.ANYBODY.value} & {each.value for each in one.settings}
        (near if here else far).append(_sign(one, form, before))
    return tuple(near), tuple(far)


def _sign(one: Indicator, form: Asking, before: Said | None) -> Field:
    marked = None if before is None else before.marks.get(one.code)
    return form.choice(
        f"sign-{one.code}",
        wording.told(one.title, get_language() or "en"),
        KNOWN,
        kind=FieldKind.SELECT,
        chosen=("" if marked is None else marked.value,),
    )


def _answer_fields(seen: ChildSeen, form: Asking, before: Said | None) -> tuple[Field, ...]:
    answered = seen.listed.child.is_looked_at
    choices = [*ANSWERS.items(), *([(CaseloadOutcome.TAKEN_BACK.value, TAKE_BACK)] if answered else [])]
    given = {name: form.typed.one(name) for name in _DAY}
    again = Field(
        "again_on",
        _("On which day?"),
        kind=FieldKind.DATE,
        hint=_("Only if you look again."),
        problem=form.problems.get("again_on", ""),
        typed=typed_time(given, "again_on"),
        optional=True,
    )
    return (
        form.choice("outcome", _("What do you say after looking?"), choices),
        form.text(
            "reason",
            _("Why, in one or two sentences?"),
            hint=_("What you looked at, what you saw, what is not clear. No names of others."),
            value="" if before is None else before.reason,
        ),
        again,
    )


def _triage_fields(form: Asking, before: Said | None, to: tuple[AgencyName, ...]) -> tuple[Field, ...]:
    danger = (
        {True: "yes", False: "no"}.get(before.danger_now, "")
        if before and before.danger_now is not None
        else ""
    )
    asked = form.yes_no("danger_now", _("Is the child in danger now?"))
    words = ((option.value, option.text) for option in asked.options)
    named = [(str(one.id), one.name) for one in to]
    return (
        form.choice("danger_now", asked.label, words, kind=FieldKind.YES_NO, chosen=(danger,)),
        form.choice(
            "recipient",
            _("Who gets it?"),
            named,
            kind=FieldKind.SELECT,
            chosen=(named[0][0],) if named else (),
        ),
    )


def _given(seen: ChildSeen) -> Iterator[Given]:
    titles = {one.code: one.title.in_(get_language() or "en") for one in forms().indicators}
    for answered, said in seen.answers:
        marks = {} if said is None else said.marks
        yield Given(
            outcome=OUTCOMES.get(answered.outcome, answered.outcome),
            at=when.minute(answered.answered_at, seen.zone),
            by=answered.answered_by,
            reason=_("Erased with the record.") if said is None else said.reason,
            marks=tuple(
                f"{titles.get(code, code)} ({wording.CERTAINTIES[known]})" for code, known in marks.items()
            ),
        )


def _saved(who: Who, review: str, child: str, form: Asking) -> str:
    """Where it goes on: to the next child, or back to the review."""
    read = form.typed.one("read")
    onward = answer_child(
        who,
        review,
        child,
        _answer(form.typed),
        read=int(read) if read.isascii() and read.isdigit() and len(read) < 6 else 0,
        token=form.token,
    )
    if onward is None:
        return reverse("caseload_review", args=[review])
    return reverse("caseload_child", args=[review, onward])


def _answer(typed: Typed) -> Answer:
    """Refuses: BadInput, with the field that is not answered."""
    outcome = {one.value: one for one in CaseloadOutcome}.get(typed.one("outcome"))
    if outcome is None:
        raise BadInput(code="no_outcome", reason=_("Choose what you say after looking."), where="outcome")
    danger = {"yes": True, "no": False, "unknown": None}
    if outcome is CaseloadOutcome.TRIAGE and typed.one("danger_now") not in danger:
        raise BadInput(code="no_danger", reason=_("Choose one. Not known is an answer."), where="danger_now")
    to_triage = outcome is CaseloadOutcome.TRIAGE
    return Answer(
        outcome=outcome,
        said=Said(
            typed.one("reason"), _marks(typed), danger.get(typed.one("danger_now")) if to_triage else None
        ),
        again_on=_day(typed) if outcome is CaseloadOutcome.LOOK_AGAIN else None,
        recipient=AgencyId(typed.one("recipient")) if to_triage and typed.one("recipient") else None,
        number_words=_("Our own number: {number}"),
    )


def _marks(typed: Typed) -> dict[str, Certainty]:
    known = {one.value: one for one in Certainty}
    said = {one.code: typed.one(f"sign-{one.code}") for one in forms().indicators}
    return {code: known[word] for code, word in said.items() if word in known}


def _day(typed: Typed) -> date | None:
    written = typed_time({name: typed.one(name) for name in _DAY}, "again_on").text
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _at(where: str) -> str:
    """At which field a problem stands; that of the marks stands at the answer."""
    return "outcome" if where == "marks" else where
