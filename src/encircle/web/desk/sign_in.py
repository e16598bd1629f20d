"""Signing in and out. Says neither whether a login exists nor what is behind it."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from encircle.actions.sign_in import SignedIn, SignInRefused, TooManyAttempts, sign_in
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.account.pages import ask_second_factor
from encircle.web.gate import purpose
from encircle.web.page import kept, wording
from encircle.web.page.front import recognise
from encircle.web.page.kept import SignInForm
from encircle.web.page.known_device import known_device

LONGEST_LOGIN, LONGEST_PASSWORD = 150, 500


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def enter(request: HttpRequest) -> HttpResponse:
    """The form; and who sends it rightly goes on to where they wanted to go."""
    if request.method != "POST":
        return render(
            request, "desk/sign_in.html", {"form": SignInForm(way=_way(request, request.GET.get("next", "")))}
        )
    login = request.POST.get("login", "").strip()[:LONGEST_LOGIN].replace("\0", "")
    password = request.POST.get("password", "")[:LONGEST_PASSWORD]
    way = _way(request, request.POST.get("next", ""))
    carried = request.POST.get(kept.CARRIED, "")
    try:
        signed_in = sign_in(login=login, password=password, device=known_device(request, login))
    except (SignInRefused, TooManyAttempts) as refused:
        form = SignInForm(login, way, wording.refused(refused), carried)
        return render(request, "desk/sign_in.html", {"form": form}, status=400)
    return _go_on(request, signed_in, way, carried)


def _go_on(request: HttpRequest, signed_in: SignedIn, way: str, carried: str) -> HttpResponse:
    """To the second factor, where there is one; else into a new session."""
    auth.logout(request)
    record_authentication(request, signed_in.account, "password", reauthenticated=True)
    response: HttpResponse = perform_login(request, signed_in.account, redirect_url=way or "/")
    if not carried:
        return response
    if not request.user.is_authenticated:
        return ask_second_factor(request)
    recognise(request)
    return kept.after_sign_in(request, carried, account=str(signed_in.account.pk))


@purpose(Purpose.SIGN_IN)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; the session and all that was in it are gone, and the browser is asked to forget what it was shown."""
    auth.logout(request)
    response = HttpResponseRedirect("/sign-in/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _way(request: HttpRequest, asked: str) -> str:
    """The page that was asked for before, if it is one of ours."""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours and asked.startswith("/") else ""
