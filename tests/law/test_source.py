"""Sources: whom a provision binds and when, as truth tables."""

from datetime import date

import pytest

from encircle.law.source import Act, ActKind, Source
from encircle.law.texts import Texts
from tests.law.world import TODAY, act, source

TREATY = act(bound=frozenset({"all"}), not_bound=frozenset({"US"}), kind=ActKind.TREATY)


@pytest.mark.parametrize(
    ("one", "country", "binds"),
    [
        (act(), "EE", True),
        (act(), "GB", False),
        (act(not_bound=frozenset({"DK"})), "DK", False),
        (act(), "EU", True),
        (TREATY, "GB", True),
        (TREATY, "US", False),
        (act(kind=ActKind.RECOMMENDATION), "EE", False),
        (act(kind=ActKind.PROPOSAL), "EE", False),
        (act(kind=ActKind.JUDGMENT), "EE", False),
    ],
)
def test_an_act_binds_the_countries_it_names_if_it_binds_at_all(one: Act, country: str, binds: bool) -> None:
    assert one.binds(country) is binds


@pytest.mark.parametrize(
    ("one", "country", "on", "binds"),
    [
        (source(), "EE", TODAY, True),
        (source(not_bound=frozenset({"EE"})), "EE", TODAY, False),
        (source(countries=frozenset({"DK"})), "EE", TODAY, False),
        (source(countries=frozenset({"DK"})), "DK", TODAY, True),
        (source(countries=frozenset({"GB"})), "GB", TODAY, False),
        (source(pending=True), "EE", TODAY, False),
        (source(pending=True), "EE", None, False),
        (source(from_=date(2027, 2, 1)), "EE", TODAY, False),
        (source(from_=date(2027, 2, 1)), "EE", date(2027, 2, 1), True),
        (source(from_=date(2027, 2, 1)), "EE", None, True),
        (source(until=date(2026, 11, 23)), "EE", TODAY, True),
        (source(until=date(2026, 11, 22)), "EE", TODAY, False),
        (source(act=act(from_=date(2027, 2, 1))), "EE", TODAY, False),
        (source(act=act(from_=date(2027, 2, 1)), from_=date(2026, 1, 1)), "EE", TODAY, True),
        (source(act=act(kind=ActKind.PROPOSAL)), "EE", None, False),
    ],
)
def test_a_source_binds_a_country_on_a_day(one: Source, country: str, on: date | None, binds: bool) -> None:
    assert one.binds(country, on) is binds


def test_a_source_that_nobody_has_read_says_so() -> None:
    assert (source().is_read, source(read=None).is_read) == (True, False)


def test_a_source_is_cited_by_the_name_people_know() -> None:
    named = act(
        short=Texts.of({"en": "Trafficking Directive", "et": "Inimkaubanduse direktiiv"}), number="2011/36/EU"
    )
    assert source(act=named).cite() == "Trafficking Directive 2011/36/EU, 14(2)"
    assert source(act=named).cite("et") == "Inimkaubanduse direktiiv 2011/36/EU, 14(2)"
    assert (
        source(act=act(short=Texts.english("Convention 197"), number="197")).cite() == "Convention 197, 14(2)"
    )


def test_texts_fall_back_to_english() -> None:
    texts = Texts.of({"et": "Eestkostja", "en": "Guardian"})
    assert [texts.in_(language) for language in ("et", "en", "fi")] == ["Eestkostja", "Guardian", "Guardian"]
    assert texts.languages == ("en", "et")
    with pytest.raises(ValueError, match="Expected English"):
        Texts.of({"et": "Eestkostja"})
