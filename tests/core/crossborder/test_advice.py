"""Which channel is open for which need between two countries on a day, by its source."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from encircle.actions.law import law_of
from encircle.core.crossborder import Advice, channels
from encircle.core.crossborder.advice import Bar
from encircle.law.duty import Standing
from encircle.law.law import Law
from encircle.law.texts import Texts
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.need import Need

TODAY = date(2026, 11, 28)


@lru_cache
def law(country: str) -> Law:
    return law_of(country)


def advice(need: str, pair: str, on: date = TODAY) -> Advice:
    from_country, to_country = pair.split("-")
    known = law(from_country.lower()).channels
    return channels(known, Need(need), from_country=from_country, to_country=to_country, on=on)


def told(found: Advice) -> list[str]:
    """Channel: the articles that bind both; the number of its answer."""
    return [
        f"{one.channel.code}: {', '.join(f'{s.act.code} {s.at}' for s in one.basis)}; {one.answer.value}"
        for one in found.offered
    ]


@pytest.mark.parametrize(
    ("need", "pair", "expected"),
    [
        ("victim_referral", "EE-FI", ["referral_union: EU-2011/36 11(4); words"]),
        ("victim_referral", "EE-DK", ["referral_convention: CoE-197 10(2), 32 and 34(4); words"]),
        ("victim_referral", "EE-UA", ["referral_convention: CoE-197 10(2), 32 and 34(4); words"]),
        ("victim_referral", "GB-EE", ["referral_convention: CoE-197 10(2), 32 and 34(4); words"]),
        ("danger_information", "EE-FI", ["danger_union: EU-2019/1111 80(2); words"]),
        ("danger_information", "EE-DK", ["danger_hague: Hague-1996 36; words"]),
        ("situation_report", "EE-FI", ["report_union: EU-2019/1111 79(b), EU-2019/1111 80(1); law"]),
        ("situation_report", "EE-DK", ["report_hague: Hague-1996 32(a), Hague-1996 34; words"]),
        ("situation_report", "EE-UA", ["report_hague: Hague-1996 32(a), Hague-1996 34; words"]),
        ("situation_report", "GB-EE", ["report_hague: Hague-1996 32(a), Hague-1996 34; words"]),
        ("find_child", "EE-FI", ["find_child_union: EU-2019/1111 79(a); words"]),
        ("find_child", "EE-GB", ["find_child_hague: Hague-1996 31(c); words"]),
        ("placement_consent", "EE-FI", ["placement_union: EU-2019/1111 82; law"]),
        ("placement_consent", "EE-DK", ["placement_hague: Hague-1996 33; words"]),
        ("jurisdiction", "EE-FI", ["jurisdiction_union: EU-2019/1111 12-13; law"]),
        ("evidence", "EE-FI", ["evidence_order: EU-2014/41 12(1)-(4); words"]),
        ("evidence", "EE-IE", []),
        ("alert", "EE-FI", ["alert_schengen: EU-2018/1862 32, EU-2018/1862 33; law"]),
        ("responsibility", "EE-FI", ["asylum_responsibility: EU-2024/1351 23, EU-2024/1351 25; words"]),
        ("responsibility", "EE-DK", []),
        ("return_of_child", "EE-FI", ["child_abduction: Hague-1980 8-13, EU-2019/1111 22-29; law"]),
        ("return_of_child", "EE-GB", ["child_abduction: Hague-1980 8-13; words"]),
        ("tracing", "EE-VN", ["family_tracing: CRC 10 and 22(2); words"]),
        ("documents", "EE-FI", ["consular_papers: UN-VCCR 36 and 37; words"]),
        ("transfer_of_proceedings", "EE-FI", []),
    ],
)
def test_a_need_between_two_countries_has_the_channel_of_the_law_that_binds_both(
    need: str, pair: str, expected: list[str]
):
    assert told(advice(need, pair)) == expected


def test_denmark_is_outside_two_acts_of_the_union_and_each_is_named():
    closed = advice("situation_report", "EE-DK").closed
    assert [
        (one.channel.code, one.bar.value, one.source and one.source.act.code, one.country) for one in closed
    ] == [("report_union", "not_bound", "EU-2019/1111", "DK")]


def test_where_the_law_of_the_union_binds_both_the_hague_channel_steps_back():
    closed = advice("situation_report", "EE-FI").closed
    assert [(one.channel.code, one.bar.value, one.before) for one in closed] == [
        ("report_hague", "yields", "report_union")
    ]


def test_a_country_that_nobody_looked_at_is_neither_bound_nor_not_bound():
    found = advice("situation_report", "EE-VN")
    assert told(found) == []
    assert [(channel.code, unknown.missing) for channel, unknown in found.unknown] == [
        ("report_hague", ("Hague-1996 VN",))
    ]


def test_guidance_opens_no_channel_to_a_country_that_no_treaty_binds():
    found = advice("tracing", "EE-US")
    assert (found.offered, found.unknown) == ((), ())
    assert [
        (one.channel.code, one.bar.value, one.source and one.source.act.code, one.country)
        for one in found.closed
    ] == [("family_tracing", "not_bound", "CRC", "US")]


def test_an_open_channel_is_found_by_its_code():
    found = advice("situation_report", "EE-FI")
    assert found.offer("report_union") == found.offered[0]
    assert found.offer("report_hague") is None


def test_practice_opens_a_channel_where_no_law_is_named_and_comes_after_law():
    [report] = advice("situation_report", "EE-FI").offered
    practice = replace(
        report.channel,
        code="a_practice",
        sources=(),
        sop_source=Texts.english("the network"),
        yields_to=frozenset(),
    )
    unnamed = replace(practice, code="unnamed", sop_source=None)
    pair = {"from_country": "EE", "to_country": "FI", "on": TODAY}
    found = channels((practice, unnamed, report.channel), Need.SITUATION_REPORT, **pair)
    assert [(one.channel.code, bool(one.basis)) for one in found.offered] == [
        ("report_union", True),
        ("a_practice", False),
    ]
    assert [(one.channel.code, one.bar, one.source, one.country) for one in found.closed] == [
        ("unnamed", Bar.NOT_BOUND, None, None)
    ]


def test_the_time_to_acknowledge_is_told_beside_that_to_answer():
    [abduction] = advice("return_of_child", "EE-FI").offered
    assert (abduction.answer, abduction.acknowledge) == (Standing.LAW, Standing.LAW)
    [report] = advice("situation_report", "EE-FI").offered
    assert report.acknowledge is None


def test_criminal_proceedings_can_be_transferred_from_february_2027_on():
    assert [one.bar.value for one in advice("transfer_of_proceedings", "EE-FI").closed] == ["not_in_force"]
    after = advice("transfer_of_proceedings", "EE-FI", date(2027, 2, 1))
    assert told(after) == ["transfer_of_proceedings: EU-2024/3011 5; law"]


def test_before_the_directive_was_amended_there_were_no_focal_points():
    assert told(advice("victim_referral", "EE-FI", date(2024, 7, 13))) == [
        "referral_convention: CoE-197 10(2), 32 and 34(4); words"
    ]


def test_a_number_that_was_read_is_law_only_where_it_binds_both():
    [report] = advice("situation_report", "EE-FI").offered
    assert report.channel.answer.limit is not None
    assert report.channel.standing(report.channel.answer, ("EE", "DK"), TODAY) is Standing.WORDS


def test_every_need_has_a_channel_and_is_a_kind_of_request_on_record():
    assert {channel.need for channel in law("ee").channels} == set(Need)
    for name in ("request_prepared", "request_sent", "request_received"):
        [kinds] = [field.choices for field in shape(FACT_TYPES[name]) if field.name == "request_kind"]
        assert set(kinds) == {*(need.value for need in Need), "other"}
