"""The pages of the door, all at one address: what is asked for stands in the form, never in the address."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from encircle.actions.help import help_here
from encircle.actions.reports import complaint, door
from encircle.actions.reports.form import answers_of, form_of
from encircle.law.question import About, AskedOf
from encircle.law.retention import KeptOf
from encircle.records.refusal import Unavailable
from encircle.vocabulary.purpose import Purpose
from encircle.web.door import files, sent_file, talk
from encircle.web.door.asked import asked, said, screens
from encircle.web.door.frame import shown
from encircle.web.door.how_long import may_go_after
from encircle.web.door.typed import Typed, typed_in
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.complaint_words import ABOUT, BY, NOT_SAID, Words, state
from encircle.web.page.wording import marked

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
    if typed.step in _PLAIN:
        return page_of(request, typed, _PLAIN[typed.step])
    return _question(request, typed, typed.step)


def _question(request: HttpRequest, typed: Typed, code: str) -> HttpResponse:
    """One question of the form, on a page of its own."""
    if not door.is_open():
        return page_of(request, typed, "door/shut.html", status=SHUT)
    return asked_page(request, typed, code)


def asked_page(request: HttpRequest, typed: Typed, code: str) -> HttpResponse:
    """The page of that question, whether or not anybody reads the answers here."""
    form = form_of(AskedOf.CHILD)
    (question,) = (one for one in form if one.code == code)
    shows = asked(question, form, language=typed.language, chosen=(typed.who, *typed.picked), last="check")
    own = {choice.code for choice in shows.choices}
    told = {"question": shows, "others": [one for one in typed.picked if one not in own]}
    return page_of(request, typed, "door/question.html", told, status=413 if typed.too_long else 200)


def _account(request: HttpRequest, typed: Typed) -> HttpResponse:
    """The question for the account, with what was typed too long."""
    codes = [one.code for one in form_of(AskedOf.CHILD) if one.about is About.EVENT]
    return _question(request, typed, codes[0])


def danger_page(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Whether somebody is in danger now."""
    form = form_of(AskedOf.CHILD)
    (question,) = (one for one in form if one.about is About.DANGER)
    shows = asked(question, form, language=typed.language, chosen=(), last="story")
    return page_of(request, typed, "door/danger.html", {"question": shows})


def _story(request: HttpRequest, typed: Typed) -> HttpResponse:
    if not door.is_open():
        return page_of(request, typed, "door/shut.html", status=SHUT)
    return story_page(request, typed)


def story_page(request: HttpRequest, typed: Typed) -> HttpResponse:
    """What happens next, before anything is told."""
    duty = marked(help_here().duty.child, typed.language)
    return page_of(request, typed, "door/story.html", {"duty": duty}, status=413 if typed.too_long else 200)


def _check(request: HttpRequest, typed: Typed) -> HttpResponse:
    return _account(request, typed) if typed.too_long else _checked(request, typed)


def _checked(request: HttpRequest, typed: Typed, *, failed: bool = False, status: int = 200) -> HttpResponse:
    told = {"failed": failed, "files": () if failed else files.waiting(typed.form)}
    return page_of(request, typed, "door/check.html", told, status=status)


def _send(request: HttpRequest, typed: Typed) -> HttpResponse:
    if typed.too_long:
        return _account(request, typed)
    if typed.renewed:
        return _check(request, typed)
    try:
        code = door.send(typed.form, typed.account)
    except door.DoorShut:
        return page_of(request, typed, "door/shut.html", status=SHUT)
    except Unavailable:
        return _checked(request, typed, failed=True, status=SHUT)
    return page_of(request, typed, "door/sent.html", {"way_back": code})


def _inbox(request: HttpRequest, typed: Typed) -> HttpResponse:
    return _opened(request, typed, door.open_inbox(typed.code))


def _reply(request: HttpRequest, typed: Typed) -> HttpResponse:
    nothing = not typed.text.strip() and not files.waiting(typed.form)
    if typed.renewed or typed.too_long or nothing:
        return _back(request, typed)
    return _opened(request, typed, door.write_back(typed.code, typed.text, form=typed.form), saved=True)


def _files(request: HttpRequest, typed: Typed) -> HttpResponse:
    return page_of(request, typed, "door/files.html", {"problems": ()})


def _add(request: HttpRequest, typed: Typed) -> HttpResponse:
    """What came in waits for the form. A form that was made anew holds it as well."""
    problems = files.kept(request, typed.form)
    if problems:
        return page_of(request, typed, "door/files.html", {"problems": problems}, status=422)
    return _back(request, typed)


def _leave_out(request: HttpRequest, typed: Typed) -> HttpResponse:
    door.leave_file_out(typed.form, typed.left_out)
    return _back(request, typed)


def _back(request: HttpRequest, typed: Typed) -> HttpResponse:
    """To where files are sent from: the inbox, where there is a code; else the last look before sending."""
    if not typed.code:
        return _check(request, typed)
    return _opened(request, typed, door.open_inbox(typed.code), writing=typed.form)


