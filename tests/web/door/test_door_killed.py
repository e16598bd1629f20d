"""A server killed while reports come in: none that was acknowledged is lost or doubled, no word of any stands anywhere."""

import http.client
import os
import re
import shutil
import signal
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.test_serve import SYSTEM, free_port, running

CANARY = "Canary-5e0c83b1"
TEXT = f"{CANARY} " * 300
ROUNDS = int(os.environ.get("ROUNDS", "50"))
"""How often it is killed. Each time a start of the server, which takes some seconds."""
AT_ONCE, CLIENTS = 24, 8


@pytest.fixture
def folder() -> Iterator[Path]:
    """As root the database lies in a system folder: here one that goes with the test."""
    made = Path(tempfile.mkdtemp(prefix="encircle-door-"))
    made.chmod(0o711)
    SYSTEM["ENCIRCLE_DATABASE_FOLDER"] = str(made / "system")
    if os.geteuid() == 0:
        SYSTEM["ENCIRCLE_DATABASE_ACCOUNT"] = "nobody"
    yield made
    shutil.rmtree(made, ignore_errors=True)


def asked(port: int, **fields: str) -> str:
    """The page that answers; nothing, where nobody answers."""
    body = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/hello/", body, timeout=30) as answer:
            return str(answer.read().decode())
    except (OSError, urllib.error.URLError, http.client.HTTPException):
        return ""


def new_form(port: int) -> str:
    form = re.search(r'name="form" value="([^"]+)"', asked(port))
    return form[1] if form else ""


def sent(port: int, form: str) -> str:
    """The digits of the code that was shown, if one was."""
    code = re.search(r'class="code" dir="ltr">([0-9 ]{29})<', asked(port, step="send", form=form, text=TEXT))
    return code[1] if code else ""


def found_in(folder: Path, word: str) -> list[Path]:
    """The files that hold that word, plain or as the hexadecimal text of its bytes."""
    wanted = (word.encode(), word.encode().hex().encode(), word.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if any(one in path.read_bytes() for one in wanted)]


def kill(server: int, folder: Path) -> None:
    """The server, what it has started, and its database: all that works in this folder or on it."""
    found = [*descendants(server), server]
    while found:
        for one in found:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        time.sleep(0.1)
        found = [one for one in map(int, filter(str.isdigit, os.listdir("/proc"))) if is_of(one, folder)]


def descendants(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [found for child in map(int, children) for found in (*descendants(child), child)]


def is_of(process: int, folder: Path) -> bool:
    at = Path(f"/proc/{process}")
    try:
        known = [(at / "cmdline").read_bytes(), (at / "environ").read_bytes(), bytes((at / "cwd").readlink())]
        return (at / "stat").read_text().rpartition(")")[2].split()[0] != "Z" and any(
            bytes(folder) in one for one in known
        )
    except OSError:
        return False


def written_once(port: int, code: str) -> bool:
    return asked(port, step="inbox", code=code).count(TEXT.strip()) == 1


@pytest.mark.full
def test_killed_again_and_again_nothing_is_lost_or_doubled_and_no_word_stands_anywhere(folder: Path):
    port, data, temporary = free_port(), folder / "data", folder / "temporary"
    temporary.mkdir(mode=0o777)
    options = ("demo", "--children", "0", "--bind", f"127.0.0.1:{port}", "--data", str(data))
    codes: dict[str, str] = {}
    said: list[str] = []
    for _ in range(ROUNDS):
        with running(*options, TMPDIR=str(temporary)) as (process, first):
            said += first
            cut_off = [form for form, code in codes.items() if not code]
            codes |= {form: sent(port, form) for form in cut_off}
            forms = [new_form(port) for _ in range(AT_ONCE)]
            assert all(forms)
            with ThreadPoolExecutor(CLIENTS) as pool:
                waiting = {form: pool.submit(sent, port, form) for form in forms}
                assert waiting[forms[0]].result()
                kill(process.pid, folder)
                codes |= {form: one.result() for form, one in waiting.items()}
            assert process.stdout is not None
            said += process.stdout.read().splitlines()
    assert found_in(folder, CANARY) == []
    assert not any(CANARY in line for line in said)
    (folder / "planted").write_text(f"so {CANARY} is found")
    assert found_in(folder, CANARY) == [folder / "planted"]
    with running(*options, TMPDIR=str(temporary)):
        codes |= {form: sent(port, form) for form, code in codes.items() if not code}
        assert len(set(codes.values())) == len(codes) == ROUNDS * AT_ONCE
        assert [form for form, code in codes.items() if not written_once(port, code)] == []
