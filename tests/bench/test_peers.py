"""The bench beside peers measures the same answers: what it asks in short is what the ledger says in full."""

import pytest

from bench._peer_children import children
from bench._peer_inputs import CODES
from bench._peer_ours import Ours
from bench.peers import compare
from encircle.actions.law import law_of


@pytest.fixture(scope="module")
def ours() -> Ours:
    return Ours(law_of("ee"), children(200))


def test_what_is_measured_is_what_the_ledger_says(ours: Ours):
    assert ours.same_question() == ours.answers()


def test_every_duty_is_open_for_some_children_and_not_for_others(ours: Ours):
    answers = ours.answers()
    one_sided = [code for code in CODES if len({answer[code] is False for answer in answers}) == 1]
    assert one_sided == []


def test_the_children_are_the_same_ones_each_time():
    assert children(5) == children(5)


def test_a_peer_that_answers_otherwise_is_not_measured(ours: Ours):
    theirs = ours.answers()
    theirs[3]["D24"] = not theirs[3]["D24"]
    with pytest.raises(SystemExit, match="A peer answers otherwise for child 3"):
        compare(ours.answers(), "A peer", theirs)
