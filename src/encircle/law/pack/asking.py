"""Asking: from merged entries to the questions of the forms of the door. Knows no page."""

from collections import Counter
from collections.abc import Iterator

from encircle.law.forms import Forms
from encircle.law.pack.head import translation
from encircle.law.pack.merge import Laid, Merged
from encircle.law.pack.pointing import indicators, routes
from encircle.law.pack.problem import Problems
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields
from encircle.law.question import About, Answer, AskedOf, Question, Ready, Takes
from encircle.law.translation import Translation

CHOSEN = frozenset({Takes.ONE, Takes.SEVERAL})


def forms(merged: Merged, *, sourcing: Sourcing, problems: Problems) -> Forms:
    """All that the door asks, shows and says. Notes two questions at one place, an answer twice, a choice without any."""
    standing = [laid for laid in merged["question"].values() if laid.aside is None]
    made = [_question(laid, sourcing, problems) for laid in standing]
    for question, laid in zip(made, standing, strict=True):
        _check(question, laid, made, problems)
    return Forms(
        questions=tuple(sorted(made, key=lambda one: (one.of.value, one.place, one.code))),
        indicators=indicators(merged, problems=problems),
        routes=routes(merged, problems=problems),
        ready=tuple(_ready(merged, problems)),
    )


def _ready(merged: Merged, problems: Problems) -> Iterator[Ready]:
    """The ready words, in their order."""
    take = Take(problems)
    made = (
        Ready(
            code=laid.code,
            place=take.whole(laid.body, "place"),
            text=take.texts(laid.body, "text"),
            states=tuple(_states(laid, take, problems)),
            origins=laid.origins,
        )
        for laid in merged["ready"].values()
        if laid.aside is None
    )
    yield from sorted(made, key=lambda one: (one.place, one.code))


def _question(laid: Laid, sourcing: Sourcing, problems: Problems) -> Question:
    take, body = Take(problems), laid.body
    return Question(
        code=laid.code,
        of=take.choice(body, "form", AskedOf),
        place=take.whole(body, "place"),
        about=take.choice(body, "about", About),
        takes=take.choice(body, "takes", Takes),
        needed=take.truth(body, "needed"),
        ask=take.texts(body, "ask"),
        hint=take.maybe_texts(body, "hint"),
        answers=tuple(_answers(body, take)),
        states=tuple(_states(laid, take, problems)),
        sources=sourcing.sources(body),
        origins=laid.origins,
    )


def _answers(body: Fields, take: Take) -> Iterator[Answer]:
    for one in take.each(body, "answers"):
        take.only(one, ("id", "text", "icon"))
        yield Answer(take.word(one, "id"), take.texts(one, "text"), take.maybe_word(one, "icon") or "")


def _states(laid: Laid, take: Take, problems: Problems) -> Iterator[Translation]:
    """How the words of a question came into each language."""
    given = laid.body.fields.get("states")
    if not isinstance(given, Fields):
        expected = "states: expected each language, such as {en: {made: machine, reviewed: null}}."
        problems.add(laid.body.place("states"), expected)
        return
    for language, how in given.fields.items():
        one = translation(laid.code, language, how, take, problems)
        if one is not None:
            yield one


def _check(question: Question, laid: Laid, made: list[Question], problems: Problems) -> None:
    same = [
        one.code
        for one in made
        if (one.of, one.place) == (question.of, question.place) and one.code < question.code
    ]
    if same:
        what = f"place {question.place} of this form is taken by {same[0]}. Give each question its own."
        problems.add(laid.body.place("place"), what)
    if question.takes in CHOSEN and not question.answers:
        problems.add(laid.body.place("takes"), f"{question.code}: nothing to choose. Add 'answers'.")
    if question.takes not in CHOSEN and question.answers:
        what = f"{question.code} takes free words: answers to choose would not be shown. Leave them out."
        problems.add(laid.body.place("answers"), what)
    counted = Counter(answer.id for one in made if one.of is question.of for answer in one.answers)
    for answer in question.answers:
        if counted[answer.id] > 1:
            what = f"the answer {answer.id!r} stands twice in this form. Give each its own id."
            problems.add(laid.body.place("answers"), what)
