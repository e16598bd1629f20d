"""What the door asks, as the packs of the country state it. Knows no page."""

from collections.abc import Mapping

from django.conf import settings

from encircle.actions.law import law_of
from encircle.law.question import AskedOf, Question
from encircle.law.texts import Texts

WHO = "child_who"
"""The question for whom help is asked; its answer is kept apart from the others."""


def form_of(of: AskedOf) -> tuple[Question, ...]:
    """The questions of that form, in their order."""
    return law_of(settings.COUNTRY).form(of)


def ready_words(language: str) -> tuple[tuple[str, str], ...]:
    """The words that a desk may put into an answer, by code, in that language or the first that there is."""
    found = law_of(settings.COUNTRY).forms.ready
    return tuple(
        (one.code, one.text.in_(language if language in one.text.languages else one.text.languages[0]))
        for one in found
    )


def answers_of(of: AskedOf) -> Mapping[str, Texts]:
    """The answers to choose in that form, by the id under which they are kept."""
    return {answer.id: answer.text for question in form_of(of) for answer in question.answers}
