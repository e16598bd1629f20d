"""Careful asking: whether the forms of the door lead, ask twice, or ask for what they must not. Reads no page.

What a child is asked before the forensic interview can spoil what it says there: the door takes one free account and asks
for nothing in it. The rules look for words; a question that passes them is still to be read by people who interview
children, and its state says whether anybody has.
"""

import re
from collections.abc import Iterator

from encircle.law.asking_signs import SIGNS, Signs
from encircle.law.finding import Finding, Lack
from encircle.law.indicator import Indicator, Route
from encircle.law.law import Law
from encircle.law.question import About, AskedOf, Question, Ready, Takes
from encircle.law.reading_level import MOST_WORDS, level
from encircle.law.texts import Texts

_FREE = frozenset({Takes.WORDS, Takes.LINE})


def careful_asking(law: Law) -> Iterator[Finding]:
    """What is wrong with the forms of the door, or is still to be looked at by people."""
    for of in AskedOf:
        form = law.form(of)
        for question in form:
            yield from _of_kind(question)
            yield from faults_of_words(question)
            yield from _of_level(question)
            yield from _of_states(question, law)
        yield from _asked_twice(of, form)
    yield from _of_prompts(law)
    for ready in law.forms.ready:
        yield from _of_ready(ready)


def _of_prompts(law: Law) -> Iterator[Finding]:
    """Indicators and routes: what nobody has read, what is not in the language of the country, and words that lead."""
    for indicator in law.forms.indicators:
        yield from _unread(indicator, indicator.code, (indicator.title,), law)
    for route in law.forms.routes:
        code = f"route {route.setting.value}"
        yield from _unread(route, code, route.texts, law)
        for said in route.say:
            for language, text in said.text.by_language:
                signs = SIGNS.get(language)
                found = None if signs is None else signs.leading.search(text) or signs.closed.search(text)
                if found is not None:
                    what = (
                        f"({language}) what is to be said to a child leads: {found[0].strip()!r} in {text!r}."
                    )
                    yield Finding(route.origins[-1], code, Lack.LEADING, what)


def _unread(of: Indicator | Route, code: str, texts: tuple[Texts, ...], law: Law) -> Iterator[Finding]:
    if not of.seen:
        what = "nobody of us has read where it comes from."
        yield Finding(of.origins[-1], code, Lack.UNVERIFIED, what)
    if any(law.languages[0] not in text.languages for text in texts):
        what = f"it does not exist in {law.languages[0]}."
        yield Finding(of.origins[-1], code, Lack.PART_UNTRANSLATED, what)


def _of_ready(ready: Ready) -> Iterator[Finding]:
    """Ready words lead nobody, ask for no detail, no picture and no name, and say how they were made."""
    signs = {
        language: (said, SIGNS[language]) for language, said in ready.text.by_language if language in SIGNS
    }
    for language, (said, known) in signs.items():
        for lack, sign, does in (
            (Lack.LEADING, known.leading, "leads"),
            (Lack.LEADING, known.detail, "asks for a detail"),
            (Lack.ASKS_FOR_IMAGES, known.images, "asks for pictures"),
            (Lack.ASKS_WHO, known.who, "asks who somebody is"),
        ):
            found = sign.search(said)
            if found is not None:
                what = f"({language}) {does}: {found[0].strip()!r} in {said!r}."
                yield Finding(ready.origins[-1], ready.code, lack, what)
    states = {one.language: one for one in ready.states}
    for language in ready.text.languages:
        state = states.get(language)
        if state is None:
            what = f"({language}) nothing says how these words were made: add {language} to 'states'."
            yield Finding(ready.origins[-1], ready.code, Lack.TRANSLATION_DRAFT, what)
        elif state.is_draft:
            yield Finding(state.origin, ready.code, Lack.TRANSLATION_DRAFT, state.told())


