"""What the documentation of the language shows is what the language does."""

import re
from pathlib import Path

import pytest

from encircle.law.condition import Condition, parse
from encircle.law.condition.grammar import DEEPEST
from encircle.law.condition.syntax import Comparison, Quantifier
from encircle.law.condition.token import LONGEST
from encircle.law.pack.language import words_in
from tests.law.condition.world import SITUATION, aino, interview

PAGE = (Path(__file__).parents[3] / "docs" / "developer" / "conditions.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```cel\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_a_condition(text: str) -> None:
    condition = parse(text, schema=SITUATION)
    assert isinstance(condition, Condition)
    assert condition.holds(aino(interview())) in (True, False)


def test_the_page_names_every_form_and_limit() -> None:
    assert EXAMPLES
    missing = [how.value for how in (*Comparison, *Quantifier) if how.value not in PAGE]
    assert missing == []
    assert f"Texts over {LONGEST:,} characters, nesting over {DEEPEST} levels" in PAGE


def test_the_python_examples_run() -> None:
    source = "".join(re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
    seen: dict[str, object] = {"scope": {**aino(interview()), "now": aino()["now"]}}
    seen["words"] = words_in(Path(__file__).parents[3] / "packs", "en")
    exec(source, seen)
    assert f'# "{seen["said"]}"' in source
    condition = seen["condition"]
    assert isinstance(condition, Condition)
    assert condition.reads == ("child.is_child", "child.parental_care")
