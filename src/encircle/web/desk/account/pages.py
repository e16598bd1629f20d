"""Pages of one's own sign-in: each view of django-allauth with its purpose, our journal, and no more than is needed."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.stages import LoginStageController
from allauth.account.views import password_change, reauthenticate
from allauth.mfa.base.views import authenticate, index
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import add_webauthn, list_webauthn, remove_webauthn
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from encircle.actions.colleague import may_keep_people
from encircle.actions.identity import has_own_sign_in
from encircle.actions.recovery_codes import hash_shown_codes
from encircle.actions.second_factor import (
    has_second_factor,
    journal_sign_in,
    make_sure_one_stays,
    may_remove_a_factor,
)
from encircle.actions.sessions import with_own_session
from encircle.actions.told_of_sign_in import has_first_password
from encircle.host.clock import now
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.account.again import has_passkey
from encircle.web.gate import purpose
from encircle.web.page import again, kept, second_factor
from encircle.web.page.front import recognise
from encircle.web.page.known_device import remember
from encircle.web.page.sign_in_told import done_here

View = Callable[..., HttpResponse]
_FOUND, _SEE = 302, 303


@purpose(Purpose.SIGN_IN)
def enter_second_factor(request: HttpRequest) -> HttpResponse:
    """The step after the password: a code, a passkey or a recovery code. Each answer is journalled."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    account = None if stage is None else UUID(str(stage.login.user.pk))
    response: HttpResponse = authenticate(request)
    if request.method == "POST" and account is not None:
        right = request.user.is_authenticated
        journal_sign_in(account, "ok" if right else "second_factor_refused")
        if right:
            return _entered(request, response, account)
    return _shown(response, carried=request.POST.get(kept.CARRIED, ""))


def ask_second_factor(request: HttpRequest) -> HttpResponse:
    """The same step right after the password, for a form that is carried along: a redirect would lose it."""
    request.method = request.META["REQUEST_METHOD"] = "GET"
    return enter_second_factor(request)


def _entered(request: HttpRequest, response: HttpResponse, account: UUID) -> HttpResponse:
    second_factor.prove(request, _shown_last(request), at=now())
    carried = request.POST.get(kept.CARRIED, "")
    if carried:
        recognise(request)
        response = kept.after_sign_in(request, carried, account=str(account))
    if isinstance(request.user, AbstractBaseUser):
        remember(response, request.user)
    return response


FIRST_PASSKEY = (add_webauthn, reauthenticate)
"""What opens where a passkey is asked for and there is none yet."""


def _shown_last(request: HttpRequest) -> str:
    """The kind of second factor that was shown, as the library notes it."""
    account = request.user if isinstance(request.user, AbstractBaseUser) else None
    records = get_authentication_records(request, account)
    kinds = [str(one.get("type")) for one in records if one.get("method") == "mfa"]
    return kinds[-1]


def _of_mine(
    view: View, *, done: str = "", refused: str = "", proves: str = "", removes: bool = False
) -> View:
    """A page of who is signed in. `done`, `refused`: what the journal says of a form that was taken or not.

    `proves`: the kind of second factor that the form shows; `removes`: it takes one away. Who stepped into a role
    of a demonstration has nothing to keep here, and but for the first page none of them is there.
    """

    @purpose(Purpose.SIGN_IN)
    @wraps(view)
    def shown(request: HttpRequest, /, *args: object, **kwargs: object) -> HttpResponse:
        post = recognise(request)
        if post is None:
            return kept.ask_to_sign_in(request)
        has_password = isinstance(request.user, AbstractBaseUser) and request.user.has_usable_password()
        own, lacks = has_own_sign_in(request.user), second_factor.lacks_passkey(request, post, at=now())
        if not own and view is not index:
            raise Http404
        first = _asked_first(request, view, has_password=has_password, lacks=lacks)
        if first is not None:
            return first
        sent = request.method == "POST"
        if sent and removes:
            make_sure_one_stays(post.account)
        with with_own_session():
            response = view(request, *args, **kwargs)
            if view is view_recovery_codes:
                hash_shown_codes(post.account)
        taken = sent and response.status_code in (_FOUND, _SEE)
        if taken and proves:
            second_factor.prove(request, proves, at=now())
        outcome = done if taken else refused
        if sent and outcome:
            journal_sign_in(post.account, outcome)
        if taken and done:
            done_here(request)
        return _shown(
            response,
            way=request.GET.get("next", request.POST.get("next", "")),
            may_remove=may_remove_a_factor(post.account),
            missing=second_factor.is_missing(request),
            lacks_passkey=lacks,
            has_password=has_password,
            has_own_sign_in=own,
            first_password=has_first_password(request.user),
            has_providers=bool(settings.PROVIDERS),
            keeps_people=may_keep_people(post.who),
        )

    return shown


def _asked_first(request: HttpRequest, view: View, *, has_password: bool, lacks: bool) -> HttpResponse | None:
    """What this person has to do before that page of theirs opens; None, where nothing stands in the way."""
    if not has_password and view in (password_change, reauthenticate):
        return HttpResponseRedirect(reverse("again"))
    changes = view is not index and not second_factor.is_missing(request)
    if view is not index and not changes and has_second_factor(UUID(str(request.user.pk))):
        return kept.ask_to_sign_in(
            request
        )  # opened by a password alone, before the factor was set up elsewhere
    if changes and not second_factor.is_recent(request, at=now()):
        return again.ask(request)
    if changes and lacks and (view not in FIRST_PASSKEY or has_passkey(request.user)):
        return HttpResponseRedirect(reverse("passkey_needed"))
    return None


def _shown(response: HttpResponse, **context: object) -> HttpResponse:
    """What our templates need beside what the library gives; a script only where a passkey is asked for."""
    if isinstance(response, TemplateResponse) and response.context_data is not None:
        response.context_data.update(context)
    return response


mine = _of_mine(index)
change_password = _of_mine(password_change, done="password_changed", refused="password_refused")
say_password_again = _of_mine(reauthenticate, refused="password_refused")
set_up_app = _of_mine(
    activate_totp, done="second_factor_added", refused="second_factor_refused", proves=Authenticator.Type.TOTP
)
remove_app = _of_mine(deactivate_totp, done="second_factor_removed", removes=True)
passkeys = _of_mine(list_webauthn)
add_passkey = _of_mine(
    add_webauthn,
    done="second_factor_added",
    refused="second_factor_refused",
    proves=Authenticator.Type.WEBAUTHN,
)
remove_passkey = _of_mine(remove_webauthn, done="second_factor_removed", removes=True)
recovery_codes = _of_mine(view_recovery_codes)
new_recovery_codes = _of_mine(generate_recovery_codes, done="recovery_codes_made")


@purpose(Purpose.SIGN_IN)
def nowhere(request: HttpRequest) -> HttpResponse:
    """What the library knows as its sign-in page is ours."""
    return HttpResponseRedirect("/sign-in/")
