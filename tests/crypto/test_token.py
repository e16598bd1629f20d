"""A token keeps the installation key shut: without it, with a wrong PIN or with another one the file opens nothing."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from encircle.crypto.keyring import InstallationKey, older_keys, retire_key, rotate_key
from encircle.crypto.secret_file import KeyRefused
from encircle.crypto.token import Token

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
MODULE = next((Path(one) for one in MODULES if Path(one).exists()), None)
PIN = "274613"

pytestmark = pytest.mark.skipif(
    MODULE is None or shutil.which("softhsm2-util") is None,
    reason="needs a software token (Debian: apt-get install softhsm2)",
)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the software tokens `encircle` and `another`, and a file with the PIN of both."""
    folder = tmp_path_factory.mktemp("tokens")
    (folder / "held").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder / 'held'}\nobjectstore.backend = file\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        for label in ("encircle", "another"):
            words = [
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--pin",
                PIN,
                "--so-pin",
                PIN,
            ]
            subprocess.run(words, check=True, capture_output=True)
        a_file(folder / "pin", PIN)
        yield folder


def a_file(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


@pytest.fixture
def token(tokens: Path) -> Token:
    assert MODULE is not None
    made = Token(MODULE, "encircle", tokens / "pin")
    made.prepare()
    return made


@pytest.fixture
def key_file(token: Token, tmp_path: Path) -> Path:
    InstallationKey.create_file(tmp_path / "installation-key", token=token)
    return tmp_path / "installation-key"


def test_a_token_is_prepared_once(token: Token):
    assert not token.prepare()


def test_the_key_opens_with_its_token_and_its_file_holds_nothing_else(token: Token, key_file: Path):
    first, second = (InstallationKey.from_file(key_file, token=token) for _ in range(2))
    assert first == second
    assert key_file.read_text().startswith("pkcs11:")
    with pytest.raises(KeyRefused, match="is shut by a token"):
        InstallationKey.from_file(key_file)


def test_a_wrong_pin_another_token_or_no_token_opens_nothing_and_tells_no_more(
    token: Token, key_file: Path, tokens: Path, tmp_path: Path
):
    wrong = Token(token.module, "encircle", a_file(tmp_path / "pin", "000000"))
    another = Token(token.module, "another", tokens / "pin")
    absent = Token(token.module, "nowhere", tokens / "pin")
    another.prepare()
    said = []
    for one in (wrong, another, absent):
        with pytest.raises(KeyRefused) as refused:
            InstallationKey.from_file(key_file, token=one)
        said.append(refused.value.code)
        assert PIN not in str(refused.value)
    assert said == ["token_refused"] * 3


def test_a_token_that_was_not_prepared_says_how_it_is(tokens: Path, tmp_path: Path):
    assert MODULE is not None
    words = ["softhsm2-util", "--init-token", "--free", "--label", "bare", "--pin", PIN, "--so-pin", PIN]
    subprocess.run(words, check=True, capture_output=True, env=os.environ)
    with pytest.raises(KeyRefused, match=r"holds no key of Encircle|did not do it"):
        InstallationKey.create_file(
            tmp_path / "installation-key", token=Token(MODULE, "bare", tokens / "pin")
        )
    assert not (tmp_path / "installation-key").exists()


def test_what_was_altered_does_not_open(token: Token, key_file: Path):
    line = key_file.read_text().strip()
    a_file(key_file, line[:-8] + ("A" if line[-8] != "A" else "B") + line[-7:])
    with pytest.raises(KeyRefused):
        InstallationKey.from_file(key_file, token=token)


def test_a_bare_key_moves_behind_the_token(token: Token, tmp_path: Path):
    path = tmp_path / "installation-key"
    bare = InstallationKey.create_file(path)
    made = rotate_key(path, token=token)
    assert InstallationKey.from_file(path, token=token) == made
    assert path.read_text().startswith("pkcs11:")
    assert [InstallationKey.from_file(one).id for one in older_keys(path)] == [bare.id]
    retire_key(path, bare.id, token=token)
    assert older_keys(path) == []


def test_a_key_behind_the_token_is_changed_for_another_behind_it(token: Token, key_file: Path):
    first = InstallationKey.from_file(key_file, token=token)
    second, third = rotate_key(key_file, token=token), rotate_key(key_file, token=token)
    older = [InstallationKey.from_file(one, token=token).id for one in older_keys(key_file)]
    assert (older, InstallationKey.from_file(key_file, token=token)) == ([first.id, second.id], third)
    assert retire_key(key_file, second.id, token=token).name.endswith(second.id.hex())


def test_the_copy_for_the_safe_opens_without_the_token(token: Token, key_file: Path, tmp_path: Path):
    key = InstallationKey.from_file(key_file, token=token)
    key.copy_to(tmp_path / "copy")
    assert InstallationKey.from_file(tmp_path / "copy") == key
    with pytest.raises(KeyRefused):
        key.copy_to(tmp_path / "copy")
