"""A condition of the law on a page, as a nested list: in the language of the page where the packs have words for it."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from encircle.actions.law import words_of
from encircle.law.condition import Condition
from encircle.law.condition.saying import Line, outline
from encircle.law.texts import ENGLISH
from encircle.web.page.html import all_of, filled


def in_words(condition: Condition) -> SafeString:
    """The condition as it is said in that language; else in English, and marked so."""
    language = get_language() or ENGLISH
    words = words_of(language) or words_of(ENGLISH)
    assert words is not None, "the base pack has English words"
    points = _points(outline(condition, words))
    if words.language == language:
        return filled("<ul>{}</ul>", points)
    return filled('<ul lang="{}" dir="ltr">{}</ul>', words.language, points)


def _points(lines: Sequence[Line]) -> SafeString:
    """Each line that is least deep, with those under it."""
    tops = [place for place, line in enumerate(lines) if line.depth == lines[0].depth]
    ends = [*tops[1:], len(lines)]
    return all_of("", [_point(lines[top], lines[top + 1 : end]) for top, end in zip(tops, ends, strict=True)])


def _point(line: Line, under: Sequence[Line]) -> SafeString:
    if not under:
        return filled("<li>{}</li>", line.text)
    return filled("<li>{}<ul>{}</ul></li>", line.text, _points(under))
