"""Signed notes against the public vectors of the Go checksum database and the C2SP specification."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.crypto.secret_file import KeyRefused
from encircle.crypto.signed import NoteRefused, NoteSigner, NoteVerifier, OpenedNote, open_note, sign_note

VECTORS = json.loads((Path(__file__).parent / "vectors" / "signed_note.json").read_text())
GO = VECTORS["go"]
TEXT: str = GO["text"]
PETER_LINE: str = GO["peter_line"]
PETER = NoteVerifier.parse(GO["peter_verifier"])
ENOCH = NoteVerifier.parse(GO["enoch_verifier"])
PETER_SIGNER = NoteSigner.of("PeterNeumann", base64.b64decode(GO["peter_signer"].split("+", 4)[4])[1:])
ENOCH_SIGNER = NoteSigner.of("EnochRoot", bytes(32))  # in the Go example its seed is 32 zeros
NOTE = f"{TEXT}\n{PETER_LINE}".encode()
OURS = NoteSigner.of("encircle.example/journal", b"\x07" * 32)


def refusal(note: bytes, *verifiers: NoteVerifier) -> str:
    with pytest.raises(NoteRefused) as refused:
        open_note(note, verifiers=verifiers)
    return refused.value.code


def test_the_published_note_verifies() -> None:
    assert open_note(NOTE, verifiers=[PETER]) == OpenedNote(TEXT, ("PeterNeumann",))


def test_signing_gives_the_published_note_byte_for_byte() -> None:
    assert sign_note(TEXT, PETER_SIGNER) == NOTE
    assert sign_note(TEXT, PETER_SIGNER, ENOCH_SIGNER) == NOTE + GO["enoch_line"].encode()


def test_verifier_lines_are_the_published_ones() -> None:
    assert (PETER_SIGNER.verifier.line, ENOCH_SIGNER.verifier.line) == (
        GO["peter_verifier"],
        GO["enoch_verifier"],
    )
    assert (PETER_SIGNER.verifier, ENOCH_SIGNER.verifier) == (PETER, ENOCH)


def test_the_example_of_the_specification_verifies() -> None:
    example = VECTORS["c2sp"]
    opened = open_note(example["note"].encode(), verifiers=[NoteVerifier.parse(example["verifier"])])
    assert opened == OpenedNote("This is an example message.\n", ("example.com/foo",))


@pytest.mark.parametrize("note", VECTORS["sumdb"]["notes"])
def test_tree_heads_that_the_go_checksum_database_published_verify(note: str) -> None:
    verifier = NoteVerifier.parse(VECTORS["sumdb"]["verifier"])
    assert open_note(note.encode(), verifiers=[verifier]).signed_by == ("sum.golang.org",)
    changed = note.replace("\n65209736\n", "\n65209737\n").replace("\n31700353\n", "\n31700354\n")
    assert refusal(changed.encode(), verifier) == "note_signature_broken"


@pytest.mark.parametrize(
    "malformed",
    [
        TEXT.encode(),
        f"{TEXT}\n".encode(),
        f"{TEXT}\n{PETER_LINE.removesuffix(chr(10))}".encode(),
        b"\x01" + NOTE,
        b"\xff" + NOTE,
        f"{TEXT}\n{PETER_LINE.replace('PeterNeumann', 'Bad Name')}".encode(),
        NOTE + b"Unexpected line.\n",
        NOTE + b"\n",
        f"{TEXT}\n{PETER_LINE.replace('PeterNeumann', 'Peter+Neumann')}".encode(),
        f"{TEXT}\n{PETER_LINE.replace('AM=', 'AM')}".encode(),
        f"{TEXT}\n{PETER_LINE.replace('AM=', 'AN=')}".encode(),  # the same bytes in a second spelling
        f"{TEXT}\n— PeterNeumann x08goA==\n".encode(),
        b"",
        b"\n\n",
        f"{TEXT}{PETER_LINE}".encode(),
    ],
)
def test_a_malformed_note_is_refused(malformed: bytes) -> None:
    assert refusal(malformed, PETER) == "note_malformed"


def test_a_hundred_signatures_are_read_and_a_hundred_and_one_refused() -> None:
    assert open_note(TEXT.encode() + b"\n" + PETER_LINE.encode() * 100, verifiers=[PETER]).text == TEXT
    assert refusal(TEXT.encode() + b"\n" + PETER_LINE.encode() * 101, PETER) == "note_malformed"


def test_a_note_too_large_is_refused() -> None:
    assert refusal(b"a" * 1_000_000 + b"\n\n" + PETER_LINE.encode(), PETER) == "note_malformed"


def test_a_known_keys_broken_signature_refuses_the_note_also_beside_a_good_one() -> None:
    broken = PETER_LINE.replace("RyyBwJnAM=", "RyyBwJnBM=")
    assert broken != PETER_LINE
    for lines in (broken, broken + GO["enoch_line"], GO["enoch_line"] + broken, broken + PETER_LINE):
        assert refusal(f"{TEXT}\n{lines}".encode(), PETER, ENOCH) == "note_signature_broken"


def test_a_repeated_line_of_a_verified_key_is_skipped() -> None:
    broken = PETER_LINE.replace("RyyBwJnAM=", "RyyBwJnBM=")
    assert open_note(NOTE + broken.encode(), verifiers=[PETER]).signed_by == ("PeterNeumann",)


def test_unknown_keys_are_ignored_but_do_not_stand_for_the_note() -> None:
    both = sign_note(TEXT, PETER_SIGNER, ENOCH_SIGNER)
    assert open_note(both, verifiers=[ENOCH]).signed_by == ("EnochRoot",)
    assert open_note(both, verifiers=[ENOCH, PETER]).signed_by == ("PeterNeumann", "EnochRoot")
    assert refusal(both) == "note_unsigned"
    assert refusal(NOTE, ENOCH) == "note_unsigned"


def test_a_key_of_the_same_name_but_another_id_is_unknown() -> None:
    stranger = NoteSigner.of("PeterNeumann", bytes(32)).verifier
    assert refusal(NOTE, stranger) == "note_unsigned"


def test_two_known_keys_that_can_not_be_told_apart_are_refused() -> None:
    assert refusal(NOTE, PETER, PETER) == "note_ambiguous_key"
    assert open_note(NOTE, verifiers=[ENOCH, PETER, ENOCH]).signed_by == ("PeterNeumann",)


def test_no_mangled_verifier_line_is_read() -> None:
    line = PETER.line
    cut = [line[begin:end] for begin in range(len(line)) for end in range(begin, len(line) + 1)]
    bumped = [line[:at] + chr(ord(line[at]) + 1) + line[at + 1 :] for at in range(len(line))]
    for mangled in {*cut, *bumped, *GO["bad_verifiers"]} - {line}:
        with pytest.raises(NoteRefused):
            NoteVerifier.parse(mangled)


def test_32_bytes_that_are_no_point_of_the_curve_accept_nothing() -> None:
    assert not NoteVerifier.of("odd", b"\x02" + b"\xff" * 31).accepts(b"text", b"s" * 64)


@pytest.mark.parametrize("text", ["", "no newline", "tab\there\n", "null\0\n"])
def test_a_text_that_can_not_stand_in_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(NoteRefused) as refused:
        sign_note(text, OURS)
    assert refused.value.code == "note_malformed"


def test_a_note_without_signers_is_not_made() -> None:
    with pytest.raises(NoteRefused, match="at least one key"):
        sign_note(TEXT)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "a\x00b"])
def test_a_name_that_would_break_the_line_is_refused(name: str) -> None:
    with pytest.raises(NoteRefused):
        NoteSigner.of(name, bytes(32))


lines = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)


@given(st.lists(lines, min_size=1, max_size=5))
def test_any_text_that_is_signed_comes_back_whole(parts: list[str]) -> None:
    text = "\n".join(parts) + "\n"
    assert open_note(sign_note(text, OURS), verifiers=[OURS.verifier]).text == text


def test_no_single_flipped_bit_of_a_note_goes_unseen() -> None:
    note = sign_note("encircle.example/journal\n8\nroot\n", OURS)
    for at in range(len(note) * 8):
        spoilt = bytearray(note)
        spoilt[at // 8] ^= 1 << at % 8
        with pytest.raises(NoteRefused):
            open_note(bytes(spoilt), verifiers=[OURS.verifier])


def test_a_signing_key_lives_in_a_secret_file_and_is_not_shown(tmp_path: Path) -> None:
    made = NoteSigner.create_file("encircle.example/journal", tmp_path / "journal.key")
    again = NoteSigner.from_file("encircle.example/journal", tmp_path / "journal.key")
    assert again.verifier == made.verifier
    assert open_note(sign_note(TEXT, again), verifiers=[made.verifier]).text == TEXT
    assert repr(made) == f"NoteSigner(verifier={made.verifier!r})"
    (tmp_path / "journal.key").chmod(0o640)
    with pytest.raises(KeyRefused, match=r"The signing key .* other accounts"):
        NoteSigner.from_file("encircle.example/journal", tmp_path / "journal.key")
