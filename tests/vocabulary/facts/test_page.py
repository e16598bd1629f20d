"""The look-up page names everything that can be stated."""

from pathlib import Path

from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS
from encircle.vocabulary.facts.page import facts_page
from encircle.vocabulary.facts.shape import shape

PAGE = Path(__file__).parents[3] / "docs" / "developer" / "facts.md"


def test_the_page_in_the_docs_is_not_stale():
    assert PAGE.read_text("utf-8") == facts_page(), "run `make docs`"


def test_the_page_has_a_heading_for_each_kind_and_each_type():
    headings = [line for line in facts_page().splitlines() if line.startswith("##")]
    assert [h for h in headings if h.startswith("## ")] == [f"## {kind.value}" for kind in KINDS]
    assert sorted(h for h in headings if h.startswith("### ")) == [
        f"### {name}" for name in sorted(FACT_TYPES)
    ]


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    tables = [line for line in facts_page().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables} == {3, 4}
    assert sum(line.count("|") == 4 for line in tables) == sum(
        len(shape(of)) + 2 * bool(shape(of)) for of in FACT_TYPES.values()
    )


def test_a_type_is_shown_with_its_mark_group_compartment_and_fields():
    wanted = """### guardian_met_child

The guardian or representative meets the child for the first time.

mark `met` · group M · compartment general · gdpr · only of a child that is born · for D02b

| field | value | what it says |
|---|---|---|
| `child_told_role` | true or false | Whether the child was told what a guardian does and may not do. |
| `contact_card_given` | true or false | Whether the child got a card with name and contact. |
"""
    assert wanted in facts_page()
