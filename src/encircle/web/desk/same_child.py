"""Is this child known already: by which name, which records could be of the same child, and what people answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.act import NotTaken
from encircle.actions.context import Who
from encircle.actions.same_child import LONGEST_NAME, NOT_TOLD, Question, answer_same_child, name_child
from encircle.actions.triage import ConcernSeen, concern_seen
from encircle.core.linkage import Likeness
from encircle.core.same_child import Alike, Born
from encircle.vocabulary.facts.concern import SameChildAnswered
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.field import Field, Words, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

NAMES: Mapping[Likeness, Words] = {
    Likeness.SAME: gettext_lazy("The name is written the same."),
    Likeness.SPELLED: gettext_lazy("The name is the same in other letters."),
    Likeness.BEGINS: gettext_lazy("The name begins the same."),
    Likeness.SOUNDS: gettext_lazy("The name sounds the same."),
    Likeness.NEAR: gettext_lazy("The name differs by a letter or two."),
    Likeness.PART: gettext_lazy("A part of the name is the same."),
}
BIRTHS: Mapping[Born, Words] = {
    Born.SAME: gettext_lazy("The date of birth agrees."),
    Born.OTHER: gettext_lazy("The date of birth is another one."),
    Born.NOT_KNOWN: gettext_lazy("The date of birth is not known in both."),
}
ANSWERS: Mapping[str, Words] = {
    "yes": gettext_lazy("Yes, it is the same child"),
    "no": gettext_lazy("No, it is another child"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its form."""

    number: str
    name: str
    href: str
    is_concern: bool
    why: tuple[Words, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer on record. `number`: empty, where that record is not open."""

    number: str
    is_same: bool
    reasons: str
    by: str


@purpose(Purpose.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@for_staff
def same_child(request: HttpRequest, who: Who, concern: str) -> HttpResponse:
    """The page; a name to look for; an answer to one question."""
    form = Asking(asking.sent(request))
    if request.method != "POST":
        return _shown(request, concern_seen(who, concern), form)
    other = form.typed.one("other")
    problems = _name_problems(form) if not other else _answer_problems(form, other)
    if not problems:
        try:
            if other:
                _answer(who, concern, other, form)
            else:
                name, born = form.typed.one("name"), form.typed.one("born")
                name_child(who, concern, name=name, born=born, token=form.token)
            return redirect(f"{reverse('same_child', args=[concern])}?done")
        except NotTaken:
            problems = {"born": _("Write it like 2011, 2011-05 or 2011-05-06.")}
        except BadInput as wrong:
            problems = {f"same-{other}": str(why_not(wrong))}
    return _shown(request, concern_seen(who, concern), Asking(form.typed, problems), status=422)


def _answer(who: Who, concern: str, other: str, form: Asking) -> None:
    is_same, reasons = form.typed.one(f"same-{other}") == "yes", form.typed.one(f"reasons-{other}")
    answer_same_child(who, concern, other=other, is_same=is_same, reasons=reasons, token=form.token)


def _name_problems(form: Asking) -> dict[str, Words]:
    name = form.typed.one("name")
    if not name or len(name) > LONGEST_NAME:
        return {"name": _("Write the name of which the concern tells.")}
    return {}


def _answer_problems(form: Asking, other: str) -> dict[str, Words]:
    found: dict[str, Words] = {}
    if form.typed.one(f"same-{other}") not in ANSWERS:
        found[f"same-{other}"] = _("Choose an answer.")
    if not form.typed.one(f"reasons-{other}"):
        found[f"reasons-{other}"] = _("Write why. One sentence is enough.")
    return found


def _shown(request: HttpRequest, seen: ConcernSeen, form: Asking, *, status: int = 200) -> HttpResponse:
    asked = tuple(_asked(one, form) for one in seen.known.questions)
    naming = (
        form.line("name", _("Name of the child, as the concern tells it"), hint=_("In any script.")),
        form.line(
            "born",
            _("Date of birth, if it is told"),
            hint=_("For example 2011, 2011-05 or 2011-05-06."),
            optional=True,
        ),
    )
    shown = {
        "seen": seen,
        "naming": naming if seen.may_decide else (),
        "asked": asked if seen.may_decide else (),
        "answered": tuple(_answered(seen)),
        "problems": problems_of((*naming, *(field for one in asked for field in one.fields))),
        "token": form.token,
        "done": "done" in request.GET and status == 200,
    }
    return render(request, "desk/same_child.html", shown, status=status)


def _asked(one: Question, form: Asking) -> Asked:
    fields = (
        form.choice(f"same-{one.number}", _("Is it the same child?"), ANSWERS.items()),
        form.text(
            f"reasons-{one.number}",
            _("Why?"),
            hint=_("What you compared. Write nothing here of what the other record says: others read it."),
        ),
    )
    is_concern = one.kind is Kind.CONCERN
    href = reverse("triage_concern" if is_concern else "record", args=[one.number])
    return Asked(one.number, one.name, href, is_concern, why(one.why), fields)


def why(alike: Alike) -> tuple[Words, ...]:
    """In which way name and date of birth are alike, in words."""
    return NAMES[alike.name], BIRTHS[alike.born]


def _answered(seen: ConcernSeen) -> list[Answered]:
    found = []
    for fact in seen.known.answers:
        said = fact.payload
        if isinstance(said, SameChildAnswered):
            agency = seen.agencies.get(fact.agency)
            found.append(
                Answered(
                    "" if said.asked_of == NOT_TOLD else said.asked_of,
                    said.is_same_child,
                    said.same_child_reasons if isinstance(said.same_child_reasons, str) else "",
                    " · ".join(
                        part
                        for part in (
                            "" if agency is None else agency.name,
                            when.minute(fact.recorded, fact.happened.zone),
                        )
                        if part
                    ),
                )
            )
    return found
