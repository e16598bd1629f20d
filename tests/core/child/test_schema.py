"""The schema: what conditions may name. Whatever a fact type or the derived table says is there, and nothing else."""

import pytest

from encircle.core.child import AsOf, fold
from encircle.core.child.derived import DERIVED
from encircle.core.child.schema import kind_records, schema_for_each, situation_schema
from encircle.core.child.template import TEMPLATES
from encircle.law.condition import Bool, Int, ListOf, Record, Str, Time, parse
from encircle.law.condition.fault import ConditionError
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS, OWN_RECORDS, Kind
from tests.core.world import ZONE, at, seen


def test_the_scope_has_the_child_each_collection_and_now() -> None:
    of_a_child = {doc.plural for kind, doc in KINDS.items() if kind not in OWN_RECORDS}
    assert set(situation_schema().fields) == {"now", *of_a_child}
    assert set(seen([]).scope) == set(situation_schema().fields)


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_subject_has_every_attribute_of_its_kind(kind: Kind) -> None:
    assert set(TEMPLATES[kind]) == set(kind_records()[kind].fields)


@pytest.mark.parametrize("kind", OWN_RECORDS)
def test_an_own_record_has_itself_and_now_and_nothing_of_a_child(kind: Kind) -> None:
    schema = situation_schema().beside[kind.value]
    assert dict(schema.fields) == {"now": Time(), kind.value: kind_records()[kind]}
    assert set(fold([], AsOf(at("2026-11-28")), zone=ZONE, whose=kind).earliest.scope) == set(schema.fields)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in OWN_RECORDS])
def test_for_each_adds_the_subject_under_its_own_name(kind: Kind) -> None:
    record = kind_records()[kind]
    assert schema_for_each(kind).fields[kind.value] is record
    whole = situation_schema().fields[KINDS[kind].plural]
    assert whole is record if kind is Kind.CHILD else whole == ListOf(record)


def test_every_mark_has_its_time_its_knowledge_and_its_source() -> None:
    for fact_type in FACT_TYPES.values():
        fields = kind_records()[fact_type.about].fields
        suffixes = {
            suffix: type(fields[f"{fact_type.mark}{suffix}"]) for suffix in ("", "_at", "_known", "_by")
        }
        assert suffixes == {"": Bool, "_at": Time, "_known": Time, "_by": Str}


def test_what_a_derived_attribute_rests_on_is_there_to_be_read() -> None:
    records = kind_records()
    reads = {
        (kind, name, of, read)
        for kind, table in DERIVED.items()
        for name, derived in table.items()
        for of, read in derived.reads
    }
    assert {one for one in reads if one[3] not in records[one[2]].fields} == set()
    assert {(k, n) for k, table in DERIVED.items() for n, d in table.items() if not d.reads} == set()


def test_derived_types_are_those_that_conditions_know() -> None:
    fields = kind_records()[Kind.CHILD].fields
    expected = {"bool": Bool, "int": Int, "time": Time, "code": Str}
    wrong = {n for n, d in DERIVED[Kind.CHILD].items() if not isinstance(fields[n], expected[d.type])}
    assert wrong == set()
    assert isinstance(fields["protection"], Str)
    assert "presumed_victim" in (fields["protection"].choices or ())


def test_a_condition_on_an_attribute_that_no_fact_can_set_is_refused() -> None:
    parse("child.presumed && guardians.exists(g, g.appointed)", schema=situation_schema())
    with pytest.raises(ConditionError):
        parse("child.divined", schema=situation_schema())
    with pytest.raises(ConditionError):
        parse("guardian.appointed", schema=situation_schema())
    parse("guardian.appointed", schema=schema_for_each(Kind.GUARDIAN))


def test_a_record_keeps_its_identity_so_that_conditions_are_compiled_once() -> None:
    assert situation_schema() is situation_schema()
    assert isinstance(kind_records()[Kind.GUARDIAN], Record)
