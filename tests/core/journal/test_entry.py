"""The bytes of an entry: one encoding, every field in it, no two entries alike."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.core.journal.entry import Entry, EntryKind, entry_bytes

CARLAS_LOOK = Entry(
    id="e-1",
    at=datetime(2026, 11, 23, 9, 30, 0, 250, tzinfo=UTC),
    kind=EntryKind.LOOK,
    actor="carla",
    agency="lastekaitse",
    role="child_protection_service",
    purpose="assess",
    legal_basis="LKS § 27",
    regime="gdpr",
    field_groups=("M", "H"),
    root_id="aino",
    duty="D02b",
    outcome="allowed",
    body_digest=bytes(range(32)),
)
A_SIGN_IN = Entry(
    id="e-2",
    at=datetime(2026, 11, 23, 9, 29, tzinfo=UTC),
    kind=EntryKind.SIGN_IN,
    actor="carla",
    agency=None,
    role=None,
    purpose=None,
    legal_basis=None,
    regime=None,
    field_groups=(),
    root_id=None,
    duty=None,
    outcome="passkey",
    body_digest=None,
)


def test_the_encoding_never_changes_because_stored_leaves_depend_on_it() -> None:
    assert entry_bytes(CARLAS_LOOK).decode() == (
        '{"actor":"carla","agency":"lastekaitse","at":"2026-11-23T09:30:00.000250Z",'
        '"body_digest":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","duty":"D02b",'
        '"field_groups":["M","H"],"id":"e-1","kind":"look","legal_basis":"LKS § 27","outcome":"allowed",'
        '"purpose":"assess","regime":"gdpr","role":"child_protection_service","root_id":"aino","v":1}'
    )


def test_an_entry_without_child_says_so() -> None:
    assert json.loads(entry_bytes(A_SIGN_IN)) == {
        "actor": "carla",
        "agency": None,
        "at": "2026-11-23T09:29:00.000000Z",
        "body_digest": None,
        "duty": None,
        "field_groups": [],
        "id": "e-2",
        "kind": "sign_in",
        "legal_basis": None,
        "outcome": "passkey",
        "purpose": None,
        "regime": None,
        "role": None,
        "root_id": None,
        "v": 1,
    }


def test_every_field_of_an_entry_is_in_its_bytes() -> None:
    visited = replace(CARLAS_LOOK, visit="protect")
    assert set(json.loads(entry_bytes(visited))) == {field.name for field in fields(Entry)} | {"v"}


def test_an_entry_in_a_visit_says_so_and_is_of_the_second_format() -> None:
    told, before = (
        json.loads(entry_bytes(one)) for one in (replace(CARLAS_LOOK, visit="protect"), CARLAS_LOOK)
    )
    assert told == {**before, "visit": "protect", "v": 2}


CHANGES = {
    "id": "e-9",
    "at": CARLAS_LOOK.at + timedelta(microseconds=1),
    "kind": EntryKind.WRITE,
    "actor": "dmitri",
    "agency": "politsei",
    "role": "police",
    "purpose": "investigate",
    "legal_basis": "LKS § 28",
    "regime": "law_enforcement",
    "field_groups": ("H", "M"),
    "root_id": "another child",
    "duty": None,
    "outcome": "refused",
    "body_digest": bytes(32),
    "visit": "investigate",
}


def test_the_table_of_changes_names_every_field() -> None:
    assert set(CHANGES) == {field.name for field in fields(Entry)}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_change_of_any_field_changes_the_bytes(name: str) -> None:
    assert entry_bytes(replace(CARLAS_LOOK, **{name: CHANGES[name]})) != entry_bytes(CARLAS_LOOK)


def test_nothing_said_is_not_the_same_as_an_empty_word() -> None:
    assert entry_bytes(replace(A_SIGN_IN, duty="")) != entry_bytes(A_SIGN_IN)


def test_one_instant_has_one_encoding_in_every_zone() -> None:
    there = CARLAS_LOOK.at.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert entry_bytes(replace(CARLAS_LOOK, at=there)) == entry_bytes(CARLAS_LOOK)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names its zone"):
        entry_bytes(replace(CARLAS_LOOK, at=CARLAS_LOOK.at.replace(tzinfo=None)))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(texts, texts, st.lists(texts, max_size=3), texts, texts, st.lists(texts, max_size=3))
def test_two_entries_look_alike_only_if_they_are_the_same(
    actor: str, duty: str, groups: list[str], other_actor: str, other_duty: str, other_groups: list[str]
) -> None:
    one = replace(CARLAS_LOOK, actor=actor, duty=duty, field_groups=tuple(groups))
    two = replace(CARLAS_LOOK, actor=other_actor, duty=other_duty, field_groups=tuple(other_groups))
    assert (entry_bytes(one) == entry_bytes(two)) is (one == two)
    assert json.loads(entry_bytes(one))["actor"] == actor
