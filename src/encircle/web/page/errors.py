"""Errors: what people read when a page cannot be shown. Plain words, a way on, nothing about a child and no code words."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encircle.vocabulary.refusal import Refused
from encircle.web.page.problem import is_for_programs, problem
from encircle.web.page.why_not import why_not

STAFFS, CHILDS = "desk/error.html", "child/trouble.html"
CHILDS_ADDRESS = "/my/"
"""Under it nothing is told of an installation, of staff or of records."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an error page says. `way`: where its link leads, an address of ours."""

    title: str
    reason: str
    instead: str
    link: str
    way: str
    source: str = ""


_ASK = gettext_lazy("Ask the case lead to do it, or to tell you what you need for your part.")
CODES = {400: "bad_request", 403: "forbidden", 404: "not_seen", 500: "broken", 503: "unavailable"}
NOT_ALLOWED: dict[str, tuple[str | Promise, str | Promise]] = {
    "no_mandate": (
        gettext_lazy("Your role has no mandate in this country."),
        gettext_lazy("Ask the coordinator of your agency."),
    ),
    "purpose": (gettext_lazy("This is not among the purposes of your role."), _ASK),
    "adds_nothing": (gettext_lazy("Your role states no facts on a record."), _ASK),
    "decides_nothing": (gettext_lazy("Your role does not decide on a record."), _ASK),
    "partly_closed": (
        gettext_lazy("Part of what this entry says is closed to you, so you cannot say it anew."),
        gettext_lazy(
            "Tell who wrote it what should be corrected, or write beside it what you know yourself."
        ),
    ),
    "not_yours_to_decide": (
        gettext_lazy("This is not for your role to decide."),
        gettext_lazy("Ask the case lead who decides it."),
    ),
}
"""Why something is not allowed, and what to do instead, by the code of the refusal."""


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not there, or not to be seen: the same bytes for both."""
    return told_page(
        request,
        404,
        Told(
            _("This page cannot be shown"),
            _("There is no such page or record, or it belongs to other agencies."),
            _("Look at the address or the case number again. If you should see a record, ask its case lead."),
            _("Go to your records"),
            "/",
        ),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed."""
    return told_page(
        request,
        403,
        Told(
            _("You cannot do this here"),
            _("What you asked for is not open to you."),
            _("Ask the coordinator of your agency if you need it for your work."),
            _("Go to your records"),
            "/",
        ),
    )


def not_allowed(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Not among what one's role may do with this record: why, on which mandate, and what to do instead."""
    reason, instead = NOT_ALLOWED.get(refused.code, why_not(refused))
    source = refused.source or ""
    return told_page(
        request,
        403,
        Told(_("You cannot do this here"), str(reason), str(instead), _("Go to your records"), "/", source),
    )


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: mostly one that was left open too long."""
    return told_page(
        request,
        403,
        Told(
            _("This form was open for too long"),
            _("For safety, a form can be sent only for a while, and only from this site. Nothing was saved."),
            _("Open the page again and repeat what you did."),
            _("Go to the start"),
            "/",
        ),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the browser sent cannot be read."""
    return told_page(
        request,
        400,
        Told(
            _("This could not be read"),
            _("The browser sent something that this site cannot read. Nothing was saved."),
            _("Go back and try again."),
            _("Go to the start"),
            "/",
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return told_page(
        request,
        500,
        Told(
            _("Something went wrong on our side"),
            _("It is not your doing. What you had open was not changed."),
            _("Try again. If it comes back, tell the operator the time at which it happened."),
            _("Go to the start"),
            "/",
        ),
    )


def told_page(request: HttpRequest, status: int, told: Told) -> HttpResponse:
    """A page that says this, with that status."""
    if is_for_programs(request):
        more = {"instead": told.instead, **({"source": told.source} if told.source else {})}
        return problem(status, CODES[status], title=told.title, detail=told.reason, **more)
    frame = CHILDS if request.path.startswith(CHILDS_ADDRESS) else STAFFS
    return render(request, frame, {"told": told}, status=status)
