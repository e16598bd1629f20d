"""Words about children are careful: a child is never called by what was done to them, nor blamed for it."""

import re
from collections.abc import Iterator

import pytest

from tests.house.source import text_files

# Names of treaties and directives are quoted as they stand.
TITLES = (
    "sale of children, child prostitution and child pornography",
    "sexual abuse and sexual exploitation of children and child pornography",
)

_PEOPLE = r"(?:child(?:ren)?|minors?|juveniles?|girls?|boys?|teenagers?|victims?|adolescents?)"
_WORDS = [
    r"\b(?:child|under-?age|teen(?:age)?|juvenile|minor)[ -]?(?:prostitut\w+|sex workers?|escorts?|porn\w*)",
    rf"\billegal(?:ly present)? (?:{_PEOPLE}|(?:im)?migrants?|aliens?|foreigners?|persons?|people)",
    r"\billegals\b",
    r"\billegal (?:im)?migration status\b",
    rf"\bvoluntary (?:{_PEOPLE}|prostitut\w+|exploitation|sex(?:ual)? \w+)",
    rf"\b{_PEOPLE} (?:voluntarily|willingly)\b",
    rf"\b{_PEOPLE} (?:consented|agreed) to (?:(?:be|being|the|h\w+) )?(?:exploit|sex|traffick|prostit)\w*",
    rf"\b(?:promiscuous|seductive|delinquent) {_PEOPLE}",
    rf"\b(?:bogus|fake|so-called) (?:{_PEOPLE}|asylum seekers?)",
    r"\b(?:anchor bab(?:y|ies)|drug mules?|lolitas?)\b",
]
FORBIDDEN = re.compile("|".join(_WORDS), re.IGNORECASE)


def careless_words(path: str, text: str) -> Iterator[str]:
    """Each place that speaks of a child as the law and the brief forbid."""
    for title in TITLES:
        words = r"\s+".join(map(re.escape, title.split()))
        text = re.sub(words, lambda found: "\n" * found.group().count("\n"), text, flags=re.IGNORECASE)
    for number, line in enumerate(text.splitlines(), 1):
        for found in FORBIDDEN.finditer(line):
            yield f"{path}:{number} {found.group()}"


def test_no_careless_word_stands_in_code_packs_or_docs():
    files = text_files("*.md", "*.yml", "src/**/*.py", "src/**/*.html", "packs/**/*.yaml", "docs/**/*.md")
    assert [finding for path, text in files for finding in careless_words(path, text)] == []


@pytest.mark.parametrize(
    "line",
    [
        "The child prostitute was found.",
        "an underage prostitute",
        "child pornography was seen",
        "two illegal children",
        "illegal immigrants",
        "The girl voluntarily went with him.",
        "The victim consented to being exploited.",
        "a bogus child",
        "child drug mules",
    ],
)
def test_a_planted_careless_word_is_caught(line: str):
    assert [place.split(" ")[0] for place in careless_words("a.md", line)] == ["a.md:1"]


@pytest.mark.parametrize(
    "line",
    [
        "Optional Protocol on the sale of children, child prostitution and child pornography",
        "Directive 2011/93/EU: sexual abuse and sexual exploitation of children and child pornography",
        "on combating the sexual\n  abuse and sexual exploitation of children and child pornography",
        "Directive 2008/115/EC, returning illegally staying third-country nationals",
        "assisted voluntary return",
        "Two women forced her into prostitution.",
        "Consent of the child is irrelevant (Directive 2011/36/EU, Art. 2(4)).",
        "exploitation of the prostitution of others",
    ],
)
def test_law_may_be_quoted(line: str):
    assert list(careless_words("a.md", line)) == []
