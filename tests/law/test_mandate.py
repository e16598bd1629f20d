"""What a mandate says in one line, and the legal basis that a journal entry names."""

import pytest

from encircle.law.mandate import LedgerSeen, Mandate, basis_of
from encircle.law.source import Source
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.role import Role
from tests.law.world import act, source


def mandate(
    sees: frozenset[FieldGroup], adds: frozenset[FieldGroup], decides: frozenset[Decision], ledger: LedgerSeen
) -> Mandate:
    return Mandate(
        role=Role.POLICE,
        sees=sees,
        summary=frozenset(),
        adds=adds,
        purposes=frozenset(),
        decides=decides,
        ledger=ledger,
        regime=Regime.GDPR,
        widened_by=frozenset(),
        emergency=frozenset(),
        basis="mandate",
        sources=(),
        set_by=None,
        origins=(),
    )


def test_a_mandate_tells_in_one_line_what_its_role_sees_adds_and_decides() -> None:
    groups, decisions = list(FieldGroup), sorted(Decision)[:2]
    some = mandate(
        frozenset(groups[:3]), frozenset(groups[1:2]), frozenset(reversed(decisions)), LedgerSeen.ALL
    )
    assert some.told() == (
        f"sees {groups[0].value}{groups[1].value}{groups[2].value}; adds {groups[1].value}; duties: all; "
        f"decides {decisions[0].value}, {decisions[1].value}"
    )
    none = mandate(frozenset(), frozenset(), frozenset(), LedgerSeen.FIGURES)
    assert none.told() == "sees -; adds -; duties: figures; decides nothing"


ODD, LONG = act("an act"), "A" * 31


@pytest.mark.parametrize(
    ("sources", "binding", "basis"),
    [
        ((source(at="14(2), second sentence"),), (), "EU-1 14(2)"),
        ((source(at="14 and 15"),), (), "EU-1 14"),
        ((source(at="§ 14"),), (), "EU-1"),
        ((source(act=act(LONG), at=LONG),), (), f"{LONG} {LONG}"),
        ((source(act=act(LONG + "A")),), (), "mandate"),
        ((source(at="1"), source(at="2")), (source(at="2"),), "EU-1 2"),
        ((source(act=ODD), source(at="2")), (), "EU-1 2"),
        ((source(act=ODD),), (), "mandate"),
        ((), (), "mandate"),
    ],
)
def test_a_journal_entry_names_act_and_place_of_a_source_that_binds_first(
    sources: tuple[Source, ...], binding: tuple[Source, ...], basis: str
) -> None:
    assert basis_of(sources, binding=binding) == basis
