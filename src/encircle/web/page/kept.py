"""Kept: no typed form is lost when the sign-in ended, the form was open too long, or the database went away.

A page with a form needs three things:

- `{% csrf_token %}` in the form, which also carries the sealed mark of whose form it is (`page/form_mark.py`);
- `@for_staff` on its view;
- where the form is shown on a GET: `typed(request)`. It gives what was typed, as `request.POST` would, after the same
  account has signed in again; None at all other times. Show it as after an error, and save nothing:
  `form = VisitForm(request.POST if request.method == "POST" else typed(request))`

The frame then says that it is back. A page that does not ask shows it as a list, so that it can be copied.

What was typed travels in the page, sealed to the account, not on the server. Under another account it is discarded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from encircle.actions.keys import FormMark, KeptForm, open_kept, open_mark, seal_kept, seal_mark
from encircle.actions.post import Post
from encircle.web.page import errors
from encircle.web.page.front import recognise, recognised

MARK, KEPT, CARRIED = "form_mark", "kept", "carried"
"""Hidden fields: whose form it is; what is given back to its page; what travels through the sign-in."""
KEEPS_FORMS = "encircle_keeps_forms"
"""Set on a view for staff: a form that it did not get is kept."""
_GIVEN = "encircle_given_back"
_OURS = frozenset({MARK, KEPT, CARRIED, "csrfmiddlewaretoken"})
_NOT_TYPED = frozenset({"token", "do", "read"})
"""What a form carries for itself: it goes back into the form, and is not listed among what somebody typed."""
_OPENS_KEYS = frozenset({"passphrase", "prf"})
"""A form with one of these is not kept at all: it would stand on a page, and travel under a key of the installation."""
_DONE, _NOT_ALLOWED, _UNAVAILABLE = 200, 403, 503


@dataclass(frozen=True, slots=True)
class SignInForm:
    """The sign-in form with what was typed; the password is never sent back.

    `way`: where it leads afterwards; `carried`: a form that was sent without a sign-in, sealed to who typed it.
    """

    login: str = ""
    way: str = ""
    problem: str = ""
    carried: str = ""

    @property
    def providers(self) -> tuple[tuple[str, str], ...]:
        """Address and name of each other way in. None for a form that is carried along: it would be lost on the way."""
        back = f"?{urlencode({'next': self.way})}" if self.way else ""
        ways = () if self.carried else settings.PROVIDERS
        return tuple((f"{reverse('provider_enter', args=[one.code])}{back}", one.name) for one in ways)


@dataclass(slots=True)
class Given:
    """What is given back in this request, and whether the page took it into its form."""

    form: KeptForm
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What the frame says: that it is back in the form, or what it was. `files`: those have to be chosen again."""

    in_the_form: bool
    values: tuple[tuple[str, str], ...]
    files: bool


def typed(request: HttpRequest, *, sent_to: str | None = None) -> QueryDict | None:
    """What was typed before the sign-in ended; None where nothing is given back.

    `sent_to`: for a page with several forms, only what had been sent to that address.
    """
    given = _given(request)
    if given is None or (sent_to is not None and sent_to != given.form.sent_to):
        return None
    given.taken = True
    values = QueryDict(mutable=True)
    for name, texts in given.form.values:
        values.setlist(name, list(texts))
    values._mutable = False
    return values


def note_of(request: HttpRequest) -> Note | None:
    """What the frame says about it on this page; None where nothing is given back."""
    given = _given(request)
    if given is None:
        return None
    pairs = tuple(
        (name, text)
        for name, texts in given.form.values
        if name not in _NOT_TYPED
        for text in texts
        if text.strip()
    )
    return Note(given.taken, () if given.taken else pairs, given.form.files)


