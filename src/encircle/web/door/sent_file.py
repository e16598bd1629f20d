"""A file that a desk sent: a picture veiled until it is asked for, others to keep. Nothing of it stays by itself."""

import base64
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from encircle.actions.reports.sent_file import look_at_sent
from encircle.web.door.frame import shown
from encircle.web.door.typed import Typed
from encircle.web.headers import MADE_BY_OTHERS

_NOT_OPEN = 403


def see(request: HttpRequest, typed: Typed) -> HttpResponse:
    """What it is; a picture veiled."""
    return _page(request, typed, clear=False)


def clear(request: HttpRequest, typed: Typed) -> HttpResponse:
    """The picture as it is, in the page: the way out stays above it."""
    return _page(request, typed, clear=True)


def keep(request: HttpRequest, typed: Typed) -> HttpResponse:
    """The file for the device, under a name that tells nothing."""
    sent = look_at_sent(typed.code, typed.file, veiled=False)
    if sent is None:
        return _nothing(request, typed)
    setattr(request, MADE_BY_OTHERS, True)
    answer = HttpResponse(sent.content, content_type=sent.file.sort.media)
    answer.headers["Content-Disposition"] = f'attachment; filename="file.{sent.file.sort.ending}"'
    return answer


def _page(request: HttpRequest, typed: Typed, *, clear: bool) -> HttpResponse:
    sent = look_at_sent(typed.code, typed.file, veiled=not clear)
    if sent is None:
        return _nothing(request, typed)
    is_picture = sent.file.sort.family == "picture"
    picture = ""
    if is_picture and clear:
        picture = _data(sent.file.sort.media, sent.content)
    elif is_picture and sent.veiled is not None:
        picture = _data(sent.veiled.sort.media, sent.veiled.content)
    told = {"typed": typed, "is_picture": is_picture, "clear": clear, "picture": picture}
    return shown(request, "door/see.html", told, language=typed.language)


def _data(media: str, content: bytes) -> str:
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


def _nothing(request: HttpRequest, typed: Typed) -> HttpResponse:
    return shown(
        request,
        "door/code.html",
        {"typed": typed, "wrong": True},
        language=typed.language,
        status=_NOT_OPEN,
    )


PAGES: Mapping[str, Callable[[HttpRequest, Typed], HttpResponse]] = {"see": see, "clear": clear, "keep": keep}