def _of_kind(question: Question) -> Iterator[Finding]:
    """What a question is, whatever its words."""
    if question.about is About.EVENT and question.takes not in _FREE:
        what = "what happened is told in free words: answers to choose from put words into a mouth."
        yield _finding(question, Lack.LEADING, what)
    if question.needed and question.about in (About.REPORTER, About.CHILD, About.EVENT):
        what = "nobody has to say who they or others are, or what happened, before they are heard: leave 'needed' out."
        yield _finding(question, Lack.ASKS_WHO, what)
    if question.of is AskedOf.CHILD and question.about is About.REPORTER:
        yield _finding(question, Lack.ASKS_WHO, "a child is never asked by a page who it is.")


def _asked_twice(of: AskedOf, form: tuple[Question, ...]) -> Iterator[Finding]:
    about = [question for question in form if question.about is About.EVENT]
    if of is AskedOf.CHILD:
        for question in about[1:]:
            what = f"what happened is asked once: {about[0].code} asks it already."
            yield _finding(question, Lack.LEADING, what)


def faults_of_words(question: Question) -> Iterator[Finding]:
    """What the words of that question must not do, in each of their languages that has signs."""
    for text in question.texts:
        for language, said in text.by_language:
            signs = SIGNS.get(language)
            if signs is not None:
                yield from _of_text(question, language, said, signs)


def _of_text(question: Question, language: str, said: str, signs: Signs) -> Iterator[Finding]:
    by_child = question.of is AskedOf.CHILD
    if question.about is About.EVENT or by_child:
        yield from _if(question, Lack.LEADING, language, said, signs.leading, "leads")
    if question.about is About.EVENT:
        yield from _if(question, Lack.LEADING, language, said, signs.closed, "can be answered with yes or no")
    if question.about is About.EVENT and by_child:
        yield from _if(question, Lack.LEADING, language, said, signs.detail, "asks for a detail")
    for found in signs.images.finditer(said):
        if signs.refused.search(said[: found.start()]) is None and not signs.refused.search(found[0]):
            what = f"({language}) asks for pictures: {found[0]!r}. The door never does."
            yield _finding(question, Lack.ASKS_FOR_IMAGES, what)
    if by_child:
        yield from _if(question, Lack.ASKS_WHO, language, said, signs.who, "asks who the child is")


def _if(
    question: Question, lack: Lack, language: str, said: str, sign: re.Pattern[str], does: str
) -> Iterator[Finding]:
    found = sign.search(said)
    if found is not None:
        yield _finding(question, lack, f"({language}) {does}: {found[0].strip()!r} in {said!r}.")


def _of_level(question: Question) -> Iterator[Finding]:
    """Whether a child can read it: each question is a screen of its own."""
    if question.of is not AskedOf.CHILD:
        return
    for language in question.ask.languages:
        found = level([text.in_(language) for text in _in(question, language)], language=language)
        if not found.is_easy:
            grade = "" if found.grade is None else f", grade {found.grade:.1f}"
            what = f"({language}) is hard: {found.words} words of {MOST_WORDS}, {found.mean:.1f} in a sentence{grade}."
            yield _finding(question, Lack.HARD_TO_READ, what)


def _in(question: Question, language: str) -> tuple[Texts, ...]:
    return tuple(text for text in question.texts if language in text.languages)


def _of_states(question: Question, law: Law) -> Iterator[Finding]:
    """Each language in which it is asked says how its words were made, and whether anybody has reviewed them."""
    if any(law.languages[0] not in text.languages for text in question.texts):
        what = f"some of its words do not exist in {law.languages[0]}."
        yield _finding(question, Lack.PART_UNTRANSLATED, what)
    states = {one.language: one for one in question.states}
    for language in sorted({language for text in question.texts for language in text.languages}):
        state = states.get(language)
        if state is None:
            what = f"({language}) nothing says how these words were made: add {language} to 'states'."
            yield _finding(question, Lack.TRANSLATION_DRAFT, what)
        elif state.is_draft:
            yield Finding(state.origin, question.code, Lack.TRANSLATION_DRAFT, state.told())
        if language not in SIGNS:
            what = f"({language}) no rule of careful asking reads this language: a person has to."
            yield _finding(question, Lack.TRANSLATION_DRAFT, what)


def _finding(question: Question, lack: Lack, what: str) -> Finding:
    return Finding(question.origins[-1], question.code, lack, what)
