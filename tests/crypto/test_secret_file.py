"""Secret files: made once, whole, for one account; everything else is refused in one clear line."""

import base64
import os
import threading
from pathlib import Path

import pytest

from encircle.crypto.secret_file import KeyRefused, create_secret, read_secret


def refusal(path: Path) -> KeyRefused:
    with pytest.raises(KeyRefused) as refused:
        read_secret(path, what="installation key")
    assert refused.value.code == "key_refused"
    assert "\n" not in str(refused.value)
    return refused.value


def test_a_new_secret_is_32_bytes_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "installation.key"
    secret = create_secret(path, what="installation key")
    assert (len(secret), path.stat().st_mode & 0o777) == (32, 0o600)
    assert read_secret(path, what="installation key") == secret
    assert list(tmp_path.iterdir()) == [path]  # nothing half-made stays behind


def test_two_new_secrets_differ(tmp_path: Path) -> None:
    assert create_secret(tmp_path / "a", what="key") != create_secret(tmp_path / "b", what="key")


def test_the_umask_does_not_open_a_new_secret(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        create_secret(tmp_path / "key", what="installation key")
    finally:
        os.umask(before)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_secret_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "installation.key"
    secret = create_secret(path, what="installation key")
    with pytest.raises(KeyRefused, match="is there already and is never overwritten"):
        create_secret(path, what="installation key")
    assert read_secret(path, what="installation key") == secret
    assert list(tmp_path.iterdir()) == [path]


def test_of_many_starts_at_once_one_makes_the_key_and_the_others_are_refused(tmp_path: Path) -> None:
    path, made, refused = tmp_path / "installation.key", [], []
    together = threading.Barrier(8)

    def start() -> None:
        together.wait()
        try:
            made.append(create_secret(path, what="installation key"))
        except KeyRefused as no:
            refused.append(no)

    starts = [threading.Thread(target=start) for _ in range(8)]
    for each in starts:
        each.start()
    for each in starts:
        each.join()
    assert (len(made), len(refused)) == (1, 7)
    assert read_secret(path, what="installation key") == made[0]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602, 0o644, 0o601])
def test_a_secret_open_to_others_is_refused_with_the_way_to_close_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "installation.key"
    create_secret(path, what="installation key")
    path.chmod(mode)
    refused = refusal(path)
    assert (refused.reason, refused.instead) == (
        f"The installation key {path} can be read or changed by other accounts (mode 0{mode:o}).",
        f"chmod 600 {path}",
    )
    path.chmod(0o400)
    assert len(read_secret(path, what="installation key")) == 32


def test_a_secret_lies_as_one_line_of_base64_so_that_it_can_be_copied(tmp_path: Path) -> None:
    path = tmp_path / "installation.key"
    secret = create_secret(path, what="installation key")
    assert path.read_bytes() == base64.b64encode(secret) + b"\n"
    path.write_bytes(base64.b64encode(secret))  # as a hand or a secret store may write it
    assert read_secret(path, what="installation key") == secret


KEY_TEXT = base64.b64encode(b"s" * 32)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"s" * 32,
        base64.b64encode(b"s" * 31),
        base64.b64encode(b"s" * 33),
        KEY_TEXT * 2,
        KEY_TEXT + b"\n" + KEY_TEXT,
        KEY_TEXT + b" " * 200 + KEY_TEXT,
        KEY_TEXT[:-1] + b"!",
        b"\xff" * 44,
    ],
)
def test_a_file_that_does_not_hold_a_whole_key_is_refused_and_not_shown(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "installation.key"
    path.write_bytes(content)
    path.chmod(0o600)
    refused = refusal(path)
    assert refused.reason == f"The installation key {path} does not hold the base64 text of 32 bytes."
    assert "c3Nz" not in str(refused)


def test_an_absent_secret_is_refused_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "installation.key"
    assert (
        refusal(path).reason
        == f"The installation key {path} could not be opened (No such file or directory)."
    )
    assert not path.exists()


def test_a_folder_and_a_pipe_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    assert "is not a plain file" in refusal(tmp_path).reason
    assert "is not a plain file" in refusal(tmp_path / "pipe").reason


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_secret_of_another_account_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "installation.key"
    create_secret(path, what="installation key")
    os.chown(path, 65534, 65534)
    assert "belongs to another account" in refusal(path).reason


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyRefused, match="could not be written"):
        create_secret(tmp_path / "absent" / "installation.key", what="installation key")