def _opened(
    request: HttpRequest, typed: Typed, inbox: door.Inbox | None, *, saved: bool = False, writing: str = ""
) -> HttpResponse:
    """Each code that opens nothing has the same answer. `writing`: the form of an answer that is not sent yet."""
    if inbox is not None and inbox.is_talk:
        return talk.look(request, typed)
    if inbox is None:
        return page_of(request, typed, "door/code.html", {"wrong": True}, status=403)
    words = answers_of(AskedOf.CHILD)
    messages = [
        {
            "text": one.text,
            "theirs": one.theirs,
            "picked": [said(words[code], typed.language) for code in one.picked if code in words],
            "file": None if one.file is None else files.shown(one.file),
        }
        for one in inbox.said
    ]
    outcome = inbox.state if any(one.parts for one in inbox.said) else ""
    shows: dict[str, object] = {
        "said": messages,
        "outcome": outcome,
        "state": _state(inbox),
        "may_go_after": _may_go_after(inbox),
        "saved": saved,
        "new_form": writing or door.new_form(),
    }
    shows["files"] = files.waiting(writing) if writing else ()
    return page_of(request, typed, "door/inbox.html", shows)


def _state(inbox: door.Inbox) -> Words:
    """How far it has come, in words."""
    found = inbox.complaint
    promised = "" if found is None or found.promised_by is None else when.written(found.promised_by)
    return state(is_read=inbox.is_read, outcome=None if found is None else found.outcome, promised=promised)


def _may_go_after(inbox: door.Inbox) -> str:
    """The day after which it may be deleted if nobody writes; empty, where no number is set or a case came of it."""
    of = KeptOf.REPORT if inbox.complaint is None else KeptOf.COMPLAINT
    return may_go_after(None if inbox.state == "concern" else of, inbox.said)


def page_of(
    request: HttpRequest,
    typed: Typed,
    template: str,
    told: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the child's path, with what all of them show."""
    form, answers = form_of(AskedOf.CHILD), answers_of(AskedOf.CHILD)
    shows: dict[str, object] = {
        "typed": typed,
        "chosen": [
            said(answers[one], typed.language) for one in (typed.who, *typed.picked) if one in answers
        ],
        "first": screens(form)[0].code,
        "longest": door.LONGEST,
        **(told or {}),
    }
    return shown(request, template, shows, language=typed.language, status=status)


def _complain(request: HttpRequest, typed: Typed) -> HttpResponse:
    """The first page of a complaint; where no body receives any, whom else one can tell."""
    if not complaint.somebody_receives():
        return page_of(request, typed, "door/no_body.html", status=SHUT)
    return complain_page(request, typed)


def complain_page(request: HttpRequest, typed: Typed) -> HttpResponse:
    """Who complains."""
    by = [(code, text, code == typed.by) for code, text in BY.items()]
    return page_of(request, typed, "door/complain.html", {"by": by})


def complain_about_page(request: HttpRequest, typed: Typed) -> HttpResponse:
    """About whom."""
    about = [(code, ABOUT[code], code == typed.about) for code in complaint.ABOUT]
    shows = {"about": [*about, (complaint.NOT_SAID, NOT_SAID, typed.about == complaint.NOT_SAID)]}
    return page_of(request, typed, "door/complain_about.html", shows)


def complain_words_page(
    request: HttpRequest, typed: Typed, *, status: int = 200, told: str = ""
) -> HttpResponse:
    """The words of it. `told`: why it was not sent yet, as a code."""
    status = 413 if typed.too_long else status
    return page_of(request, typed, "door/complain_words.html", {"told": told}, status=status)


def _complain_send(request: HttpRequest, typed: Typed) -> HttpResponse:
    if typed.too_long:
        return complain_words_page(request, typed)
    if not typed.text.strip():
        return complain_words_page(request, typed, status=422, told="nothing")
    if typed.renewed:
        return complain_words_page(request, typed, told="again")
    try:
        code = complaint.complain(typed.form, typed.complaint)
    except complaint.NobodyReceives:
        return page_of(request, typed, "door/no_body.html", status=SHUT)
    except Unavailable:
        return complain_words_page(request, typed, status=SHUT, told="failed")
    return page_of(request, typed, "door/sent.html", {"way_back": code, "complained": True})


_PLAIN: Mapping[str, str] = {
    "device": "door/device.html",
    "unsafe": "door/unsafe.html",
    "code": "door/code.html",
}
_PAGES: Mapping[str, Callable[[HttpRequest, Typed], HttpResponse]] = {
    "danger": danger_page,
    "story": _story,
    "check": _check,
    "send": _send,
    "inbox": _inbox,
    "reply": _reply,
    "files": _files,
    "add": _add,
    "leave_out": _leave_out,
    "back": _back,
    "complain": _complain,
    "complain_about": complain_about_page,
    "complain_words": complain_words_page,
    "complain_send": _complain_send,
    **talk.PAGES,
    **sent_file.PAGES,
}
