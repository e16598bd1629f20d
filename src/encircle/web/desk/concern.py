"""Report a concern: what was seen or heard, in the words in which it was said, sent to those who decide. No sum, no score."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.act import NotTaken
from encircle.actions.concern import ACCOUNT, Concern, recipients, register, sent
from encircle.actions.context import Who
from encircle.actions.record import AgencyName
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed import Typed
from encircle.web.desk.signs import signs, words
from encircle.web.gate import purpose
from encircle.web.page.field import Field, FieldKind, Words, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def report_concern(request: HttpRequest, who: Who) -> HttpResponse:
    """The form, and the sending of it."""
    agencies = recipients(who)
    typed = asking.sent(request)
    if request.method != "POST":
        return _form(request, Asking(typed), agencies)
    problems = _problems(typed, agencies)
    if problems:
        return _form(request, Asking(typed, problems), agencies)
    try:
        number = register(who, _concern(typed), token=Asking(typed).token)
    except NotTaken as refused:
        named = {problem.field: _("This cannot be right. Look at it again.") for problem in refused.problems}
        return _form(request, Asking(typed, named), agencies)
    except Refused as refused:
        return _form(request, Asking(typed, {"recipient": str(why_not(refused))}), agencies)
    return redirect(reverse("concern_sent", args=[number]))


@purpose(Purpose.RECORD)
@require_safe
@for_staff
def concern_sent(request: HttpRequest, who: Who, concern: str) -> HttpResponse:
    """The number, who has the concern now, and what happens next."""
    return render(request, "desk/concern_sent.html", {"sent": sent(who, concern)})


def _form(request: HttpRequest, form: Asking, agencies: tuple[AgencyName, ...]) -> HttpResponse:
    fields = _fields(form, agencies)
    shown = {
        "first": fields[:4],
        "account": fields[4:8],
        "signs": fields[8:-3],
        "opened": [one.name for one in fields[8:-3] if any(option.chosen for option in one.options)],
        "last": fields[-3:],
        "problems": problems_of(fields),
        "token": form.token,
    }
    return render(request, "desk/concern.html", shown, status=422 if form.problems else 200)


def _fields(form: Asking, agencies: tuple[AgencyName, ...]) -> tuple[Field, ...]:
    known = (
        (Certainty.OBSERVED.value, _("I saw or heard it myself")),
        (Certainty.REPORTED.value, _("Somebody told me")),
        (Certainty.INFERRED.value, _("I conclude it from what I know")),
    )
    to = [(one.id, one.name) for one in agencies]
    return (
        form.yes_no("danger_now", _("Is the child in danger now?")),
        form.text(
            "text",
            _("What did you see or hear?"),
            hint=_("In your own words. What happened, when, who was there. A few sentences are enough."),
        ),
        form.line(
            "happened",
            _("When was it?"),
            hint=_("For example 2026-11-27, or 2026-11-27T14:30. Empty: today."),
            optional=True,
        ),
        form.choice("certainty", _("How do you know?"), known, chosen=(Certainty.OBSERVED.value,)),
        form.text(
            "exact_words",
            _("What did the child say?"),
            hint=_("The child's own words, as exactly as you remember. Do not ask the child again."),
            optional=True,
        ),
        form.line("who_was_present", _("Who was there?"), optional=True),
        form.line("where_noticed", _("Where was it?"), optional=True),
        form.line("questions_asked", _("What had the child been asked before?"), optional=True),
        *(
            form.choice(f"signs-{number}", setting, group.items(), kind=FieldKind.CHOICES, optional=True)
            for number, (setting, group) in enumerate(signs().items())
        ),
        form.choice(
            "signs_known",
            _("How do you know of these signs?"),
            known,
            chosen=(Certainty.OBSERVED.value,),
            optional=True,
        ),
        form.line(
            "about",
            _("Case number of the child"),
            hint=_("Only if the child has a record here that you know of. Otherwise leave it empty."),
            optional=True,
        ),
        form.choice(
            "recipient", _("Who gets it?"), to, kind=FieldKind.SELECT, chosen=(to[0][0],) if to else ()
        ),
    )


def _problems(typed: Typed, agencies: tuple[AgencyName, ...]) -> dict[str, Words]:
    found: dict[str, Words] = {}
    if typed.one("danger_now") not in ("yes", "no", "unknown"):
        found["danger_now"] = _("Choose one. Not known is an answer.")
    if not typed.one("text") and not typed.one("exact_words"):
        found["text"] = _("Write what you saw or heard. One sentence is enough.")
    if typed.one("recipient") not in {one.id for one in agencies}:
        found["recipient"] = _("Choose who gets it.")
    return found


def _concern(typed: Typed) -> Concern:
    danger = {"yes": True, "no": False}.get(typed.one("danger_now"))
    known_signs = words()
    chosen = [
        one for number in range(len(signs())) for one in typed.many(f"signs-{number}") if one in known_signs
    ]
    known = _certainty(typed.one("signs_known"))
    return Concern(
        text=typed.one("text"),
        recipient=AgencyId(typed.one("recipient")),
        danger_now=danger,
        certainty=_certainty(typed.one("certainty")),
        account={name: typed.one(name) for name in ACCOUNT},
        signs=dict.fromkeys(chosen, known),
        happened=typed.one("happened") or None,
        about=typed.one("about").lower(),
    )


def _certainty(text: str) -> Certainty:
    return Certainty(text) if text in {one.value for one in Certainty} else Certainty.OBSERVED
