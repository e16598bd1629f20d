"""Sealed parts of a record: who can open them, and passing them on. Decides nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.sealed_parts import NothingUnlocked, pass_on_sealed, sealed_parts
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.page.again import asks_again
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import WhyNot, why_not


@purpose(Purpose.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@asks_again
def sealed(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Who can open them; and passing them on to all who may read them now."""
    refused: WhyNot | None = None
    if request.method == "POST":
        try:
            pass_on_sealed(who, number)
            return redirect(f"{request.path}?done")
        except NothingUnlocked as nothing:
            refused = why_not(nothing)
    seen = sealed_parts(who, number)
    told = {
        "number": seen.told.number,
        "name": name_of(seen.told.situation),
        "seen": seen,
        "refused": refused,
        "done": "done" in request.GET and refused is None,
    }
    return render(request, "desk/sealed.html", told, status=409 if refused else 200)
