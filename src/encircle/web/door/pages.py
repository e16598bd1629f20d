"""The pages of the door, all at one address: what is asked for stands in the form, never in the address."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from encircle.actions.reports import door
from encircle.records.refusal import Unavailable
from encircle.vocabulary.purpose import Purpose
from encircle.web.door.frame import shown
from encircle.web.door.typed import Typed, typed_in
from encircle.web.gate import purpose
from encircle.web.page import report_form as form

SHUT = 503


# The form carries its own signed word; without a cookie there is nothing that another site could make use of.
@csrf_exempt
@purpose(Purpose.DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def hello(request: HttpRequest) -> HttpResponse:
    """The page that was asked for; the first one, where none was."""
    typed = typed_in(request)
    return _PAGES.get(typed.step, _plain)(request, typed)


def _plain(request: HttpRequest, typed: Typed) -> HttpResponse:
    return _page(request, typed, _PLAIN[typed.step])


def _story(request: HttpRequest, typed: Typed) -> HttpResponse:
    if not door.is_open():
        return _page(request, typed, "door/shut.html", status=SHUT)
    return _page(request, typed, "door/story.html", status=413 if typed.too_long else 200)


def _check(request: HttpRequest, typed: Typed) -> HttpResponse:
    return _story(request, typed) if typed.too_long else _page(request, typed, "door/check.html")


def _send(request: HttpRequest, typed: Typed) -> HttpResponse:
    if typed.too_long:
        return _story(request, typed)
    if typed.renewed:
        return _check(request, typed)
    try:
        code = door.send(typed.form, typed.account)
    except door.DoorShut:
        return _page(request, typed, "door/shut.html", status=SHUT)
    except Unavailable:
        return _page(request, typed, "door/check.html", {"failed": True}, status=SHUT)
    return _page(request, typed, "door/sent.html", {"way_back": code})


def _inbox(request: HttpRequest, typed: Typed) -> HttpResponse:
    return _opened(request, typed, door.open_inbox(typed.code))


def _reply(request: HttpRequest, typed: Typed) -> HttpResponse:
    if typed.renewed or typed.too_long or not typed.text.strip():
        return _inbox(request, typed)
    return _opened(request, typed, door.write_back(typed.code, typed.text, form=typed.form), saved=True)


def _opened(
    request: HttpRequest, typed: Typed, inbox: door.Inbox | None, *, saved: bool = False
) -> HttpResponse:
    """Each code that opens nothing has the same answer."""
    if inbox is None:
        return _page(request, typed, "door/code.html", {"wrong": True}, status=403)
    words = {one.code: one.words for one in form.PICTURES}
    said = [
        {
            "text": one.text,
            "theirs": one.theirs,
            "picked": [words[code] for code in one.picked if code in words],
        }
        for one in inbox.said
    ]
    shows = {"said": said, "is_read": inbox.is_read, "saved": saved, "new_form": door.new_form()}
    return _page(request, typed, "door/inbox.html", shows)


def _page(
    request: HttpRequest,
    typed: Typed,
    template: str,
    told: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    pictures = [{"is": one, "chosen": one.code in typed.picked} for one in form.PICTURES]
    who = [{"is": one, "chosen": one.code == typed.who} for one in form.WHO]
    asked = {"pictures": pictures, "who": who, "account": form.ACCOUNT, "account_hint": form.ACCOUNT_HINT}
    shows = {"typed": typed, **asked, "longest": door.LONGEST, **(told or {})}
    return shown(request, template, shows, language=typed.language, status=status)


_PLAIN: Mapping[str, str] = {
    "device": "door/device.html",
    "unsafe": "door/unsafe.html",
    "danger": "door/danger.html",
    "code": "door/code.html",
}
_PAGES: Mapping[str, Callable[[HttpRequest, Typed], HttpResponse]] = {
    "story": _story,
    "check": _check,
    "send": _send,
    "inbox": _inbox,
    "reply": _reply,
}
