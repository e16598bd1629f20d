"""What somebody reads when a key or a seal does not do: what happened, and what to do now, to the word; never the secret."""

import base64
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from encircle.crypto.index import name_index
from encircle.crypto.keyring import InstallationKey, Keyring, data_key_aad, new_data_key, retire_key
from encircle.crypto.people import CHEAP, CostRefused, KeyPair, bound_to, lock, unlock
from encircle.crypto.sealed import open_sealed
from encircle.crypto.secret_file import KeyRefused, create_secret, read_secret
from encircle.crypto.signed import NoteSigner, NoteVerifier, open_note, sign_note
from encircle.vocabulary.refusal import Refused

SPRING = InstallationKey.of(b"spring".ljust(32, b"."))
ROW = data_key_aad(data_key_id="key-1", root_id="aino", compartment="location")
OURS = NoteSigner.of("journal", bytes(range(32)))
PUT_BACK = "put the key back from its safe copy"
PAIR, HERE = KeyPair.of(bytes(range(96))), bound_to("part", "carla")


def told(act: Callable[[], object]) -> tuple[str, str, str | None]:
    """Code, reason and what to do instead."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code, refused.value.reason, refused.value.instead


def test_a_seal_that_does_not_open_tells_nothing_but_whom_to_call() -> None:
    said = (
        "seal_broken",
        "This sealed part cannot be opened: its key, place or bytes are not those of its sealing.",
        "Run the journal check and tell the person who runs this installation.",
    )
    assert told(lambda: open_sealed(b"\x01" + bytes(60), key=bytes(32), aad=b"")) == said
    assert told(lambda: Keyring(SPRING).unwrap(b"cut", aad=ROW)) == said
    assert told(lambda: KeyPair.of(b"short")) == said


def test_a_lost_installation_key_is_named_and_where_to_look_for_it() -> None:
    wrapped = Keyring(SPRING).wrap(new_data_key(), aad=ROW)
    autumn = Keyring(InstallationKey.of(b"autumn".ljust(32, b".")))
    assert told(lambda: autumn.unwrap(wrapped, aad=ROW)) == (
        "key_missing",
        f"This is wrapped under the installation key {SPRING.id.hex()}, which is not in this keyring.",
        "Put that key back from its safe copy and name it among the older keys.",
    )


def test_a_name_that_is_empty_is_not_searched_for() -> None:
    assert told(lambda: name_index("", bytes(32))) == (
        "nothing_to_index",
        "An empty name cannot be searched for: every child without a name would be found.",
        "Leave the name out.",
    )


def test_a_passphrase_at_the_price_of_a_demonstration_is_refused_in_both_directions() -> None:
    said = (
        "passphrase_too_cheap",
        "This passphrase was made into a key at the price of a demonstration.",
        "Make new keys in this installation; those of a demonstration open nothing here.",
    )
    assert told(lambda: lock(PAIR, "four words", bound=HERE, cost=CHEAP)) == said
    cheap = lock(PAIR, "four words", bound=HERE, cost=CHEAP, cheap_is_allowed=True)
    assert told(lambda: unlock(cheap, "four words", bound=HERE)) == said
    with pytest.raises(CostRefused):
        unlock(cheap, "four words", bound=HERE)


def test_a_file_that_holds_no_key_says_which_file_it_is(tmp_path: Path) -> None:
    path = tmp_path / "key"
    absent = f"The installation key {path} could not be opened (No such file or directory)."
    assert told(lambda: read_secret(path, what="installation key")) == ("key_refused", absent, PUT_BACK)
    path.write_text("nothing")
    path.chmod(0o600)
    broken = f"The installation key {path} does not hold the base64 text of 32 bytes."
    assert told(lambda: read_secret(path, what="installation key")) == ("key_refused", broken, PUT_BACK)
    assert told(lambda: InstallationKey.from_file(path)) == ("key_refused", broken, PUT_BACK)
    folder = f"The installation key {tmp_path} is not a plain file."
    assert told(lambda: read_secret(tmp_path, what="installation key")) == (
        "key_refused",
        folder,
        "give the path of the key file itself",
    )


def test_a_new_key_is_never_written_over_another_nor_where_it_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "key"
    create_secret(path, what="installation key")
    assert told(lambda: create_secret(path, what="installation key")) == (
        "key_refused",
        f"The installation key {path} is there already and is never overwritten.",
        "use it, or name another",
    )
    nowhere = tmp_path / "absent" / "key"
    assert told(lambda: create_secret(nowhere, what="installation key")) == (
        "key_refused",
        f"The installation key {nowhere} could not be written (No such file or directory).",
        "give a folder that this account may write",
    )
    assert told(lambda: SPRING.copy_to(path)) == (
        "key_refused",
        f"The safe copy {path} is there already and is never overwritten.",
        "use it, or name another",
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_another_account_says_who_can_run_this(tmp_path: Path) -> None:
    path = tmp_path / "key"
    create_secret(path, what="installation key")
    os.chown(path, 65534, 65534)
    assert told(lambda: read_secret(path, what="installation key")) == (
        "key_refused",
        f"The installation key {path} belongs to another account.",
        "run this as the account that owns the file",
    )


def test_a_key_that_a_token_has_shut_says_how_the_token_is_named(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("pkcs11:" + base64.b64encode(b"shut").decode())
    path.chmod(0o600)
    assert told(lambda: InstallationKey.from_file(path)) == (
        "key_is_shut",
        f"The installation key in {path} is shut by a token.",
        "Name the token: ENCIRCLE_PKCS11_MODULE, ENCIRCLE_PKCS11_TOKEN and ENCIRCLE_PKCS11_PIN_FILE. "
        "A copy for the safe is bare: encircle keys copy.",
    )


def test_a_key_of_the_environment_is_named_by_its_setting() -> None:
    assert told(lambda: InstallationKey.from_text("secret", named="ENCIRCLE_KEY")) == (
        "key_refused",
        "The installation key in ENCIRCLE_KEY is not the base64 text of 32 bytes.",
        "Put the key back from its safe copy.",
    )


def test_an_older_key_that_is_not_there_is_not_retired(tmp_path: Path) -> None:
    InstallationKey.create_file(tmp_path / "key")
    assert told(lambda: retire_key(tmp_path / "key", SPRING.id)) == (
        "key_refused",
        f"No older installation key has the id {SPRING.id.hex()}.",
        "Look which there are: encircle keys show.",
    )
    with pytest.raises(KeyRefused):
        retire_key(tmp_path / "key", InstallationKey.from_file(tmp_path / "key").id)


def test_what_is_wrong_with_a_note_or_its_key_is_told_by_a_code_and_a_sentence() -> None:
    line = OURS.verifier.line
    other = NoteSigner.of("other", bytes(32))
    note = sign_note("head\n", OURS)
    for act, code, reason in (
        (
            lambda: NoteVerifier.parse("journal"),
            "key_line",
            "This is not the line of an Ed25519 verifier key.",
        ),
        (
            lambda: NoteVerifier.parse(line.replace("journal", "journals")),
            "key_line",
            "The id in this verifier key's line is not the id of its key.",
        ),
        (
            lambda: sign_note("no newline", OURS),
            "malformed",
            "The text of a note ends in a newline and has no control signs.",
        ),
        (lambda: sign_note("head\n"), "unsigned", "A note is signed by at least one key."),
        (
            lambda: open_note(b"nothing", verifiers=[OURS.verifier]),
            "malformed",
            "This is not a signed note.",
        ),
        (
            lambda: open_note(note, verifiers=[other.verifier]),
            "unsigned",
            "No key that is known here has signed this note.",
        ),
        (
            lambda: open_note(note.replace(b"head", b"tail"), verifiers=[OURS.verifier]),
            "signature_broken",
            "The signature of journal does not fit this text.",
        ),
        (
            lambda: open_note(note, verifiers=[OURS.verifier, OURS.verifier]),
            "ambiguous_key",
            "Two known keys carry the name journal and the same id.",
        ),
    ):
        assert told(act)[:2] == (f"note_{code}", reason)
