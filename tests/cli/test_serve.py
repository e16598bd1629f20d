"""One command starts everything and ends everything: a real database, real pages, real signals."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

PATIENCE_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def words(command: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "encircle", command, *options]


SYSTEM: dict[str, str] = {}


@pytest.fixture(scope="module", autouse=True)
def _nothing_stays_behind() -> Iterator[None]:
    """As root the database lies in a system folder: here one that goes with the tests."""
    folder = Path(tempfile.mkdtemp(prefix="encircle-serve-"))
    folder.chmod(0o711)
    SYSTEM["ENCIRCLE_DATABASE_FOLDER"] = str(folder / "system")
    if os.geteuid() == 0:
        SYSTEM["ENCIRCLE_DATABASE_ACCOUNT"] = "nobody"
    yield
    shutil.rmtree(folder, ignore_errors=True)


def environment() -> dict[str, str]:
    """The environment of a newcomer: nothing of Encircle or of the tests is set, but where a root keeps databases."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("ENCIRCLE_", "DATABASE_URL", "DJANGO_"))}
    return {**kept, **SYSTEM, "PYTHONWARNINGS": "default"}


@contextmanager
def running(*arguments: str, **given: str) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """The command, once it has said that it is ready, with what it said until then."""
    process = subprocess.Popen(
        words(*arguments),
        env={**environment(), **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.rstrip())
            if line.startswith("Encircle is ready"):
                break
        else:
            pytest.fail("It ended by itself:\n" + "\n".join(said[-20:]))
        yield process, said
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)
        if process.stdout is not None:
            process.stdout.close()


