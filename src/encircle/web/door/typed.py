"""What was typed at the door, carried from page to page in the form itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from encircle.actions.reports.complaint import ABOUT, COMPLAINANTS, NOT_SAID, Complaint
from encircle.actions.reports.door import ANSWERS, LONGEST, Account, is_form, new_form
from encircle.actions.reports.form import form_of
from encircle.law.question import AskedOf, Question
from encircle.web.door import files
from encircle.web.door.asked import field_of, screens
from encircle.web.door.frame import languages

STEPS = ("device", "unsafe", "danger", "story", "check", "send", "code", "inbox", "reply")
COMPLAINT_STEPS = ("complain", "complain_about", "complain_words", "complain_send")
TALK_STEPS = ("ask", "talk", "say", "look", "part")
FILE_STEPS = ("files", "add", "leave_out", "back", "see", "clear", "keep")
_LONGEST_CODE = 400


@dataclass(frozen=True, slots=True)
class Typed:
    """One page's worth. `step`: the page that is asked for; `renewed`: the form was too old, and has been made anew."""

    step: str
    language: str
    form: str
    renewed: bool
    danger: str
    who: str
    picked: tuple[str, ...]
    text: str
    code: str
    about: str
    by: str
    too_long: bool
    left_out: str = ""
    file: str = ""
    """A file of the inbox that is asked for."""

    @property
    def account(self) -> Account:
        """What would be sent."""
        return Account(
            text=self.text, who=self.who, picked=self.picked, language=self.language, danger=self.danger
        )

    @property
    def complaint(self) -> Complaint:
        """What would be sent as a complaint."""
        return Complaint(text=self.text, about=self.about, complainant=self.by, language=self.language)


def typed_in(request: HttpRequest) -> Typed:
    """What this request carries; whatever cannot be is left out."""
    files.seal_files(request)
    try:
        sent = request.POST
    except SuspiciousOperation:
        return _typed(QueryDict("step=story"), too_long=True)
    return _typed(sent, too_long=False)


def _typed(sent: QueryDict, *, too_long: bool) -> Typed:
    kept = sent.get("form", "")
    known = is_form(kept)
    known_language = get_language() or ""
    text = sent.get("text", "").replace("\r\n", "\n")
    form = screens(form_of(AskedOf.CHILD))
    return Typed(
        step="leave_out"
        if sent.get("left_out")
        else "see"
        if sent.get("file")
        else _one(
            sent, "step", [*STEPS, *COMPLAINT_STEPS, *TALK_STEPS, *FILE_STEPS, *(one.code for one in form)]
        )
        or "device",
        language=_one(sent, "language", languages())
        or (known_language if known_language in languages() else "en"),
        form=kept if known else new_form(),
        renewed=bool(kept) and not known,
        danger=_one(sent, "danger", ANSWERS) or "unknown",
        who=_one(
            sent, "who", [one.id for asked in form if field_of(asked) == "who" for one in asked.answers]
        ),
        picked=tuple(_picked(sent, form)),
        text=text[:LONGEST],
        code=sent.get("code", "")[:_LONGEST_CODE],
        about=_one(sent, "about", ABOUT) or NOT_SAID,
        by=_one(sent, "by", COMPLAINANTS) or "other",
        too_long=too_long or len(text) > LONGEST,
        left_out=sent.get("left_out", "")[:36],
        file=(sent.get("file") or sent.get("of_file", ""))[:36],
    )


def _picked(sent: QueryDict, form: tuple[Question, ...]) -> Iterator[str]:
    """The answers chosen, in the order of the form; those of a question with one answer stand under its own name too."""
    for question in form:
        if field_of(question) != "who":
            known = [answer.id for answer in question.answers]
            own = _one(sent, question.code, known)
            several = [one for one in known if one in sent.getlist("picked")]
            yield from (own,) if own else several


def _one(sent: QueryDict, name: str, known: object) -> str:
    found = sent.getlist(name)
    last = found[-1] if found else ""
    return last if isinstance(known, (tuple, list, dict)) and last in known else ""
