"""Reading payloads: what fits is read, all else is refused in words that say what to write instead."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.vocabulary.facts.age import DateOfBirthRecorded
from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.payload import LARGEST_PAYLOAD, payload_problems, read_payload
from encircle.vocabulary.facts.withdrawal import Withdrawal
from encircle.vocabulary.refusal import BadInput
from tests.vocabulary.facts.example import TYPES, least, payloads, whole


def refusal(type_name: str, values: dict[str, object]) -> tuple[str, str, str]:
    with pytest.raises(BadInput) as caught:
        read_payload(type_name, values)
    return caught.value.code, caught.value.where, caught.value.reason


@pytest.mark.parametrize("of", TYPES, ids=lambda of: of.name)
def test_every_type_reads_its_least_and_its_whole_payload(of: FactType):
    assert type(read_payload(of.name, least(of))) is of.payload
    written = msgspec.json.encode(read_payload(of.name, whole(of)))
    assert msgspec.json.decode(written) == whole(of)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_payload_survives_being_written_and_read(data: st.DataObject):
    of = data.draw(st.sampled_from(TYPES))
    payload = read_payload(of.name, data.draw(payloads(of)))
    assert msgspec.json.decode(msgspec.json.encode(payload), type=of.payload) == payload


def test_a_time_may_be_a_year_or_date_as_yaml_gives_it():
    year = read_payload("date_of_birth_recorded", {"date_of_birth": 1978, "evidence": "statement"})
    assert year == DateOfBirthRecorded(date_of_birth="1978", evidence="statement")


def test_none_means_not_given():
    assert read_payload("withdrawal", {"withdrawal_reasons": "wrong child"}) == Withdrawal(
        withdrawal_reasons="wrong child"
    )
    assert refusal("withdrawal", {"withdrawal_reasons": None})[0] == "missing_field"


def test_line_breaks_and_tabs_belong_to_texts_but_not_to_numbers_of_papers():
    assert read_payload("withdrawal", {"withdrawal_reasons": "one\n\ttwo"}) == Withdrawal(
        withdrawal_reasons="one\n\ttwo"
    )
    found = refusal("document_recorded", {"document_kind": "visa", "number": "1\n2"})
    assert found[:2] == ("control_character", "number")


@pytest.mark.parametrize(
    ("type_name", "values", "told"),
    [
        (
            "guardian_apointed",
            {},
            (
                "unknown_type",
                "type",
                "There is no type of fact called 'guardian_apointed'. "
                "Did you mean guardian_appointed or guardian_ended or guardian_requested?",
            ),
        ),
        (
            "age_claimed",
            {"claimed_chld": True},
            (
                "unknown_field",
                "'claimed_chld'",
                "age_claimed has no field 'claimed_chld'. Did you mean claimed_child or claimed_years?",
            ),
        ),
        (
            "referral_received",
            {"zzz": 1},
            ("unknown_field", "'zzz'", "referral_received has no field 'zzz'. There are: receipt_number."),
        ),
        (
            "age_claimed",
            {},
            (
                "missing_field",
                "claimed_child",
                "age_claimed needs the field claimed_child. Expected true or false. "
                "Whether the person is said to be under 18.",
            ),
        ),
        (
            "age_claimed",
            {"claimed_child": "perhaps"},
            ("wrong_value", "claimed_child", "claimed_child: got 'perhaps'. Expected true or false."),
        ),
        (
            "step_taken",
            {"step": "charge", "sentence_months": -1},
            (
                "wrong_value",
                "sentence_months",
                "sentence_months: got -1. Expected a whole number from 0 to 100,000.",
            ),
        ),
        (
            "age_assessment_refused",
            {"refused_by_role": "gardian"},
            (
                "wrong_value",
                "refused_by_role",
                "refused_by_role: got 'gardian'. Did you mean guardian? Expected one of child, guardian.",
            ),
        ),
        (
            "indicator_noted",
            {"indicator": "C2"},
            (
                "wrong_value",
                "indicator",
                "indicator: got 'C2'. Expected an indicator of the list, such as IND-C2, "
                "or IND-EE-C2 for one of a country.",
            ),
        ),
        (
            "birth_expected",
            {"expected": "in spring"},
            (
                "wrong_value",
                "expected",
                "expected: Got 'in spring', which is not a time. Expected 2009, 2009-05, 2009-05-06, "
                "2009-05-06T23, 2009-05-06T23:00 or 1994/1996.",
            ),
        ),
        (
            "withdrawal",
            {"withdrawal_reasons": " \n"},
            (
                "wrong_value",
                "withdrawal_reasons",
                "withdrawal_reasons is empty. Expected text of 1 to 20,000 characters, or leave the field out.",
            ),
        ),
        (
            "withdrawal",
            {"withdrawal_reasons": "wrong\x07"},
            (
                "control_character",
                "withdrawal_reasons",
                "withdrawal_reasons: the text holds a control character, which nobody can see. Remove it.",
            ),
        ),
        (
            "withdrawal",
            {"withdrawal_reasons": "wrong \ud83d"},
            (
                "half_character",
                "withdrawal_reasons",
                "withdrawal_reasons: the text holds half of a character (a lone surrogate). Write the whole one.",
            ),
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_was_expected(
    type_name: str, values: dict[str, object], told: tuple[str, str, str]
):
    assert refusal(type_name, values) == told


def test_a_payload_over_size_is_refused_and_one_below_is_not():
    longest = "😀" * 16_000
    assert len(longest.encode()) < LARGEST_PAYLOAD
    read_payload("assessment_made", {"assessment_kind": "needs", "reasons": longest})
    found = refusal(
        "assessment_made",
        {"assessment_kind": "needs", "reasons": longest, "measures_refused_reasons": "x" * 2_000},
    )
    assert found == (
        "over_size",
        "payload",
        "The payload has 66,070 bytes, and 65,536 is the most. Shorten its longest text.",
    )


def test_a_refusal_never_repeats_free_text():
    code, _, reason = refusal("withdrawal", {"withdrawal_reasons": "Aino " * 5_000})
    assert (code, reason) == (
        "wrong_value",
        "withdrawal_reasons: got 25,000 characters. Expected text of 1 to 20,000 characters.",
    )


def test_a_refusal_never_shows_an_invisible_character():
    _, where, reason = refusal("referral_received", {"x\x00y": 1})
    assert where == r"'x\x00y'"
    assert reason.isprintable()


def test_all_that_is_wrong_with_a_payload_is_told_in_the_order_of_its_fields():
    values = {"picture": 1, "purpose": "chat", "to_be_recorded": "perhaps"}
    told = [(one.where, one.code) for one in payload_problems("interview_planned", values)]
    assert told == [
        ("at", "missing_field"),
        ("purpose", "wrong_value"),
        ("to_be_recorded", "wrong_value"),
        ("'picture'", "unknown_field"),
    ]
    assert payload_problems("interview_planned", {"at": "2026-12-24"}) == ()
    assert [one.code for one in payload_problems("interview_seen", {})] == ["unknown_type"]
