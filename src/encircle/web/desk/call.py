"""A call that a helpline notes: the caller's own words, and the code that is read out. Reads forms, decides nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.reports.call import Call, note_call
from encircle.actions.reports.door import LONGEST, DoorShut
from encircle.actions.reports.talk_desk import may_talk
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.talk_form import PLAN, plan_in_words
from encircle.web.page.why_not import why_not

Words = str | Promise
DANGER: tuple[tuple[str, Words], ...] = (
    ("yes", gettext_lazy("Yes, now: the emergency number comes first")),
    ("no", gettext_lazy("No, not now")),
    ("unknown", gettext_lazy("Not known")),
)


@purpose(Purpose.TALK)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@for_staff
def call(request: HttpRequest, who: Who) -> HttpResponse:
    """The form; once it is sent, the code that is read out to the caller."""
    may_talk(who)
    form, status, refused = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        try:
            report, code = note_call(who, _call(form), token=form.token)
            return render(request, "desk/call_noted.html", {"report": report, "way_back": code})
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except DoorShut as shut:
            refused, status = why_not(shut), 503
    fields = _fields(form)
    plan = tuple(form.text(name, label, optional=True) for name, label in PLAN)
    shown = {
        "fields": fields,
        "plan": plan,
        "longest": LONGEST,
        "problems": problems_of(fields),
        "token": form.token,
        "refused": refused,
    }
    return render(request, "desk/call.html", shown, status=status)


def _fields(form: Asking) -> tuple[Field, ...]:
    told = [("yes", _("I have told the caller that I must act when a child is in danger"))]
    return (
        form.choice("rule_told", _("Told first"), told, kind=FieldKind.CHOICES),
        form.choice("danger", _("Is somebody in danger now?"), DANGER),
        form.choice(
            "language",
            _("Language of the caller"),
            settings.PUBLIC_LANGUAGES,
            kind=FieldKind.SELECT,
            chosen=(get_language() or "en",),
        ),
        form.text(
            "heard",
            _("What the caller said, in the caller's own words"),
            hint=_("As it was said. Do not ask for a name; if one was said, leave it out."),
        ),
        form.text(
            "asked",
            _("What you asked, as you asked it"),
            hint=_("So that nobody asks it again."),
            optional=True,
        ),
        form.text("summary", _("What it was about, for desks only"), hint=_("No names."), optional=True),
    )


def _call(form: Asking) -> Call:
    typed = form.typed
    language = typed.one("language") if typed.one("language") in dict(settings.PUBLIC_LANGUAGES) else "en"
    with override(language):
        plan = plan_in_words({name: typed.one(name) for name, _label in PLAN})
    return Call(
        heard=typed.one("heard"),
        asked=typed.one("asked"),
        plan=plan,
        summary=typed.one("summary"),
        language=language,
        danger=typed.one("danger"),
        rule_told=typed.one("rule_told") == "yes",
    )
