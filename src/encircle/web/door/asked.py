"""One question of the door as its page shows it, in the language of the page, with what was chosen before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, override

from encircle.actions.reports.form import WHO
from encircle.law.question import About, Question, Takes
from encircle.law.texts import Texts
from encircle.web.page.wording import in_english

FIELDS = {Takes.SEVERAL: "picked", Takes.WORDS: "text", Takes.LINE: "text"}
"""Under which name an answer travels in the form; an answer to choose one travels under the code of its question."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose."""

    code: str
    icon: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its page. `next`: the step that its button leads to."""

    code: str
    field: str
    takes: str
    ask: str
    hint: str
    choices: tuple[Choice, ...]
    next: str


def said(text: Texts, language: str) -> str:
    """That text of a form in that language: as the packs say it, else the catalogue; else in English, and marked so."""
    if language in text.languages:
        return text.in_(language)
    with override(language):
        found = gettext(str(text))
    return found if found != str(text) else in_english(found)


def field_of(question: Question) -> str:
    """The name under which its answer travels."""
    return "who" if question.code == WHO else FIELDS.get(question.takes, question.code)


def screens(form: Iterable[Question]) -> tuple[Question, ...]:
    """The questions that have a page after that of danger: one each."""
    return tuple(question for question in form if question.about is not About.DANGER)


def asked(
    question: Question, form: Iterable[Question], *, language: str, chosen: Iterable[str], last: str
) -> Asked:
    """That question on its page. `last`: the step after the last question."""
    codes = [one.code for one in screens(form)]
    at = codes.index(question.code) + 1 if question.code in codes else 0
    return Asked(
        code=question.code,
        field=field_of(question),
        takes=question.takes.value,
        ask=said(question.ask, language),
        hint="" if question.hint is None else said(question.hint, language),
        choices=tuple(_choices(question, language, set(chosen))),
        next=codes[at] if at < len(codes) else last,
    )


def _choices(question: Question, language: str, chosen: set[str]) -> Iterator[Choice]:
    for answer in question.answers:
        yield Choice(answer.id, answer.icon, said(answer.text, language), answer.id in chosen)
