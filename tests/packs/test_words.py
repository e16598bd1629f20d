"""Every condition of every pack can be said in each language that the packs have words for, and in no two ways alike."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from encircle.actions.law import law_of, packs_folder, words_of
from encircle.core.child.schema import kind_records
from encircle.law.condition import Record, Str
from encircle.law.condition.saying import lacking, outline, sentence
from encircle.law.condition.schema import ListOf, Type
from encircle.law.condition.words import Words
from encircle.law.conditions import Placed, conditions_of
from encircle.law.pack.head import packs_in
from encircle.law.pack.language import languages_in, words_in
from encircle.law.pack.problem import BadPack
from encircle.vocabulary.facts.kind import Kind

LANGUAGES = languages_in(packs_folder())


def _every() -> tuple[Placed, ...]:
    found: dict[tuple[str, str], Placed] = {}
    for pack in packs_in(packs_folder()):
        if pack != "base":
            for one in conditions_of(law_of(pack)):
                found.setdefault((one.condition.text, str(one.for_each)), one)
    return tuple(found.values())


EVERY = _every()


def of(language: str) -> Words:
    words = words_of(language)
    assert words is not None
    return words


def test_english_has_words() -> None:
    assert "en" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_condition_of_every_pack_can_be_said(language: str) -> None:
    words = of(language)
    lacked = {name for one in EVERY for name in lacking(one.condition, words)}
    assert lacked == set()
    assert len(EVERY) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_is_left_unfilled(language: str) -> None:
    words = of(language)
    said = [line.text for one in EVERY for line in outline(one.condition, words)]
    said += [sentence(one.condition, words) for one in EVERY]
    assert [text for text in said if re.search(r"[{}\[\]|_]|  ", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_conditions_are_never_said_alike(language: str) -> None:
    words = of(language)
    said: dict[str, set[str]] = defaultdict(set)
    for one in EVERY:
        said[sentence(one.condition, words)].add(one.condition.text)
    assert {text: meant for text, meant in said.items() if len(meant) > 1} == {}


def _choices(kind: Type) -> frozenset[str]:
    if isinstance(kind, ListOf):
        return _choices(kind.element)
    return (kind.choices or frozenset()) if isinstance(kind, Str) else frozenset()


def _attributes(record: Record) -> set[str]:
    return {*record.fields, *(f"{record.name}.{name}" for name in record.fields)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_for_something_that_is_not_there(language: str) -> None:
    words = of(language)
    records = kind_records().values()
    attributes = {name for record in records for name in _attributes(record)}
    codes = {code for record in records for kind in record.fields.values() for code in _choices(kind)}
    assert words.attributes.keys() - attributes == set()
    assert words.kinds.keys() - set(Kind) == set()
    assert words.codes.keys() - codes == set()


GOOD = (packs_folder() / "base" / "words" / "en.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('  and: "{a} and {b}"\n', "", "the form 'and' is missing. Add it."),
        ('  and: "{a} and {b}"\n', '  and: "{a} and {x}"\n', "'and': {x} can't be filled."),
        ("  now: ", "  nows: ", "there is no form 'nows'. Did you mean 'now'?"),
        ("[alert, the alert, the alert's]", "alert", "'alert': expected three, such as [interview,"),
        ("codes:\n", "cods:\n", "unknown field 'cods'. Did you mean 'codes'?"),
        ("  closed: ", "  current: ", "current"),
        ("codes:\n", "codes:\n  asylum_kinds: [asylum]\n", "'asylum_kinds' should be a single text."),
        (GOOD, "- forms\n", "expected named fields: forms, kinds, attributes, codes."),
    ],
)
def test_words_that_cannot_be_used_are_refused_with_their_line(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert right in GOOD
    file = tmp_path / "base" / "words" / "en.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BadPack) as refused:
        words_in(tmp_path, "en")
    assert told in refused.value.reason
    assert "/base/words/en.yaml:" in refused.value.reason


def test_a_language_without_words_is_none(tmp_path: Path) -> None:
    assert words_in(tmp_path, "en") is None
