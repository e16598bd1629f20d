"""Mandates as packs state them: read whole, and their faults named with line and mend."""

from pathlib import Path

import pytest

from encircle.law.mandate import LedgerSeen, Mandate
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose
from tests.law.world import faults, law

GROUP, OTHER = list(FieldGroup)[:2]
DECISION, RELATION = next(iter(Decision)), next(iter(Relation))
WHOLE = f"""
- mandate: police
  sees: [{GROUP.value}, {OTHER.value}]
  summary: [{OTHER.value}]
  adds: [{OTHER.value}]
  purposes: [{Purpose.PROTECT.value}]
  decides: [{DECISION.value}]
  ledger: figures
  regime: {list(Regime)[-1].value}
  widened_by: [{RELATION.value}]
  emergency: [{GROUP.value}]
  sources:
    - {{act: EU-2011/36, at: "1(1), first sentence", not_bound: [EE], mark: G, read: null}}
    - {{act: CoE-197, at: "2", mark: G, read: null}}
"""


def test_a_mandate_is_read_whole_and_named_after_the_source_that_binds(tmp_path: Path) -> None:
    found = law(tmp_path, ee__mandates__a=WHOLE).mandates_by_role[Role.POLICE]
    assert found == Mandate(
        role=Role.POLICE,
        sees=frozenset({GROUP, OTHER}),
        summary=frozenset({OTHER}),
        adds=frozenset({OTHER}),
        purposes=frozenset({Purpose.PROTECT}),
        decides=frozenset({DECISION}),
        ledger=LedgerSeen.FIGURES,
        regime=list(Regime)[-1],
        widened_by=frozenset({RELATION}),
        emergency=frozenset({GROUP}),
        basis="CoE-197 2",
        sources=found.sources,
        set_by=None,
        origins=found.origins,
    )
    assert [source.at for source in found.sources] == ["1(1), first sentence", "2"]
    assert [str(origin) for origin in found.origins] == ["packs/ee/mandates/a.yaml:2"]


def test_a_mandate_sees_its_own_duties_under_the_general_rules_where_nothing_else_is_said(
    tmp_path: Path,
) -> None:
    lines = [line for line in WHOLE.splitlines() if "ledger:" not in line and "regime:" not in line]
    found = law(tmp_path, ee__mandates__a="\n".join(lines)).mandates_by_role[Role.POLICE]
    assert (found.ledger, found.regime) == (LedgerSeen.OWN, Regime.GDPR)


@pytest.mark.parametrize(
    ("was", "put", "told"),
    [
        ("mandate: police", "mandate: polise", "2: 'polise' is no role. Did you mean 'police'?"),
        (
            f"sees: [{GROUP.value}, {OTHER.value}]",
            f"sees: [{GROUP.value}]",
            "4: summary: a group that is not in 'sees'. Add it there.",
        ),
        (
            "ledger: figures",
            "ledger: some",
            "8: ledger 'some' is not known. Expected one of all, own, figures.",
        ),
        (
            f"purposes: [{Purpose.PROTECT.value}]",
            "purposes: protect",
            "6: 'purposes': expected a list, such as [{0}].",
        ),
        (
            f"widened_by: [{RELATION.value}]",
            "widened_by: [neighbour_of]",
            "10: widened_by 'neighbour_of' is not known. {1}",
        ),
    ],
)
def test_a_fault_of_a_mandate_is_named_with_its_line_and_the_mend(
    tmp_path: Path, was: str, put: str, told: str
) -> None:
    assert WHOLE.count(was) == 1
    relations = sorted(one.value for one in Relation)
    there = f"Expected one of {', '.join(relations[:12])}{', ...' if len(relations) > 12 else ''}."
    said = told.format(", ".join(one.value for one in list(Purpose)[:2]), there)
    assert faults(tmp_path, ee__mandates__a=WHOLE.replace(was, put)) == [f"packs/ee/mandates/a.yaml:{said}"]


VISITS = """
- mandate: lawyer
  sees: [M, R]
  adds: [M]
  purposes: [protect]
  visits: {represent: [M, R], protect: [M]}
  crosses: [R]
  sop_source: {en: "A practice"}
"""


def test_a_mandate_says_to_which_ends_a_record_is_visited_and_what_is_open_for_each(tmp_path: Path) -> None:
    found = law(tmp_path, ee__mandates__a=VISITS).mandates_by_role[Role.LAWYER]
    assert found.opened_for() == {
        VisitPurpose.PROTECT: frozenset({FieldGroup.MINIMUM}),
        VisitPurpose.REPRESENT: frozenset({FieldGroup.MINIMUM, FieldGroup.CRIMINAL}),
    }
    assert found.crosses == frozenset({FieldGroup.CRIMINAL})


@pytest.mark.parametrize(
    ("was", "put", "told"),
    [
        (
            "  crosses: [R]\n",
            "",
            "6: visits represent: R is collected under the other regime. "
            "Name it in 'crosses', with a source that allows this use.",
        ),
        ("protect: [M]}", "protect: [H]}", "6: visits protect: a group that is not in 'sees'. Add it there."),
        (
            "represent: [M, R]",
            "represnt: [M]",
            "6: visits 'represnt' is not known. Did you mean 'represent'?",
        ),
        ("{represent: [M, R], protect: [M]}", "[protect]", "6: 'visits': expected {purpose: [groups]}."),
    ],
)
def test_a_fault_of_a_visit_is_named_with_its_line_and_the_mend(
    tmp_path: Path, was: str, put: str, told: str
) -> None:
    assert VISITS.count(was) == 1
    found = faults(tmp_path, ee__mandates__a=VISITS.replace(was, put))
    assert [one for one in found if told in one] == [f"packs/ee/mandates/a.yaml:{told}"]
