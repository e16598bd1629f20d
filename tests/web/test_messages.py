"""The catalogues: nothing that the window says is missing in them, and what is compiled is what is written."""

import gettext
import io
import re
import string
from collections.abc import Callable

import pytest
from django.conf import settings

from tools.messages import (
    LOCALE,
    Catalogue,
    Message,
    compiled,
    forms_of,
    in_code,
    in_refusals,
    in_template,
    read_po,
    wanted,
    wanted_by_the_public,
    wanted_in,
    write_po,
    written_languages,
)

LANGUAGES = written_languages()
EXAMPLE = {
    Message("", "", ""): (
        "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
    ),
    Message("", 'A "word"\n', ""): ('Üks "sõna"\n',),
    Message("", "{n} day", "{n} days"): ("{n} päev", "{n} päeva"),
    Message("code", "missing", ""): ("kadunud",),
    Message("", "untranslated", ""): ("",),
}


def catalogue(language: str) -> dict[Message, tuple[str, ...]]:
    return read_po((LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8"))


def untranslated(entries: Catalogue, needed: tuple[Message, ...]) -> list[str]:
    return [message.text for message in needed if not all(entries.get(message, ("",)))]


def left_over(entries: Catalogue, needed: tuple[Message, ...]) -> list[str]:
    return [message.text for message in entries if message.text and message not in needed]


def places(text: str) -> set[str]:
    """What is filled in: {n}, %(n)s."""
    named = {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    return named | set(re.findall(r"%\((\w+)\)s", text))


def unlike(entries: Catalogue) -> list[str]:
    """Texts whose translation fills in something else. A count may be left out where the words say it."""
    found = []
    for message, words in entries.items():
        must = places(message.text) - ({"n", "years"} if message.plural else set())
        may = places(message.text) | places(message.plural)
        for one in words if message.text else ():
            if not must <= places(one) <= may:
                found.append(message.text)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_window_is_in_the_catalogue_and_no_other(language: str):
    entries, needed = catalogue(language), wanted_in(language)
    assert (untranslated(entries, needed), left_over(entries, needed)) == ([], []), (
        "run python -m tools.messages"
    )


def test_the_public_reads_in_every_language_that_has_a_catalogue_and_in_no_other():
    assert sorted(dict(settings.PUBLIC_LANGUAGES)) == sorted(["en", *LANGUAGES])


def test_what_the_public_reads_is_a_part_of_the_window():
    public = set(wanted_by_the_public())
    assert public <= set(wanted())
    assert {message.text for message in public} >= {"Leave this page now", "Tell more", "Who is who"}


def test_a_language_of_the_public_needs_the_questions_that_the_packs_do_not_say_in_it():
    assert "I am afraid" in {message.text for message in wanted_in("is")}
    assert "I am afraid" not in {message.text for message in (*wanted_by_the_public(), *wanted_in("et"))}


def test_a_text_without_translation_is_caught():
    assert untranslated(EXAMPLE, (Message("", "untranslated", ""), Message("", "new", ""))) == [
        "untranslated",
        "new",
    ]
    assert left_over(EXAMPLE, (Message("", "untranslated", ""),)) == ['A "word"\n', "{n} day", "missing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str):
    binary = (LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes()
    assert binary == compiled(catalogue(language)), "run python -m tools.messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_the_text_does(language: str):
    assert unlike(catalogue(language)) == []


def test_a_translation_that_fills_in_something_else_is_caught():
    assert unlike({Message("", "since {time}", ""): ("alates {aeg}",), Message("", "{a}", ""): ("a",)}) == [
        "since {time}",
        "{a}",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_text_has_every_form_of_the_language(language: str):
    forms = forms_of(language)
    counts = {len(words) for message, words in catalogue(language).items() if message.plural}
    assert counts == {forms}


def test_a_compiled_catalogue_is_read_by_the_standard_library():
    read = gettext.GNUTranslations(io.BytesIO(compiled(EXAMPLE)))
    assert read.gettext('A "word"\n') == 'Üks "sõna"\n'
    assert read.pgettext("code", "missing") == "kadunud"
    assert [read.ngettext("{n} day", "{n} days", n) for n in (1, 2)] == ["{n} päev", "{n} päeva"]
    assert read.gettext("untranslated") == "untranslated"


def test_what_is_written_can_be_read_again():
    without_header = {message: words for message, words in EXAMPLE.items() if message.text}
    again = read_po(write_po(without_header, language="et"))
    assert {message: words for message, words in again.items() if message.text} == without_header


@pytest.mark.parametrize(
    ("find", "text", "found"),
    [
        (in_template, '{% load i18n %}{% if a %}{% translate "One" %}{% endif %}', [Message("", "One", "")]),
        (
            in_template,
            "{% load i18n %}{% blocktranslate count n=a with b=c %}{{ n }} of {{ b }}"
            "{% plural %}{{ n }} {{ b }}s{% endblocktranslate %}",
            [Message("", "%(n)s of %(b)s", "%(n)s %(b)ss")],
        ),
        (
            in_code,
            'from django.utils.translation import gettext as _\n_("One " "two")',
            [Message("", "One two", "")],
        ),
        (
            in_code,
            'from django.utils.translation import ngettext\nngettext("day", "days", n)',
            [Message("", "day", "days")],
        ),
        (in_code, 'from elsewhere import gettext as _\n_("One")', []),
        (
            in_refusals,
            'Refused(code="x", reason="Not so.", instead="Do it " "so.", source="CRC")\nNote(reason=f"{a}")',
            [Message("", "Not so.", ""), Message("", "Do it so.", "")],
        ),
    ],
)
def test_a_text_is_found_where_it_stands(find: Callable[[str], object], text: str, found: list[Message]):
    assert list(find(text)) == found