def mark_of(request: HttpRequest) -> str:
    """The mark that a form on this page carries; nothing while nobody is signed in."""
    post = recognised(request)
    return "" if post is None else seal_mark(FormMark(str(post.account), request.get_full_path()))


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in and back; for a form that was sent, with what was typed."""
    carried = _sealed(request)
    way = "" if request.path == "/" else request.get_full_path()
    if not carried:
        back = f"?{urlencode({'next': way})}" if way else ""
        return led(request, f"{reverse('sign_in')}{back}")
    page = render(request, "desk/sign_in.html", {"form": SignInForm(carried=carried)}, status=_NOT_ALLOWED)
    return whole(request, page)


def carried_of(request: HttpRequest) -> str:
    """The form that is sent, or given back, sealed to travel through a page that asks for something first."""
    given = _given(request)
    if given is None:
        return _sealed(request) if request.method == "POST" else ""
    post = recognised(request)
    delattr(request, _GIVEN)
    return "" if post is None else seal_kept(given.form, account=str(post.account))


def ask_again(request: HttpRequest, carried: str) -> HttpResponse:
    """The page that asks for a second step once more, with the form that it holds up."""
    page = render(request, "desk/again_first.html", {"carried": carried}, status=_NOT_ALLOWED)
    return whole(request, page)


def after_sign_in(
    request: HttpRequest, carried: str, *, account: str, reason: str = "signed_out"
) -> HttpResponse:
    """One step back to the form; for another account only the word that it was discarded."""
    form = open_kept(carried, account=account)
    if form is None:
        return discarded(request, status=_DONE)
    told = {"page": form.page, "kept": carried, "reason": reason, "number": ""}
    return render(request, "desk/kept.html", {"way_back": told})


def is_of_somebody_else(request: HttpRequest, post: Post) -> bool:
    """Whether a form was sent that was opened under another sign-in in the same browser."""
    mark = _mark(request)
    return mark is not None and mark.account != str(post.account)


def discarded(request: HttpRequest, *, status: int = _NOT_ALLOWED) -> HttpResponse:
    """The word that a form of somebody else was not saved and is gone."""
    return whole(request, render(request, "desk/kept_discarded.html", status=status))


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: one that was open for too long keeps what was typed."""
    carried = _sealed(request) if _keeps_forms(request) else ""
    post = recognise(request)
    if not carried:
        return errors.form_too_old(request, reason)
    if post is None:
        return ask_to_sign_in(request)
    if is_of_somebody_else(request, post):
        return discarded(request)
    form = open_kept(carried, account=str(post.account))
    if form is None:
        return errors.form_too_old(request, reason)
    told = {"page": form.page, "kept": carried, "reason": "too_old", "number": ""}
    return whole(request, render(request, "desk/kept.html", {"way_back": told}, status=_NOT_ALLOWED))


def database_lost(request: HttpRequest, *, certain: bool) -> HttpResponse | None:
    """What was typed, when the database was lost while it was sent; None for anything but a form of staff.

    Asks the database nothing. `certain`: whether it is certain that nothing was saved.
    """
    carried = _sealed(request) if request.method == "POST" and _keeps_forms(request) else ""
    if not carried:
        return None
    mark = _mark(request)
    match = request.resolver_match
    told = {
        "page": request.get_full_path() if mark is None or KEPT in request.POST else mark.page,
        "kept": carried,
        "reason": "lost" if certain else "not_certain",
        "number": "" if match is None else match.kwargs.get("number", ""),
    }
    return whole(request, render(request, "desk/kept.html", {"way_back": told}, status=_UNAVAILABLE))


class GiveBack:
    """Middleware: a form that is given back is shown by its own page, as on a GET; nothing is saved by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Where the page cannot show it (it moved, or asks for something else first), it is listed for copying."""
        response = self._get_response(request)
        given = _given(request)
        if given is None or response.status_code == _DONE:
            return response
        given.taken = False
        return render(request, "desk/kept_list.html", {"page": given.form.page})

    def process_view(self, request: HttpRequest, view: object, *_with: object) -> HttpResponse | None:
        """After the token was looked at: the same account gets its form, another the word that it is gone.

        Where no token is looked at no form is kept: nothing is read there before the view says how.
        """
        if getattr(view, "csrf_exempt", False):
            return None
        kept = request.POST.get(KEPT, "") if request.method == "POST" else ""
        post = recognise(request) if kept else None
        if not kept or post is None:
            return None
        form = open_kept(kept, account=str(post.account))
        if form is None:
            return discarded(request)
        setattr(request, _GIVEN, Given(form))
        request.method = request.META["REQUEST_METHOD"] = "GET"
        request.POST = QueryDict()
        return None


def led(request: HttpRequest, way: str) -> HttpResponse:
    """A redirect; for a part of a page that htmx asked for, one of the whole page."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": way})
    return HttpResponseRedirect(way)


def whole(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Where htmx asked for a part, this page takes the place of the whole one: no sign-in stands inside another."""
    if "HX-Request" in request.headers:
        page.headers["HX-Retarget"] = "body"
        page.headers["HX-Reswap"] = "innerHTML"
    return page


def _keeps_forms(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and bool(getattr(match.func, KEEPS_FORMS, False))


def _given(request: HttpRequest) -> Given | None:
    given = getattr(request, _GIVEN, None)
    return given if isinstance(given, Given) else None


def _mark(request: HttpRequest) -> FormMark | None:
    mark = request.POST.get(MARK, "") if request.method == "POST" else ""
    return open_mark(mark) if mark else None


def _sealed(request: HttpRequest) -> str:
    """What was sent, sealed to the account that had the form open; nothing where the form carries no mark of ours.

    What was sealed already, and was on its way back, stays as it is. What opens a key is typed or shown anew.
    """
    if request.POST.get(KEPT):
        return request.POST[KEPT]
    mark = _mark(request)
    if mark is None or not _OPENS_KEYS.isdisjoint(request.POST):
        return ""
    values = tuple(
        (name, tuple(str(text) for text in request.POST.getlist(name)))
        for name in request.POST
        if name not in _OURS and "password" not in name
    )
    form = KeptForm(mark.page, request.get_full_path(), values, files=bool(request.FILES))
    return seal_kept(form, account=mark.account)
