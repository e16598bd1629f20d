"""Which types of facts answer a condition is found from what it reads, for every duty of every pack."""

import pytest

from encircle.actions.law import law_of
from encircle.core.child.derived import DERIVED
from encircle.core.duty.answering import types_for_evidence, types_read
from tests.core.duty.world import NEEDS_GUARDIAN
from tests.core.world import duty


@pytest.mark.parametrize(
    ("path", "types"),
    [
        ("interviews[].planned", ("interview_planned",)),
        ("interview.planned_at", ("interview_planned",)),
        ("interviews[].companion", ("interview_held",)),
        ("interviews[].purpose", ("interview_planned", "interview_held")),
        ("child.guardian_current", ("guardian_appointed", "guardian_ended")),
        ("child.no_such_attribute", ()),
        ("nobody.knows", ()),
    ],
)
def test_a_path_is_answered_by_marks_fields_and_what_derived_ones_read(path: str, types: tuple[str, ...]):
    assert types_read((path,)) == types


def test_what_is_derived_rests_on_what_facts_say_and_never_on_what_is_derived():
    assert [
        (kind, name, of, read)
        for kind, derived in DERIVED.items()
        for name, one in derived.items()
        for of, read in one.reads
        if read in DERIVED.get(of, {})
    ] == []


@pytest.mark.parametrize("country", ["ee", "gb", "eu", "coe"])
def test_every_evidence_of_every_duty_is_answered_by_some_type_of_fact(country: str):
    bare = [
        (duty.code, one.id)
        for duty in law_of(country).duties
        for one in duty.evidence
        if not types_for_evidence(one)
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("dated", "types"),
    [
        (None, ("guardian_appointed", "guardian_ended")),
        ("guardians.ended", ("guardian_ended", "guardian_appointed")),
        ("guardians.met", ("guardian_met_child", "guardian_appointed", "guardian_ended")),
    ],
)
def test_the_type_that_dates_an_evidence_comes_first_and_each_once(dated: str | None, types: tuple[str, ...]):
    [evidence] = duty("true", needs=NEEDS_GUARDIAN, dated=dated).evidence
    assert types_for_evidence(evidence) == types


def test_the_plan_of_an_interview_is_dated_by_the_plan():
    plan, *_ = (one for one in law_of("eu").duty("D06").evidence if one.id == "plan")
    assert types_for_evidence(plan)[0] == "interview_planned"
