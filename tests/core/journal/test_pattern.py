"""Patterns of looks: each is told from a number of practice of its own."""

from encircle.actions.law import law_of
from encircle.core.journal.pattern import Pattern


def test_each_pattern_is_told_from_a_number_that_the_packs_name():
    named = {sop.code for sop in law_of("ee").sops}
    assert [pattern.value for pattern in Pattern if pattern.sop not in named] == []
    assert len({pattern.sop for pattern in Pattern}) == len(Pattern)
