"""What an earlier release has sealed opens in this one: an update that changed a constant would lose every child's record.

The seals in vectors/kept.json were made once, with keys that anybody can read here.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from encircle.crypto import report, way_back
from encircle.crypto.keyring import InstallationKey, Keyring, KeyUse, data_key_aad
from encircle.crypto.people import KeyPair, bound_to, held, open_with, unlock
from encircle.crypto.pieces import open_piece
from encircle.crypto.sealed import FactsKey, SealBroken, fact_aad, open_sealed

KEPT = json.loads((Path(__file__).parent / "vectors" / "kept.json").read_text())
SPRING = InstallationKey.of(b"spring".ljust(32, b"."))
PAIR = KeyPair.of(bytes(range(96)))
KEY, CODE, FORM = bytes(range(32)), bytes(range(10)), b"f" * 16
HERE = bound_to("part", "carla", "aino", "fact-1")
STREET = b"a street and a number"


def kept(name: str) -> bytes:
    return base64.b64decode(KEPT[name])


def test_a_childs_data_key_and_its_facts_open() -> None:
    row = data_key_aad(data_key_id="key-1", root_id="aino", compartment="location")
    assert Keyring(SPRING).unwrap(kept("data key"), aad=row) == KEY
    assert open_sealed(kept("fact"), key=KEY, aad=fact_aad(1, "fact-1", "aino", "location")) == STREET
    facts = FactsKey(KEY, child_id="aino", compartment="location")
    assert facts.open(kept("fact"), fact_id="fact-1", format_version=1) == STREET


def test_what_was_sealed_to_people_opens_and_so_do_their_own_keys() -> None:
    assert open_with(PAIR, kept("to people"), bound=HERE) == STREET
    locked = kept("passphrase")
    assert unlock(locked, "four words of hers here", bound=HERE, cheap_is_allowed=True) == PAIR
    assert held(kept("visit"), "session-1", bound=HERE) == PAIR
    assert hashlib.sha256(PAIR.public).hexdigest() == KEPT["public"]


def test_a_report_opens_by_its_code_and_its_parts_and_files_open() -> None:
    assert hashlib.sha256(way_back.pair_of_code(CODE).public).hexdigest() == KEPT["of code"]
    assert way_back.drawn_code(FORM, key=KEY).hex() == KEPT["drawn"]
    assert way_back.key_of_form(FORM, key=KEY).hex() == KEPT["form"]
    assert report.name_of_key(PAIR.public).hex() == KEPT["name of key"]
    assert report.open_report_key(PAIR, kept("report key"), report="r") == KEY
    assert report.open_part(kept("part"), key=KEY, report="r", part="p", kind="account") == b"words"
    pieces = [base64.b64decode(one) for one in KEPT["pieces"]]
    assert [open_piece(one, key=KEY, number=at, of=2) for at, one in enumerate(pieces)] == [b"one", b"two"]


@pytest.mark.parametrize("use", list(KeyUse), ids=lambda use: use.name)
def test_what_is_derived_from_an_installation_key_stays_what_it_was(use: KeyUse) -> None:
    assert SPRING.derived(use).hex() == KEPT["derived"][use.name]


@pytest.mark.parametrize(
    "moved",
    [
        {"fact_id": "fact-2"},
        {"format_version": 2},
        {"child_id": "another child"},
        {"compartment": "general"},
        {"key": bytes(32)},
        {"blob": b"\x02" + kept("fact")[1:]},
        {"blob": kept("fact")[:28]},
        {"blob": b""},
        {"blob": kept("fact") + b"\0"},
    ],
)
def test_a_fact_moved_to_another_place_or_altered_opens_with_no_key_of_that_child(
    moved: dict[str, Any],
) -> None:
    place = {"fact_id": "fact-1", "format_version": 1, "child_id": "aino", "compartment": "location"}
    given: dict[str, Any] = {"key": KEY, "blob": kept("fact"), **place, **moved}
    facts = FactsKey(given["key"], child_id=given["child_id"], compartment=given["compartment"])
    with pytest.raises(SealBroken):
        facts.open(given["blob"], fact_id=given["fact_id"], format_version=given["format_version"])


@pytest.mark.parametrize("length", [16, 24, 31, 33])
def test_a_key_of_another_size_opens_no_facts(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        FactsKey(b"k" * length, child_id="aino", compartment="location")
