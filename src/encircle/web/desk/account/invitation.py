"""Invitation: a supervisor invites a colleague; who was invited makes their own sign-in. Decides nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.invitation import (
    NotInvited,
    accept_invitation,
    invite,
    may_accept_by_provider,
    roles_to_invite,
)
from encircle.actions.provider_question import Aim, NoProvider, provider_named
from encircle.host.provider.fetch import ProviderAway
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk.account.provider import go
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import wording
from encircle.web.page.again import asks_again
from encircle.web.page.field import Field, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

LONGEST = 500


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@asks_again
def invite_colleague(request: HttpRequest, who: Who) -> HttpResponse:
    """The form; and the code, once."""
    form, status, code = Asking(asking.sent(request)), 200, ""
    if request.method == "POST":
        typed = form.typed
        try:
            code = invite(
                who,
                given_name=typed.one("given_name"),
                surname=typed.one("surname"),
                role=typed.one("role"),
            )
        except BadInput as wrong:
            form, status = Asking(typed, {wrong.where: str(why_not(wrong))}), 422
    fields = _asked(form, who)
    shown = {"fields": fields, "problems": problems_of(fields), "code": code}
    return render(request, "desk/invite.html", shown, status=status)


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code", "password", "again")
def accept(request: HttpRequest) -> HttpResponse:
    """The form for who was invited; then the way to the sign-in."""
    problems: dict[str, str] = {}
    typed = {name: request.POST.get(name, "")[:LONGEST].replace("\0", "") for name in _FORM}
    if request.method == "POST":
        try:
            if request.POST.get("with"):
                return _by_provider(request, request.POST["with"], typed)
            accept_invitation(
                code=typed["code"],
                login=typed["login"].strip(),
                password=typed["password"],
                again=typed["again"],
            )
            return redirect("sign_in")
        except NotInvited as refused:
            problems = {"code": str(why_not(refused))}
        except (NoProvider, ProviderAway) as refused:
            problems = {"password": str(why_not(refused))}
        except BadInput as wrong:
            problems = {wrong.where: str(why_not(wrong))}
    ways = [(one.code, one.name) for one in settings.PROVIDERS]
    shown = {"typed": typed, "problems": problems, "providers": ways}
    return render(request, "desk/invited.html", shown, status=400 if problems else 200)


def _by_provider(request: HttpRequest, provider: str, typed: dict[str, str]) -> HttpResponse:
    """To the provider, if the code is good; the sign-in is made when the answer is there."""
    code, login = typed["code"], typed["login"].strip()
    may_accept_by_provider(code=code, login=login, provider=provider_named(provider))
    return go(request, provider, Aim.INVITED, login=login, invitation=code)


_FORM = ("code", "login", "password", "again")


def _asked(form: Asking, who: Who) -> tuple[Field, ...]:
    roles = [(role.value, wording.titled(role.value)) for role in roles_to_invite(who)]
    return (
        form.line("given_name", _("Given name"), optional=True),
        form.line("surname", _("Surname")),
        form.choice("role", _("Role"), roles),
    )
