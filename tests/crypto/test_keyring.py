"""The keyring: wrapping, rotation, and what a lost key means."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from encircle.crypto.keyring import (
    WRAPPED_BYTES,
    InstallationKey,
    KeyMissing,
    Keyring,
    KeyUse,
    data_key_aad,
    load_keyring,
    new_data_key,
)
from encircle.crypto.sealed import SealBroken
from encircle.crypto.secret_file import KeyRefused

SPRING = InstallationKey.of(b"spring".ljust(32, b"."))
AUTUMN = InstallationKey.of(b"autumn".ljust(32, b"."))
ROW = data_key_aad(data_key_id="key-1", root_id="aino", compartment="location")


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=60))
def test_a_wrapped_key_comes_back_in_its_place(data_key: bytes, aad: bytes) -> None:
    ring = Keyring(SPRING)
    wrapped = ring.wrap(data_key, aad=aad)
    assert ring.unwrap(wrapped, aad=aad) == data_key
    assert (wrapped[:8], len(wrapped)) == (SPRING.id, WRAPPED_BYTES)
    assert data_key not in wrapped


def test_every_new_data_key_is_another_one_of_32_bytes() -> None:
    keys = {new_data_key() for _ in range(50)}
    assert (len(keys), {len(key) for key in keys}) == (50, {32})


@pytest.mark.parametrize(
    "row",
    [
        data_key_aad(data_key_id="key-2", root_id="aino", compartment="location"),
        data_key_aad(data_key_id="key-1", root_id="another child", compartment="location"),
        data_key_aad(data_key_id="key-1", root_id="aino", compartment="general"),
    ],
    ids=["row", "child", "compartment"],
)
def test_a_wrapped_key_put_in_another_row_does_not_open_that_childs_record(row: bytes) -> None:
    with pytest.raises(SealBroken):
        Keyring(SPRING).unwrap(Keyring(SPRING).wrap(new_data_key(), aad=ROW), aad=row)


def test_no_flipped_bit_and_no_cut_of_a_wrapped_key_goes_unseen() -> None:
    ring = Keyring(SPRING, (AUTUMN,))
    wrapped = ring.wrap(new_data_key(), aad=ROW)
    for at in range(len(wrapped) * 8):
        spoilt = bytearray(wrapped)
        spoilt[at // 8] ^= 1 << at % 8
        with pytest.raises((SealBroken, KeyMissing)):
            ring.unwrap(bytes(spoilt), aad=ROW)
    for length in range(len(wrapped)):
        with pytest.raises(SealBroken):
            ring.unwrap(wrapped[:length], aad=ROW)


def test_a_wrapped_key_relabelled_to_another_installation_key_does_not_open() -> None:
    wrapped = Keyring(SPRING).wrap(new_data_key(), aad=ROW)
    with pytest.raises(SealBroken):
        Keyring(SPRING, (AUTUMN,)).unwrap(AUTUMN.id + wrapped[8:], aad=ROW)


def test_rotation_keeps_every_data_key_readable_and_ends_with_the_old_key_gone() -> None:
    data_keys = [new_data_key() for _ in range(5)]
    stored = [Keyring(SPRING).wrap(each, aad=ROW) for each in data_keys]

    during = Keyring(AUTUMN, older=(SPRING,))
    assert [during.unwrap(each, aad=ROW) for each in stored] == data_keys
    assert [during.is_current(each) for each in stored] == [False] * 5

    stored = [during.rewrap(each, aad=ROW) for each in stored]
    assert [during.is_current(each) for each in stored] == [True] * 5
    assert [Keyring(AUTUMN).unwrap(each, aad=ROW) for each in stored] == data_keys


def test_without_its_installation_key_a_data_key_is_lost_and_the_refusal_names_the_key() -> None:
    wrapped = Keyring(SPRING).wrap(new_data_key(), aad=ROW)
    with pytest.raises(KeyMissing) as refused:
        Keyring(AUTUMN).unwrap(wrapped, aad=ROW)
    assert refused.value.code == "key_missing"
    assert SPRING.id.hex() in refused.value.reason


def test_derived_keys_are_hkdf_of_the_installation_key_and_no_two_uses_share_one() -> None:
    derived = {use: SPRING.derived(use) for use in KeyUse}
    assert derived == {
        use: HKDF(SHA256(), 32, None, use.value.encode()).derive(b"spring".ljust(32, b".")) for use in KeyUse
    }
    assert len(set(derived.values())) == len(KeyUse)
    assert SPRING.id == derived[KeyUse.KEY_ID][:8]


def test_hkdf_gives_the_published_key_of_rfc_5869_without_salt_and_info() -> None:
    """Test case 3 of RFC 5869: so that our use of the library is the standard one."""
    published = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    assert HKDF(SHA256(), 42, None, b"").derive(b"\x0b" * 22).hex() == published


def test_while_rotating_the_index_can_be_searched_under_both_keys() -> None:
    ring = Keyring(AUTUMN, older=(SPRING,))
    assert ring.derived(KeyUse.NAME_INDEX) == (
        AUTUMN.derived(KeyUse.NAME_INDEX),
        SPRING.derived(KeyUse.NAME_INDEX),
    )


def test_a_key_is_the_same_key_whatever_was_derived_from_it() -> None:
    used = InstallationKey.of(b"spring".ljust(32, b"."))
    assert used.derived(KeyUse.WRAP) == used.derived(KeyUse.WRAP)
    assert used == InstallationKey.of(b"spring".ljust(32, b".")) != AUTUMN


def test_secrets_are_not_shown() -> None:
    shown = repr(Keyring(SPRING, (AUTUMN,)))
    assert "spring" in repr(b"spring")  # so would the secret look
    assert "spring" not in shown
    assert repr(SPRING.id) in shown


def test_a_keyring_is_loaded_from_its_files(tmp_path: Path) -> None:
    old = InstallationKey.create_file(tmp_path / "old.key")
    new = InstallationKey.create_file(tmp_path / "new.key")
    ring = load_keyring(tmp_path / "new.key", older=[tmp_path / "old.key"])
    assert ring == Keyring(new, (old,))
    (tmp_path / "old.key").chmod(0o644)
    with pytest.raises(KeyRefused, match="other accounts"):
        load_keyring(tmp_path / "new.key", older=[tmp_path / "old.key"])


def test_a_key_in_the_environment_is_the_same_key_as_in_a_file(tmp_path: Path) -> None:
    in_file = InstallationKey.create_file(tmp_path / "key")
    text = (tmp_path / "key").read_text()
    assert InstallationKey.from_text(f" {text}\n", named="ENCIRCLE_KEY") == in_file


@pytest.mark.parametrize("text", ["", "c2hvcnQ=", "not base64!", "A" * 43, "ä" * 44, "A" * 45 + "==="])
def test_a_text_that_is_no_key_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(KeyRefused) as refused:
        InstallationKey.from_text(text, named="ENCIRCLE_KEY")
    assert str(refused.value) == (
        "The installation key in ENCIRCLE_KEY is not the base64 text of 32 bytes. "
        "Put the key back from its safe copy."
    )


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_keys_of_another_size_are_a_mistake_of_the_program(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        InstallationKey.of(b"x" * length)
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(SPRING).wrap(b"x" * length, aad=ROW)
