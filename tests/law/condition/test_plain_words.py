"""Conditions as people read them: English sentences, line by line where they are long."""

from dataclasses import replace
from pathlib import Path

import pytest

from encircle.core.child.schema import schema_for_each, situation_schema
from encircle.law.condition import Time, parse, parse_value
from encircle.law.condition.saying import Line, lacking, outline, sentence
from encircle.law.condition.words import Words
from encircle.law.pack.language import words_in
from encircle.vocabulary.facts.kind import Kind
from tests.law.condition.world import SITUATION


@pytest.fixture(scope="module")
def english() -> Words:
    words = words_in(Path(__file__).parents[3] / "packs", "en")
    assert words is not None
    return words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("child.is_child", "The child is under 18 (a claim or presumption counts)."),
        ("!child.victim_track", "The child does not have the rights of a presumed victim."),
        (
            "!(child.victim_track || child.died)",
            "The child does not have the rights of a presumed victim and the child has not died.",
        ),
        ("has(child.stateless) && child.stateless", "It is on record that the child has no nationality."),
        (
            "!(has(child.stateless) && child.stateless)",
            "It is not on record that the child has no nationality.",
        ),
        ("has(child.nationality)", "The child's nationality is on record."),
        ("child.nationality in ['EE', 'FI']", "The child's nationality is one of these: EE or FI."),
        ("child.open_proceedings >= 2", "The number of open proceedings is at least 2."),
        ("size(interviews) > 0", "There is at least one interview on record."),
        ("size(interviews) == 0", "The number on record (interview) is 0."),
        (
            "interviews.exists(i, i.held && i.premises == 'barnahus') && child.arrived",
            "(For at least one interview: the interview has taken place and the kind of place of the interview"
            " is a Barnahus) and the child has arrived in the country.",
        ),
        ("!interviews.exists(i, i.held)", "For no interview: the interview has taken place."),
        ("!interviews.all(i, i.held)", "For at least one interview: the interview has not taken place."),
        (
            "interviews.exists(i, i.held_at < decision.made_at + duration('72h'))",
            "For at least one interview: the time when the interview has taken place is before "
            "the time when this decision has been made plus 3 days.",
        ),
        ("true", "Always."),
        ("child.asylum_open == false", "An asylum proceeding is not open."),
        ("has(child.stateless)", "It is on record, one way or the other: the child has no nationality."),
        (
            "child.turns_18 > timestamp('2026-01-31T12:00:00Z')",
            "The child's 18th birthday is after 2026-01-31 12:00 UTC.",
        ),
        (
            "now - duration('90m') < child.arrived_at",
            "This moment minus 90 minutes is before the time when the child has arrived in the country.",
        ),
        (
            "child.arrived_known > now",
            "The time when it was learnt that the child has arrived in the country is after this moment.",
        ),
        (
            "child.arrived_by == decision.made_by",
            "The agency that says that the child has arrived in the country is "
            "the agency that says that this decision has been made.",
        ),
        ("child.nationality.startsWith('E')", "The child's nationality begins with “E”."),
        (
            "child.asylum_open ? child.arrived : child.is_child",
            "If an asylum proceeding is open: the child has arrived in the country; "
            "otherwise: the child is under 18 (a claim or presumption counts).",
        ),
        (
            "interviews.filter(i, i.held).exists_one(i, i.recorded)",
            "For exactly one interview of this kind (the interview has taken place): the interview is on record.",
        ),
        (
            "!interviews.exists_one(i, i.held)",
            "It is not so that (for exactly one interview: the interview has taken place).",
        ),
        (
            "interviews.map(i, i.purpose).exists(p, p == 'asylum')",
            "For at least one entry (for each interview: the purpose of the interview): the entry is asylum.",
        ),
        (
            "interviews.map(i, i.held).all(h, h)",
            "For every entry (for each interview: whether the interview has taken place): the entry is so.",
        ),
        (
            "services.exists(s, s.conditions.exists(c, c != 'none'))",
            "For at least one service: for at least one entry of what the service was made to depend on:"
            " the entry is not none.",
        ),
        (
            "child.asylum_open ? child.arrived : false",
            "If an asylum proceeding is open: the child has arrived in the country; otherwise: never.",
        ),
        (
            "(child.asylum_open ? child.nationality : child.habitual_residence) == 'EE'",
            "If an asylum proceeding is open: the child's nationality; "
            "otherwise: the country where the child habitually lived is EE.",
        ),
        (
            "child.nationality in decisions.map(d, d.id)",
            "The child's nationality is among entry (for each decision: the decision).",
        ),
        ("child.arrived in [true]", "Whether the child has arrived in the country is yes."),
        (
            "decisions.exists(d, d.made && d.id != decision.id)",
            "For at least one decision: the decision has been made and the decision is not this decision.",
        ),
        (
            "interviews.exists(i, interviews.exists(j, i.held_at < j.held_at))",
            "For at least one interview: for at least one interview j: the time when the interview has taken place"
            " is before the time when the interview j has taken place.",
        ),
    ],
)
def test_a_condition_is_said_plainly(english: Words, text: str, said: str) -> None:
    condition = parse(text, schema=schema_for_each(Kind.DECISION))
    assert sentence(condition, english) == said
    assert lacking(condition, english) == ()


