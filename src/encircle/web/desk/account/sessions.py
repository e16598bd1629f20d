"""Sessions: where one is signed in, and an end to it; the colleagues of a supervisor. Decides nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from encircle.actions.colleague import colleagues
from encircle.actions.context import Who
from encircle.actions.invitation import invitations, take_back_invitation
from encircle.actions.leaving import left_behind
from encircle.actions.sessions import (
    NO_STEP,
    Session,
    end_other_sessions,
    end_session,
    end_sessions_of_colleague,
    sessions_of,
)
from encircle.actions.whose_law import law_for
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.again import asks_again
from encircle.web.page.device import device_named
from encircle.web.page.front import recognised
from encircle.web.page.staff import for_staff

STEPS: dict[str, str | Promise] = {
    "totp": _("Code of an app"),
    "webauthn": _("Passkey"),
    "recovery_codes": _("Recovery code"),
    "provider": _("At your organisation"),
    NO_STEP: _("None"),
}
"""With which second step a session was opened."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """One open session in words."""

    id: str
    device: str
    begun: str
    seen: str
    step: str | Promise
    mine: bool


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """One colleague in words. `last_day`: of the last sign-in, without the hour."""

    person: str
    name: str
    role: str
    last_day: str
    open_sessions: int
    is_me: bool


@dataclass(frozen=True, slots=True)
class InvitedView:
    """One open invitation in words."""

    id: str
    name: str
    role: str
    until: str


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def sessions(request: HttpRequest, who: Who) -> HttpResponse:
    """Where one is signed in; ending one of these sessions, or all others."""
    post = recognised(request)
    assert post is not None  # for_staff
    own = request.session.session_key or ""
    if request.method == "POST":
        do, _sep, meant = request.POST.get("do", "").partition("-")
        if do == "end":
            end_session(post.account, meant)
        elif do == "others":
            end_other_sessions(post.account, own=own)
        return redirect("my_sessions")
    zone = law_for(settings.COUNTRY).zone
    rows = [_session(one, zone) for one in sessions_of(post.account, own=own)]
    return render(request, "desk/sessions.html", {"sessions": rows})


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@asks_again
def people_of_agency(request: HttpRequest, who: Who) -> HttpResponse:
    """The people of one's agency; ending all sessions of one of them."""
    if request.method == "POST":
        do, _sep, meant = request.POST.get("do", "").partition("-")
        if do == "end":
            end_sessions_of_colleague(who, meant)
        elif do == "back":
            take_back_invitation(who, meant)
        return redirect("colleagues")
    rows = [
        ColleagueView(
            one.person,
            one.name,
            wording.titled(one.role.value),
            "" if one.last_day is None else when.written(one.last_day),
            one.open_sessions,
            one.is_me,
        )
        for one in colleagues(who)
    ]
    zone = law_for(settings.COUNTRY).zone
    invited = [
        InvitedView(one.id, one.name, wording.titled(one.role.value), when.minute(one.until, zone))
        for one in invitations(who)
    ]
    return render(
        request, "desk/colleagues.html", {"people": rows, "invited": invited, "left": left_behind(who)}
    )


def _session(one: Session, zone: str) -> SessionView:
    return SessionView(
        one.id,
        device_named(one.device),
        when.minute(one.begun_at, zone),
        when.minute(one.seen_at, zone),
        STEPS.get(one.step, STEPS[NO_STEP]),
        one.mine,
    )
