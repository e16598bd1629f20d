"""Checkpoints as the C2SP specification writes them, signed and opened by the real keys of crypto."""

import base64
import json
from pathlib import Path

import pytest

from encircle.core.journal.checkpoint import Checkpoint, CheckpointRefused, checkpoint_text, parse_checkpoint
from encircle.core.journal.tree import EMPTY_ROOT
from encircle.crypto.signed import NoteSigner, NoteVerifier, open_note, sign_note

NOTES = Path(__file__).parents[2] / "crypto" / "vectors" / "signed_note.json"
EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
SOFA = Checkpoint(
    "example.com/behind-the-sofa", 20852163, base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
)


def test_the_example_of_the_specification_is_read_and_written() -> None:
    assert parse_checkpoint(EXAMPLE) == SOFA
    assert checkpoint_text(SOFA) == EXAMPLE


def test_a_published_tree_head_of_the_go_checksum_database_is_verified_and_read() -> None:
    sumdb = json.loads(NOTES.read_text())["sumdb"]
    opened = open_note(sumdb["notes"][0].encode(), verifiers=[NoteVerifier.parse(sumdb["verifier"])])
    assert parse_checkpoint(opened.text) == Checkpoint(
        "go.sum database tree", 65209736, base64.b64decode("5+uGFjx6xBZG8ip1+wi77v+grwbhhukIrxEUS8PXvRo=")
    )


def test_our_own_checkpoint_is_signed_and_comes_back() -> None:
    head = Checkpoint("encircle.example/journal", 0, EMPTY_ROOT)
    signer = NoteSigner.of("encircle.example/journal", b"\x07" * 32)
    opened = open_note(sign_note(checkpoint_text(head), signer), verifiers=[signer.verifier])
    assert (parse_checkpoint(opened.text), opened.signed_by) == (head, ("encircle.example/journal",))


def test_extension_lines_are_allowed_and_not_kept() -> None:
    assert parse_checkpoint(EXAMPLE + "more\nand more\n") == SOFA


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        EXAMPLE.removesuffix("\n"),
        EXAMPLE + "\n",
        EXAMPLE + "more\n\nand more\n",
        EXAMPLE.replace("example.com/behind-the-sofa", ""),
        EXAMPLE.replace("20852163", ""),
        EXAMPLE.replace("20852163", "020852163"),
        EXAMPLE.replace("20852163", "+20852163"),
        EXAMPLE.replace("20852163", "-1"),
        EXAMPLE.replace("20852163", " 20852163"),
        EXAMPLE.replace("20852163", "٣"),
        EXAMPLE.replace("20852163", "9" * 20),
        EXAMPLE.replace("q2I=", "q2I"),
        EXAMPLE.replace("q2I=", "q2J="),
        EXAMPLE.replace("CsUYapGG", ""),
        EXAMPLE.replace("CsUYapGG", "CsU ÿpGG"),
        "example.com/behind-the-sofa\n20852163\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(CheckpointRefused) as refused:
        parse_checkpoint(text)
    assert refused.value.code == "checkpoint_malformed"


@pytest.mark.parametrize(
    "head",
    [
        Checkpoint("", 1, b"r" * 32),
        Checkpoint("a\nb", 1, b"r" * 32),
        Checkpoint("a", -1, b"r" * 32),
        Checkpoint("a", 1, b"r"),
    ],
)
def test_what_could_not_be_read_back_is_not_written(head: Checkpoint) -> None:
    with pytest.raises(ValueError, match=r"origin|size"):
        checkpoint_text(head)