def test_a_value_is_said_as_well(english: Words) -> None:
    moved = parse_value("child.arrived_at + duration('36h')", schema=situation_schema(), expect=Time())
    assert sentence(moved, english) == "The time when the child has arrived in the country plus 36 hours."


def test_what_belongs_to_a_thing_of_a_thing_is_said(english: Words) -> None:
    condition = parse("child.guardian.appointed", schema=SITUATION)
    assert sentence(condition, english) == "The child's “guardian” has been appointed."


def test_a_long_condition_is_said_line_by_line(english: Words) -> None:
    text = (
        "child.victim_track && (child.arrived || child.asylum_open || child.return_open) &&"
        " !lawyers.exists(l, l.current && l.consulted && l.advised_on_trafficking)"
    )
    assert outline(parse(text, schema=situation_schema()), english) == (
        Line(0, "all of these:"),
        Line(1, "the child has the rights of a presumed victim"),
        Line(1, "at least one of these:"),
        Line(2, "the child has arrived in the country"),
        Line(2, "an asylum proceeding is open"),
        Line(2, "a return or migration proceeding is open"),
        Line(1, "for no lawyer: all of these:"),
        Line(2, "the lawyer is current (begun and not ended)"),
        Line(2, "the child has spoken in confidence with the lawyer"),
        Line(2, "the lawyer has advised the child on trafficking and non-punishment"),
    )


def test_what_the_language_has_no_word_for_stands_in_quotation_marks(english: Words) -> None:
    poor = replace(english, kinds={}, attributes={}, codes={})
    condition = parse("interviews.exists(i, !i.held && i.premises == 'barnahus')", schema=situation_schema())
    assert sentence(condition, poor) == (
        "For at least one “interview”: it is not so that “interview”: “held” and “interview”'s “premises” is “barnahus”."
    )
    assert lacking(condition, poor) == ("barnahus", "held", "interview", "premises")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("child.is_child", "It is on record that the child is under 18 (a claim or presumption counts)."),
        (
            "!child.is_child",
            "It is on record that the child is not under 18 (a claim or presumption counts).",
        ),
        ("child.country == 'EE'", "It is on record that the country of the child is EE."),
        ("!(child.country == 'EE')", "It is on record that the country of the child is not EE."),
        (
            "child.country in ['EE', 'FI']",
            "It is on record that the country of the child is one of these: EE or FI.",
        ),
        (
            "'EE' == child.country",
            "The country of the child is on record and EE is the country of the child.",
        ),
        (
            "child.country in child.languages",
            "The country of the child is on record and the country of the child is among the child's “languages”.",
        ),
        (
            "child.first_seen < now",
            "The child's “first seen” is on record and the child's “first seen” is before this moment.",
        ),
        (
            "child.first_seen < timestamp('2026-01-31T12:00:00Z')",
            "The child's “first seen” is on record and the child's “first seen” is before 2026-01-31 12:00 UTC.",
        ),
    ],
)
def test_what_is_on_record_and_asked_alone_is_said_in_one(english: Words, text: str, said: str) -> None:
    of = next(path for path in ("child.is_child", "child.country", "child.first_seen") if path in text)
    assert sentence(parse(f"has({of}) && {text}", schema=SITUATION), english) == said


def test_what_is_on_record_or_so_is_said_in_two(english: Words) -> None:
    either = parse("has(child.country) || child.country == 'EE'", schema=SITUATION)
    assert (
        sentence(either, english)
        == "The country of the child is on record or the country of the child is EE."
    )
