"""The talk at the door: the rule on danger first, then words back and forth. Works by reload; a script looks by itself."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from encircle.actions.reports import door, talk
from encircle.records.refusal import Unavailable
from encircle.web.door.frame import shown
from encircle.web.door.how_long import may_go_after
from encircle.web.door.typed import Typed

SHUT, WRONG = 503, 403


def ask(request: HttpRequest, typed: Typed) -> HttpResponse:
    """What the other person must do when somebody is in danger: before a word can be written."""
    if not door.is_open():
        return shown(request, "door/shut.html", {"typed": typed}, language=typed.language, status=SHUT)
    told = {"typed": typed, "shown": talk.rule_shown(typed.form)}
    return shown(request, "door/ask.html", told, language=typed.language)


def first(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Where the first words are written."""
    if not talk.was_shown(typed.form, _shown(request, typed)):
        return ask(request, typed)
    return _page(request, typed, None)


def say(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Say something; with the first words the talk begins."""
    if typed.code:
        return _go_on(request, typed)
    if typed.renewed:
        return ask(request, typed)
    if typed.too_long or not typed.text.strip():
        return first(request, typed)
    try:
        code, talking = talk.begin(
            typed.form, typed.text, shown=_shown(request, typed), account=typed.account
        )
    except talk.RuleNotShown:
        return ask(request, typed)
    except door.DoorShut:
        return shown(request, "door/shut.html", {"typed": typed}, language=typed.language, status=SHUT)
    except Unavailable:
        return _page(request, typed, None, {"failed": True}, status=SHUT)
    return _page(request, typed, talking, {"way_back": code, "code": code.digits})


def look(request: HttpRequest, typed: Typed) -> HttpResponse:
    """The talk anew. What was typed and not sent stays in its field."""
    return _opened(request, typed, talk.look(typed.code), {"unsent": typed.text})


def part(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Leave the talk."""
    return _opened(request, typed, talk.leave(typed.code))


def _go_on(request: HttpRequest, typed: Typed) -> HttpResponse:
    if typed.renewed or typed.too_long or not typed.text.strip():
        return look(request, typed)
    try:
        return _opened(request, typed, talk.go_on(typed.code, typed.text, form=typed.form))
    except Unavailable:
        return _page(
            request, typed, None, {"failed": True, "code": typed.code, "unsent": typed.text}, status=SHUT
        )


def _opened(
    request: HttpRequest, typed: Typed, talking: talk.Talking | None, told: Mapping[str, object] | None = None
) -> HttpResponse:
    """Each code that opens no talk has the same answer."""
    if talking is None:
        wrong = {"typed": typed, "wrong": True}
        return shown(request, "door/code.html", wrong, language=typed.language, status=WRONG)
    return _page(request, typed, talking, {"code": typed.code, **(told or {})})


def _page(
    request: HttpRequest,
    typed: Typed,
    talking: talk.Talking | None,
    told: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    begun = talking is not None
    shows = {
        "typed": typed,
        "said": talking.said if talking else (),
        "state": talking.state if talking else "",
        "is_read": talking is not None and talking.is_read,
        "form": door.new_form() if begun else typed.form,
        "shown": "" if begun else _shown(request, typed),
        "unsent": "" if begun else typed.text,
        "away": _away(talking),
        "may_go_after": "" if talking is None else may_go_after(talking.kept_as, talking.said),
        **(told or {}),
    }
    return shown(
        request, "door/talking.html", shows, language=typed.language, status=413 if typed.too_long else status
    )


def _away(talking: talk.Talking | None) -> Mapping[str, object] | None:
    """When somebody is there again, for who waits while nobody is; nothing, once somebody answers or is there."""
    if talking is not None and talking.state != "waits":
        return None
    hours = talk.hours()
    return None if hours.is_there else {"opens": hours.opens, "closes": hours.closes}


def _shown(request: HttpRequest, typed: Typed) -> str:
    """The word by which the form shows that the rule was read; nothing, where too much was sent to be read."""
    return "" if typed.too_long and not typed.text else request.POST.get("shown", "")


PAGES: Mapping[str, Callable[[HttpRequest, Typed], HttpResponse]] = {
    "ask": ask,
    "talk": first,
    "say": say,
    "look": look,
    "part": part,
}
