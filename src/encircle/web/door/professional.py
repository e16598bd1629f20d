"""The way in for those who work with children, and anybody who noticed something: one form, a look at it, a code, a receipt.

The place where one meets the child stands in the address; all that is typed stands in the form, as at the rest of the door.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.indicators import forms
from encircle.actions.reports import door, professional
from encircle.host.document import as_pdf
from encircle.law.indicator import Setting
from encircle.records.refusal import Unavailable
from encircle.vocabulary.purpose import Purpose
from encircle.web.door.asked import Asked, asked
from encircle.web.door.frame import languages, shown
from encircle.web.door.receipt import paper
from encircle.web.door.told_to_adults import told_to_adults
from encircle.web.gate import purpose
from encircle.web.page.paper import attached
from encircle.web.page.wording import marked

SHUT, TOO_LONG, NOT_YET = 503, 413, 422
_LONGEST_CODE = 400


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form carries. `renewed`: it was too old, and has been made anew; `too_long`: it could not be read at all."""

    setting: str
    step: str
    language: str
    form: str
    renewed: bool
    typed: Mapping[str, str]
    code: str
    too_long: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question with what was typed, and the code of what is wrong with it."""

    asked: Asked
    value: str
    problem: str


@purpose(Purpose.DOOR)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The ways in, by where one meets the child."""
    return _start(request, language_of(request.GET))


# As at the rest of the door: the form carries its own signed word, and no cookie is there to be used by another site.
@csrf_exempt
@purpose(Purpose.DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, setting: str) -> HttpResponse:
    """The form for that setting; what was typed, before it is sent; the code, and the receipt."""
    if setting not in {answer.id for answer in professional.settings_of().answers}:
        raise Http404(setting)
    filled = _filled(request, setting)
    if filled.step == "receipt":
        return _receipt(request, filled)
    if not door.is_open():
        return _page(request, filled, "professional/shut.html", status=SHUT)
    wrong = professional.wrong_in(filled.typed) if filled.step in ("check", "send") else {}
    if filled.too_long or wrong or filled.step == "form":
        status = TOO_LONG if filled.too_long else NOT_YET if wrong else 200
        return _page(request, filled, "professional/form.html", wrong=wrong, status=status)
    if filled.step == "check" or filled.renewed:
        return _page(request, filled, "professional/check.html")
    return _sent(request, filled)


def language_of(sent: QueryDict) -> str:
    """The language chosen in the form or the address, else the one of the browser, among those the form is in."""
    known = languages()
    each = (sent.getlist("language") or [""])[-1], get_language() or ""
    return next((one for one in each if one in known), "en")


def _sent(request: HttpRequest, filled: Filled) -> HttpResponse:
    try:
        code = professional.send(filled.form, filled.typed, language=filled.language)
    except door.DoorShut:
        return _page(request, filled, "professional/shut.html", status=SHUT)
    except Unavailable:
        return _page(request, filled, "professional/check.html", {"failed": True}, status=SHUT)
    return _page(request, filled, "professional/sent.html", {"way_back": code})


def _receipt(request: HttpRequest, filled: Filled) -> HttpResponse:
    """The receipt to keep. Each code that opens none has the same answer."""
    found = professional.receipt(filled.code)
    if found is None:
        return _start(request, filled.language, wrong=True)
    with override(filled.language):
        return attached(as_pdf(paper(found, filled.language)), "receipt.pdf")


def _start(request: HttpRequest, language: str, *, wrong: bool = False) -> HttpResponse:
    told = {
        "settings": _settings(language),
        "wrong": wrong,
        **told_to_adults(language),
    }
    return shown(request, "professional/start.html", told, language=language, status=403 if wrong else 200)


def _page(
    request: HttpRequest,
    filled: Filled,
    template: str,
    told: Mapping[str, object] | None = None,
    *,
    wrong: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    problems, language = wrong or {}, filled.language
    questions = professional.questions()
    fields = [
        Field(
            asked(one, questions, language=language, chosen=(filled.typed.get(one.code, ""),), last=""),
            filled.typed.get(one.code, ""),
            problems.get(one.code, ""),
        )
        for one in questions
    ]
    prompts = forms().indicators_at(Setting(filled.setting))
    told_of = professional.parts_of({**filled.typed, professional.SETTING: filled.setting}, language)
    shows = {
        "typed": filled,
        "fields": fields,
        "problems": [one for one in fields if one.problem],
        "answers": [(_question(one.code, language), one.text) for one in told_of],
        "prompts": [marked(one.title, language) for one in prompts],
        "setting": dict(_settings(language)).get(filled.setting, ""),
        **(told or {}),
    }
    return shown(request, template, shows, language=language, status=status)


def _question(code: str, language: str) -> str:
    every = (professional.settings_of(), *professional.questions())
    return next(marked(one.ask, language) for one in every if one.code == code)


def _settings(language: str) -> list[tuple[str, str]]:
    return [(one.id, marked(one.text, language)) for one in professional.settings_of().answers]


def _filled(request: HttpRequest, setting: str) -> Filled:
    too_long = False
    try:
        sent = request.POST if request.method == "POST" else QueryDict("")
    except SuspiciousOperation:
        sent, too_long = QueryDict(""), True
    form = sent.get("form", "")
    known = door.is_form(form)
    typed = {one.code: _typed(sent, one.code) for one in professional.questions()}
    return Filled(
        setting=setting,
        step=sent.get("step", "") if sent.get("step", "") in ("check", "send", "receipt") else "form",
        language=language_of(sent if sent else request.GET),
        form=form if known else door.new_form(),
        renewed=bool(form) and not known,
        typed={**{code: text for code, text in typed.items() if text}, professional.SETTING: setting},
        code=sent.get("code", "")[:_LONGEST_CODE],
        too_long=too_long,
    )


def _typed(sent: QueryDict, code: str) -> str:
    """What was typed there; of a choice, one of its answers or nothing."""
    text = sent.get(code, "").replace("\r\n", "\n")
    question = next(one for one in professional.questions() if one.code == code)
    if question.answers:
        return text if text in {answer.id for answer in question.answers} else ""
    return text
