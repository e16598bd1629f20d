"""Again: a second step shown once more in a session that is open, before what is sealed or dangerous."""

from urllib.parse import urlencode

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.context import Who
from encircle.actions.identity import linked_of
from encircle.actions.post import Post
from encircle.actions.second_factor import journal_sign_in
from encircle.host.clock import now
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.account.passkey_form import UsedPasskey
from encircle.web.gate import purpose
from encircle.web.page import held_key, kept, second_factor
from encircle.web.page.front import recognised
from encircle.web.page.staff import for_staff, opens_without_passkey

CODE, CREDENTIAL = "code", "credential"


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@opens_without_passkey
def again(request: HttpRequest, who: Who) -> HttpResponse:
    """Asks for a code or a passkey; then leads back to the page, or to the form that was held up."""
    post, account = recognised(request), request.user
    assert post is not None  # for_staff
    assert isinstance(account, AbstractBaseUser)  # for_staff
    carried, way = request.POST.get(kept.CARRIED, ""), way_back(request)
    if carried and second_factor.is_recent(request, at=now()):  # shown meanwhile, in another window
        return kept.after_sign_in(request, carried, account=str(post.account), reason="again")
    by_passkey = CREDENTIAL in request.POST
    sent = request.POST if request.method == "POST" and (by_passkey or CODE in request.POST) else None
    code = AuthenticateForm(data=None if by_passkey else sent, user=account)
    passkey = UsedPasskey(data=sent if by_passkey else None, user=account)
    form = passkey if by_passkey else code
    if sent is not None and form.is_valid():
        form.save()
        kind = Authenticator.Type.WEBAUTHN if by_passkey else code.authenticator.type
        return _shown(request, post, str(kind), carried=carried, way=way)
    if sent is not None:
        journal_sign_in(post.account, "second_factor_refused")
    told = {
        "form": code,
        "webauthn_form": passkey,
        "js_data": {"request_options": begin_authentication(account)} if has_passkey(account) else None,
        "carried": carried,
        "way": way,
        "providers": providers_of(post, way),
    }
    return render(request, "desk/again.html", told)


@purpose(Purpose.SIGN_IN)
@require_safe
@for_staff
@opens_without_passkey
def passkey_needed(request: HttpRequest, who: Who) -> HttpResponse:
    """Why nothing else opens: the agency asks for a passkey. Leads to one that is there, or to the making of one."""
    return render(request, "desk/passkey_needed.html", {"has_passkey": has_passkey(request.user)})


def has_passkey(account: object) -> bool:
    """Whether a passkey was added to this account."""
    kind = Authenticator.Type.WEBAUTHN
    return (
        isinstance(account, AbstractBaseUser)
        and Authenticator.objects.filter(user_id=account.pk, type=kind).exists()
    )


def providers_of(post: Post, way: str) -> list[tuple[str, str]]:
    """Address and name of each provider at which this person can show it: those that are linked."""
    issuers = {one.issuer for one in linked_of(post.account)}
    back = f"?{urlencode({'next': way})}" if way else ""
    known = (one for one in settings.PROVIDERS if one.issuer in issuers)
    return [(f"{reverse('again_by', args=[one.code])}{back}", one.name) for one in known]


def _shown(request: HttpRequest, post: Post, kind: str, *, carried: str, way: str) -> HttpResponse:
    second_factor.prove(request, kind, at=now())
    held_key.cycle(request, person=post.who.person)
    journal_sign_in(post.account, "second_factor_again")
    if carried:
        return kept.after_sign_in(request, carried, account=str(post.account), reason="again")
    return HttpResponseRedirect(way or "/")


def way_back(request: HttpRequest) -> str:
    """The page that was asked for before, if it is one of ours."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours and asked.startswith("/") else ""
