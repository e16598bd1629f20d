"""What binds two countries by a channel, and what the number of a time is between them."""

from datetime import date

import pytest

from encircle.law.channel import Channel, is_bound
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import DueRule, Standing
from encircle.law.limit import LimitRule, Sense
from encircle.law.sop import SopRule
from encircle.law.source import ActKind, Source
from encircle.law.texts import Texts
from encircle.vocabulary.need import Need
from encircle.vocabulary.role import Role
from encircle.vocabulary.unknown import Unknown
from tests.law.world import HERE, TODAY, act, source

PERIOD = Period(3, Unit.MONTHS, Counting.PLAIN)
SOON = Texts.english("soon")
BOTH, ONE = source(), source(not_bound=frozenset({"DK"}))
LATER = source(from_=date(2027, 2, 1))
TREATY = act("CoE-197", kind=ActKind.TREATY, bound=frozenset({"EE"}), not_bound=frozenset({"DK"}))


def limit(*sources: Source) -> LimitRule:
    return LimitRule("a_limit", Texts.english("A limit"), PERIOD, Sense.AT_MOST, sources, (HERE,))


def practice(period: Period | None) -> SopRule:
    return SopRule("a_number", Texts.english("A number"), period, None, (), (HERE,))


def channel(*sources: Source) -> Channel:
    return Channel(
        code="report",
        need=Need.SITUATION_REPORT,
        title=SOON,
        used_when=SOON,
        instrument="hague_1996",
        from_roles=frozenset({Role.CENTRAL_AUTHORITY}),
        to_role=Role.CENTRAL_AUTHORITY,
        contents=(),
        first=(),
        acknowledge=None,
        answer=DueRule(SOON, None, None, Standing.WORDS),
        stopped_by=(),
        safeguards=(),
        yields_to=frozenset(),
        sources=sources,
        sop_source=None,
        origins=(HERE,),
    )


@pytest.mark.parametrize(
    ("countries", "basis"),
    [(("EE",), (BOTH, ONE)), (("DK",), (BOTH,)), (("EE", "DK"), (BOTH,)), (("EE", "GB"), ())],
)
def test_a_channel_rests_on_what_binds_each_of_the_countries_on_that_day(
    countries: tuple[str, ...], basis: tuple[Source, ...]
) -> None:
    assert channel(BOTH, ONE, LATER).basis(countries, TODAY) == basis


@pytest.mark.parametrize(
    ("limited", "practised", "standing"),
    [
        (limit(source()), practice(PERIOD), Standing.LAW),
        (limit(source(read=None)), practice(PERIOD), Standing.SOP),
        (limit(source(read=None)), practice(None), Standing.UNVERIFIED),
        (limit(source(read=None)), None, Standing.UNVERIFIED),
        (limit(ONE), None, Standing.WORDS),
        (limit(source(read=None, not_bound=frozenset({"DK"}))), None, Standing.WORDS),
        (None, practice(PERIOD), Standing.SOP),
        (None, practice(None), Standing.WORDS),
        (None, None, Standing.WORDS),
    ],
)
def test_a_number_is_law_between_two_countries_only_where_it_was_read_and_binds_both(
    limited: LimitRule | None, practised: SopRule | None, standing: Standing
) -> None:
    rule = DueRule(SOON, limited, practised, Standing.WORDS)
    assert channel().standing(rule, ("EE", "DK"), TODAY) is standing


@pytest.mark.parametrize(
    ("provision", "country", "bound"),
    [
        (source(act=TREATY), "EE", True),
        (source(act=TREATY), "DK", False),
        (source(act=TREATY, not_bound=frozenset({"GB"})), "GB", False),
        (source(act=TREATY, countries=frozenset({"EE"})), "GB", False),
        (source(), "GB", False),
        (
            source(act=TREATY),
            "GB",
            Unknown("whether the country is a party is not on record", ("CoE-197 GB",)),
        ),
    ],
    ids=["party", "refused", "refused the article", "for named countries", "a regulation", "not looked at"],
)
def test_a_treaty_may_bind_a_country_that_nobody_has_looked_at(
    provision: Source, country: str, bound: bool | Unknown
) -> None:
    assert is_bound(provision, country) == bound
