"""Provider: signing in, linking and showing it once more at an identity provider. Leads there and back; decides nothing."""

from collections.abc import Callable
from datetime import UTC, datetime

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from encircle.actions.context import Who
from encircle.actions.identity import (
    CannotLink,
    NotLinked,
    end_by_provider,
    is_own,
    link_own,
    linked_of,
    not_you,
    one_step_only,
    sign_in_by,
    unlink,
)
from encircle.actions.invitation import NotInvited, accept_by_provider
from encircle.actions.provider_question import (
    QUESTION_SECONDS,
    Aim,
    NoProvider,
    Question,
    answered,
    ask,
    provider_named,
)
from encircle.actions.second_factor import journal_sign_in
from encircle.actions.whose_law import law_for
from encircle.host.clock import now
from encircle.host.provider.claim import OLDEST_END, Identity, step_of
from encircle.host.provider.fetch import ProviderAway
from encircle.host.provider.token import NotBelieved, ended
from encircle.records.sessions import PROVIDER, of_provider
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.account.again import way_back
from encircle.web.gate import purpose
from encircle.web.page import second_factor, when
from encircle.web.page.again import asks_again
from encircle.web.page.front import recognise, recognised
from encircle.web.page.known_device import remember
from encircle.web.page.sign_in_told import done_here
from encircle.web.page.staff import for_staff, opens_without_passkey
from encircle.web.page.why_not import why_not

COOKIE = f"{settings.HOST_PREFIX}encircle-question"
_MOST_SENT = 20_000
_DONE, _NOT_ALLOWED = 200, 400


@purpose(Purpose.SIGN_IN)
@require_safe
def enter_by(request: HttpRequest, provider: str) -> HttpResponse:
    """Leads to the provider, to sign in there."""
    try:
        return led(request, provider, Aim.SIGN_IN, way=way_back(request))
    except (NoProvider, ProviderAway) as refused:
        return told(request, refused)


@purpose(Purpose.SIGN_IN)
@require_safe
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """The answer comes back. Whatever is wrong with it, people read the same words, and nothing that the provider said."""
    given = {name: [str(one) for one in values] for name, values in request.GET.lists()}
    try:
        question, found = answered(provider, sealed=request.COOKIES.get(COOKIE, ""), told=given)
        response = _TAKEN[Aim(question.aim)](request, question, found)
    except (NoProvider, ProviderAway, NotBelieved, NotLinked, CannotLink, NotInvited, BadInput) as refused:
        response = told(request, refused)
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    return response


@purpose(Purpose.SIGN_IN)
@require_safe
@for_staff
@opens_without_passkey
def again_by(request: HttpRequest, who: Who, provider: str) -> HttpResponse:
    """The second step once more, at the provider."""
    post = recognised(request)
    assert post is not None  # for_staff
    try:
        return led(request, provider, Aim.AGAIN, account=str(post.account), way=way_back(request))
    except (NoProvider, ProviderAway) as refused:
        return told(request, refused)


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@asks_again
def linked(request: HttpRequest, who: Who) -> HttpResponse:
    """By which providers one may sign in; linking another one, and letting one go."""
    post, account = recognised(request), request.user
    assert post is not None  # for_staff
    assert isinstance(account, AbstractBaseUser)  # for_staff
    problem = ""
    if request.method == "POST":
        do, _, meant = request.POST.get("do", "").partition("-")
        try:
            if do == "link":
                return go(request, meant, Aim.LINK, account=str(post.account))
            if do == "unlink":
                unlink(post.account, meant, has_password=account.has_usable_password())
                done_here(request)
            return redirect("linked_identities")
        except (NoProvider, ProviderAway, CannotLink) as refused:
            problem = str(why_not(refused))
    zone = law_for(settings.COUNTRY).zone
    standing = linked_of(post.account)
    names = {one.issuer: one.name for one in settings.PROVIDERS}
    shown = {
        "problem": problem,
        "linked": [
            (one.id, names.get(one.issuer, one.issuer), when.minute(one.since, zone)) for one in standing
        ],
        "others": [
            (one.code, one.name)
            for one in settings.PROVIDERS
            if one.issuer not in {row.issuer for row in standing}
        ],
    }
    return render(request, "desk/linked.html", shown, status=_NOT_ALLOWED if problem else _DONE)


