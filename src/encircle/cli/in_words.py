"""What a rule asks, in plain words, for a terminal."""

from collections.abc import Iterator

from encircle.actions.law import words_of
from encircle.law.condition.saying import outline
from encircle.law.conditions import conditions_of_rule
from encircle.law.law import Law
from encircle.law.texts import ENGLISH


def in_words(law: Law, code: str, language: str) -> Iterator[str]:
    """Each condition of that rule, said in that language; in English where no pack has words for it."""
    words = words_of(language) or words_of(ENGLISH)
    for one in conditions_of_rule(law, code):
        each = "" if one.for_each is None else f", for each {one.for_each.value.replace('_', ' ')}"
        yield f"  {one.deciding.value.replace('_', ' ')}{each}  ({one.origin})"
        for line in () if words is None else outline(one.condition, words):
            yield f"    {'  ' * line.depth}{line.text}"