def processes_about(folder: Path) -> list[str]:
    """Every process whose command line names that folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line and entry.name != str(os.getpid()):
            found.append(line)
    return found


def page(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, list[str], Path]]:
    port, data = free_port(), tmp_path_factory.mktemp("demo")
    with running("demo", "--children", "8", "--bind", f"127.0.0.1:{port}", "--data", str(data)) as (_, said):
        yield port, said, data


def test_the_demonstration_prints_its_address_and_one_sign_in(demonstration: tuple[int, list[str], Path]):
    port, said, _ = demonstration
    text = "\n".join(said)
    assert f"http://127.0.0.1:{port}/" in text
    assert re.search(r"login: +demo", text)
    assert re.search(r"password: +\S{8,}", text)


def test_one_desk_of_the_demonstration_is_there_at_night(demonstration: tuple[int, list[str], Path]):
    words = [sys.executable, "-m", "encircle", "agency", "reports", "--data", str(demonstration[2])]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "Child protection service, east" in told
    assert "NO DESK IS NAMED" not in told


def work_of_the_printed_sign_in(demonstration: tuple[int, list[str], Path]) -> str:
    """The first page of whoever the demonstration prints."""
    port, said, _ = demonstration
    printed = re.search(r"login: +(\S+)\n +password: +(\S+)", "\n".join(said))
    assert printed is not None
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = opener.open(f"http://127.0.0.1:{port}/sign-in/", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None
    typed = {"csrfmiddlewaretoken": token[1], "login": printed[1], "password": printed[2]}
    sent = urllib.parse.urlencode(typed).encode()
    opened: str = opener.open(f"http://127.0.0.1:{port}/sign-in/", sent, timeout=20).read().decode()
    return opened


def test_the_printed_sign_in_opens_the_work_of_the_region_of_the_north(
    demonstration: tuple[int, list[str], Path],
):
    opened = work_of_the_printed_sign_in(demonstration)
    assert "Child protection service, north" in opened
    assert re.search(r"/records/[0-9a-z]{4}-[0-9a-z]{4}/", opened)


def keys(verb: str, data: Path, *more: str) -> tuple[int, str]:
    """A verb of `encircle keys`: its exit status, and what it said."""
    done = subprocess.run(
        words("keys", verb, *more, "--data", str(data)),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_new_key_takes_the_place_of_the_old_one_beside_the_running_pages_also_when_it_is_killed(
    demonstration: tuple[int, list[str], Path],
):
    _, _, data = demonstration
    before = keys("show", data)[1].split()[0]
    killed = subprocess.Popen(
        words("keys", "rotate", "--data", str(data)), env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert killed.stdout is not None
    assert killed.stdout.readline().startswith("The current key is ")
    killed.kill()
    killed.wait()
    killed.stdout.close()
    assert "/records/" in work_of_the_printed_sign_in(demonstration)
    status, said = keys("move", data)
    assert (status, said.splitlines()[-1].partition(":")[0]) == (0, "Moved"), said
    assert f"{before} older" in keys("show", data)[1]
    status, said = keys("drill", data, "--copy", str(data / "keys" / "installation-key"))
    assert (status, "The drill is passed." in said) == (0, True), said
    assert keys("retire", data, before, "--give-up-codes")[0] == 0
    assert before not in keys("show", data)[1]
    assert "/records/" in work_of_the_printed_sign_in(demonstration)


def test_the_first_page_asks_who_is_there_and_loads_nothing_from_elsewhere(
    demonstration: tuple[int, list[str], Path],
):
    port, _, _ = demonstration
    status, text = page(port, "/")
    assert status == 200
    assert 'type="password"' in text
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", text)


def test_it_says_that_it_lives_and_that_it_is_ready(demonstration: tuple[int, list[str], Path]):
    port, _, _ = demonstration
    assert page(port, "/-/live")[0] == 200
    assert page(port, "/-/ready")[0] == 200


def test_a_second_start_on_the_same_folder_gets_one_clear_line(demonstration: tuple[int, list[str], Path]):
    _, _, data = demonstration
    done = subprocess.run(
        words("serve", "--bind", f"127.0.0.1:{free_port()}", "--data", str(data)),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 2
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("encircle: ")


def test_the_journal_is_verified_beside_the_running_pages(demonstration: tuple[int, list[str], Path]):
    _, _, data = demonstration
    done = subprocess.run(
        words("journal", "verify", "--data", str(data)),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.stdout.startswith("The journal is whole"), done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("processes", [1, 2])
def test_the_lists_are_computed_anew_beside_the_running_pages(
    processes: int, demonstration: tuple[int, list[str], Path]
):
    _, _, data = demonstration
    done = subprocess.run(
        words("rebuild", "--demo", "--data", str(data), "--processes", str(processes)),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    first, *_, last = done.stdout.splitlines()
    total = int(first.removeprefix("0 of ").removesuffix(" records are done."))
    assert last == f"{total} records are computed anew; 0 could not be.", done.stderr
    assert total > 2
    assert done.returncode == 0


def test_sigterm_ends_everything_and_leaves_no_process(tmp_path: Path):
    port = free_port()
    with running("serve", "--bind", f"127.0.0.1:{port}", "--data", str(tmp_path)) as (process, said):
        assert any("password" in line for line in said)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0
    end = time.monotonic() + 10
    while processes_about(tmp_path) and time.monotonic() < end:
        time.sleep(0.1)
    assert processes_about(tmp_path) == []
    bad = tmp_path / "bad"
    shutil.copytree(tmp_path / "packs", bad)
    (bad / "ee" / "pack.yaml").write_text("pack: ee\n", "utf-8")
    again = ("serve", "--bind", f"127.0.0.1:{port}", "--data", str(tmp_path))
    with running(*again, ENCIRCLE_PACKS=str(bad)) as (_, said):
        assert not any("password" in line for line in said), "the sign-in is made once"
        assert "The packs that ran before stay." in said, "bad packs never take the place of good ones"
        assert any(line.startswith("bad/ee/pack.yaml:1: ") for line in said)


@pytest.mark.parametrize("bind", ["nonsense", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:http"])
def test_a_bad_address_gets_one_clear_line(tmp_path: Path, bind: str):
    done = subprocess.run(
        words("serve", "--bind", bind, "--data", str(tmp_path)),
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 2
    assert "--bind" in done.stderr
    assert "Traceback" not in done.stderr