@csrf_exempt
@purpose(Purpose.SIGN_IN)
@require_POST
def ended_by(request: HttpRequest, provider: str) -> HttpResponse:
    """The provider says that a session has ended there (back-channel logout). Signed; no cookie is asked for."""
    token = request.POST.get("logout_token", "")[:_MOST_SENT]
    try:
        one = provider_named(provider)
        said = ended(one, token, at=now())
    except (NoProvider, ProviderAway, NotBelieved):
        return HttpResponse(status=_NOT_ALLOWED)
    seconds = int(OLDEST_END.total_seconds()) * 2
    if cache.add(f"provider-end-{one.code}-{said.number}", True, seconds):
        end_by_provider(said)
    return HttpResponse(status=_DONE)


def led(request: HttpRequest, provider: str, aim: Aim, *, account: str = "", way: str = "") -> HttpResponse:
    """The way there. Refuses: NoProvider, ProviderAway."""
    asked = ask(provider, aim, back=_back(request, provider), account=account, way=way)
    return _with_question(HttpResponseRedirect(asked.address), asked.sealed)


def go(
    request: HttpRequest, provider: str, aim: Aim, *, account: str = "", login: str = "", invitation: str = ""
) -> HttpResponse:
    """After a form: a page with the way there, as a form may lead to nobody else. Refuses: NoProvider, ProviderAway."""
    asked = ask(
        provider, aim, back=_back(request, provider), account=account, login=login, invitation=invitation
    )
    shown = {"name": provider_named(provider).name, "address": asked.address}
    return _with_question(render(request, "desk/provider_go.html", shown), asked.sealed)


def told(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Why nothing was done, in our words."""
    shown = {"why": why_not(refused), "signed_in": recognised(request) is not None}
    return render(request, "desk/provider_told.html", shown, status=_NOT_ALLOWED)


def _signed_in(request: HttpRequest, question: Question, found: Identity) -> HttpResponse:
    opened = sign_in_by(found, provider_named(question.provider))
    account = opened.signed_in.account
    auth.logout(request)
    record_authentication(request, account, "openid", reauthenticated=True)
    request.session[PROVIDER] = of_provider(found.issuer, found.session).hex()
    if not opened.step:
        response: HttpResponse = perform_login(request, account, redirect_url=question.way or "/")
        return response
    auth.login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    second_factor.prove(request, opened.step, at=_when(found))
    recognise(request)
    response = HttpResponseRedirect(question.way or "/")
    remember(response, account)
    return response


def _linked(request: HttpRequest, question: Question, found: Identity) -> HttpResponse:
    post = recognise(request)
    if (
        post is None
        or str(post.account) != question.account
        or not second_factor.is_recent(request, at=now())
    ):
        raise not_you()
    link_own(post.account, found, provider_named(question.provider))
    done_here(request)
    return redirect("linked_identities")


def _shown_again(request: HttpRequest, question: Question, found: Identity) -> HttpResponse:
    post = recognise(request)
    if post is None or str(post.account) != question.account or not is_own(post.account, found):
        raise not_you()
    provider = provider_named(question.provider)
    step = step_of(found, provider, agency=post.agency_code)
    if not step:
        journal_sign_in(post.account, "second_factor_refused")
        raise one_step_only()
    second_factor.prove(request, step, at=_when(found))
    record_authentication(request, request.user, "openid", reauthenticated=True)
    request.session.cycle_key()
    journal_sign_in(post.account, "second_factor_again")
    return HttpResponseRedirect(question.way or "/")


def _invited(request: HttpRequest, question: Question, found: Identity) -> HttpResponse:
    provider = provider_named(question.provider)
    accept_by_provider(code=question.code, login=question.login, identity=found, provider=provider)
    return redirect("sign_in")


_TAKEN: dict[Aim, Callable[[HttpRequest, Question, Identity], HttpResponse]] = {
    Aim.SIGN_IN: _signed_in,
    Aim.LINK: _linked,
    Aim.AGAIN: _shown_again,
    Aim.INVITED: _invited,
}


def _when(found: Identity) -> datetime:
    """When it was shown there; long ago, where the provider does not say: then what is sealed asks once more."""
    return datetime.fromtimestamp(0, UTC) if found.signed_in_at is None else min(found.signed_in_at, now())


def _back(request: HttpRequest, provider: str) -> str:
    """Where the answer comes: one address for each provider, which is registered there."""
    return request.build_absolute_uri(reverse("provider_back", args=[provider]))


def _with_question(response: HttpResponse, sealed: str) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        sealed,
        max_age=QUESTION_SECONDS,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
