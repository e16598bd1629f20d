"""The reader of pages finds what is no word for people."""

from tests.web.reading import read


def test_a_page_that_shows_what_the_program_holds_has_a_problem():
    shown = "<main>Field(name='words', kind=1) and <b>&lt;Person object at 0x7f&gt;</b></main>"
    assert read(shown.encode()).problems == [
        "not in words: Field(name='words',",
        "not in words: <Person object at 0x",
    ]
    assert read(b"<main>Act (2020), section 3 (a = b)</main>").problems == []


def test_a_page_leads_away_only_by_a_link_that_tells_the_other_site_nothing():
    away = b'<main><a href="https://example.org/"%s>help</a><img src="https://example.org/x.png"></main>'
    picture = "leads away: https://example.org/x.png"
    assert read(away % b"").problems == ["leads away: https://example.org/", picture]
    assert read(away % b' rel="nofollow noreferrer"').problems == [picture]
