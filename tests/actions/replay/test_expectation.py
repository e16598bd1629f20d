"""Expectations: one that could never hold, or never fail, is told like any other mistake."""

from pathlib import Path

import pytest

from tests.actions.replay.world import GIRL, line_of, problems


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        (
            "{id: E, child: aino, as_of: 2026-03-03, code: D02b, state: [opened]}",
            "state: got 'opened'. Did you mean 'open'?",
        ),
        (
            "{id: E, child: aino, as_of: 2026-03-03, axis: is_chld, value: true}",
            "axis: got 'is_chld'. Did you mean 'is_child'?",
        ),
        (
            "{id: E, child: aino, as_of: 2026-03-03}",
            "code: expected one of: axis with value, code with state, never.",
        ),
        (
            "{id: E, child: aino, as_of: 2026-03-03, code: D02b, for: guardian-2, state: open}",
            "for: got 'guardian-2'. Did you mean 'guardian-1'?",
        ),
        (
            "{id: E, child: aino, as_of: 2026-03-03, code: P9, by_fact: clam, state: raised}",
            "by_fact: got 'clam'. Did you mean 'claim'?",
        ),
        ("{id: E, child: aino, code: D02b, state: open}", "as_of: missing. Expected a text."),
        (
            "{id: E, child: aino, as_of: 2026-03-03, code: D02b, state: {a: b}}",
            "state: expected a word, or a list of words.",
        ),
    ],
)
def test_an_expectation_that_could_never_hold_or_fail_is_told(
    tmp_path: Path, expected: str, told: str
) -> None:
    text = f"{GIRL}expect:\n  - {expected}\n"
    assert problems(tmp_path, text) == [f"girl.yaml:{line_of(text, expected)}: {told}"]
