"""Markup written in code: what is text is escaped, what is markup already is not escaped again."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from encircle.web.page.html import all_of, filled, isolated
from encircle.web.page.wording import Told


@given(st.text(), st.text())
def test_it_fills_a_pattern_as_django_does(first: str, second: str):
    pattern = '<a href="{}">{}</a>'
    assert filled(pattern, first, second) == format_html(pattern, first, second)
    assert filled(pattern, first, SafeString(second)) == format_html(pattern, first, SafeString(second))


def test_a_separator_is_text_and_the_parts_are_markup():
    assert (
        all_of(" & ", [filled("<b>{}</b>", "<"), filled("<i>{}</i>", ">")]) == "<b>&lt;</b> &amp; <i>&gt;</i>"
    )


def test_a_text_in_another_language_is_marked_so():
    told = Told("Kohe")
    assert isolated(told) == "<bdi>Kohe</bdi>"
    told.lang = "et"
    assert isolated(told) == '<bdi lang="et">Kohe</bdi>'
