"""The child's page, as those around the child give it: the check first, the code once, taken back at any time."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from encircle.actions.childs_page.handing import (
    Check,
    Company,
    Credential,
    Device,
    GivenAlready,
    Handing,
    NotSafe,
    hand_over,
    handing,
    take_back,
)
from encircle.actions.context import Who
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.forms.typed import Typed, typed_in
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.field import Field, FieldKind, Option, Words, problems_of
from encircle.web.page.kept import typed as typed_before
from encircle.web.page.staff import for_staff

COMPANY: dict[Company, Words] = {
    Company.ALONE: gettext_lazy("Only I am, face to face"),
    Company.TRUSTED: gettext_lazy("I am, face to face, and a person whom the child chose"),
    Company.CONTROLLED: gettext_lazy(
        "Also somebody who controls, accompanies or speaks for the child, or who might"
    ),
    Company.APART: gettext_lazy("I am not with the child now"),
}
DEVICE: dict[Device, Words] = {
    Device.OWN: gettext_lazy("On a phone or computer that nobody else looks into"),
    Device.LENT: gettext_lazy("On a device of ours, when we meet"),
    Device.SHARED: gettext_lazy("On a device that somebody else gave, pays for or may look into"),
    Device.NOT_KNOWN: gettext_lazy("I have not found out"),
}
WISH: dict[str, Words] = {
    "yes": gettext_lazy("Yes, and I have shown how to leave the page quickly"),
    "no": gettext_lazy("No, or not sure"),
}
_ANSWER = gettext_lazy("Choose an answer.")


@purpose(Purpose.CHILDS_PAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def childs_page(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Who gave it and when it was used; the questions before a code; the code, shown once."""
    if request.method != "POST":
        given = typed_before(request)
        return _shown(request, handing(who, number), Typed({}) if given is None else typed_in(given))
    typed = typed_in(request.POST)
    if request.POST.get("do") == "take_back":
        take_back(who, number)
        return redirect(f"{reverse('childs_page', kwargs={'number': number})}?closed")
    check = _check(typed)
    if check is None:
        return _shown(request, handing(who, number), typed, problems=True, status=422)
    try:
        code = hand_over(who, number, check, token=_token(typed))
    except NotSafe as refused:
        return _shown(request, handing(who, number), typed, refused=refused, status=403)
    except GivenAlready as refused:
        return _shown(request, handing(who, number), Typed({}), refused=refused, status=409)
    return render(
        request,
        "desk/childs_page_given.html",
        {"number": number, "code": code, "address": request.build_absolute_uri("/my/").partition("//")[2]},
    )


def _shown(
    request: HttpRequest,
    seen: Handing,
    typed: Typed,
    *,
    problems: bool = False,
    refused: NotSafe | GivenAlready | None = None,
    status: int = 200,
) -> HttpResponse:
    fields = _fields(typed, problems=problems)
    shown = {
        "number": seen.number,
        "live": None if seen.live is None else _told(seen.live, seen.zone),
        "before": [_told(one, seen.zone) for one in seen.credentials if not one.is_live],
        "may": seen.may_hand_over,
        "of_a_child": seen.of_a_child,
        "fields": fields,
        "problems": problems_of(fields),
        "token": typed.one("token") or str(uuid4()),
        "closed": "closed" in request.GET,
        "refused": None if refused is None else _refusal(refused),
    }
    return render(request, "desk/childs_page.html", shown, status=status)


def _fields(typed: Typed, *, problems: bool) -> tuple[Field, ...]:
    asked: tuple[tuple[str, Words, dict[str, Words]], ...] = (
        (
            "company",
            gettext_lazy("Who is with the child at this moment?"),
            _by_code(COMPANY),
        ),
        (
            "device",
            gettext_lazy("On what will the child open the page?"),
            _by_code(DEVICE),
        ),
        ("wished", gettext_lazy("Does the child want this page?"), WISH),
    )
    return tuple(
        Field(
            name,
            label,
            kind=FieldKind.CHOICE,
            value=typed.one(name),
            problem=_ANSWER if problems and typed.one(name) not in options else "",
            options=tuple(
                Option(code, words, chosen=code == typed.one(name)) for code, words in options.items()
            ),
        )
        for name, label, options in asked
    )


def _by_code(answers: Mapping[Company, Words] | Mapping[Device, Words]) -> dict[str, Words]:
    return {one.value: words for one, words in answers.items()}


def _check(typed: Typed) -> Check | None:
    """The answers; None, where one is missing."""
    company, device, wished = (typed.one(name) for name in ("company", "device", "wished"))
    if company in set(Company) and device in set(Device) and wished in WISH:
        return Check(Company(company), Device(device), wished == "yes")
    return None


def _token(typed: Typed) -> str:
    try:
        return str(UUID(typed.one("token")))
    except ValueError:
        return str(uuid4())


def _told(one: Credential, zone: str) -> dict[str, str]:
    return {
        "given": when.minute(one.given_at, zone),
        "giver": one.giver,
        "agency": one.agency,
        "used": "" if one.used_hour is None else when.minute(one.used_hour, zone),
        "ended": "" if one.revoked_at is None else when.minute(one.revoked_at, zone),
        "company": str(COMPANY.get(Company(one.company), "")) if one.company in set(Company) else "",
        "device": str(DEVICE.get(Device(one.device), "")) if one.device in set(Device) else "",
    }


def _refusal(refused: NotSafe | GivenAlready) -> dict[str, str]:
    if isinstance(refused, GivenAlready):
        return {
            "title": _("This code was shown already"),
            "reason": _("A code was given a moment ago. It was shown then and cannot be shown again."),
            "instead": _("If it was not written down, give a new one: the one before then opens nothing."),
        }
    return {
        "title": _("No code was made: it would not be safe now"),
        "reason": _(
            "By your answers somebody else could get hold of the code or look at the page, or the child does not want it. "
            "A page that the wrong person opens can endanger the child."
        ),
        "instead": _(
            "Meet the child alone first. Find out together which device is safe, or open the page on a device of "
            "yours when you meet. Tell the child what you would otherwise have shown there."
        ),
    }
