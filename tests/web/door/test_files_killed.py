"""Uploads that are broken off, and a server killed in the middle of one: no plain byte of a file stands anywhere."""

import re
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.test_serve import free_port, running
from tests.web.door.test_door_killed import asked, folder, found_in, kill, new_form

CANARY = "Canary-c0ffee41"
BORDER = "border-of-a-form"
PICTURE = b"\xff\xd8\xff\xe0" + f"{CANARY} ".encode() * 100_000

__all__ = ["folder"]


def body(form: str, content: bytes, *, step: str = "add") -> bytes:
    """A form with one file, as a browser sends it."""
    fields = "".join(
        f'--{BORDER}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("form", form), ("step", step), ("text", ""))
    )
    head = f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="{CANARY}.jpg"\r\n'
    return (
        f"{fields}{head}Content-Type: image/jpeg\r\n\r\n".encode()
        + content
        + f"\r\n--{BORDER}--\r\n".encode()
    )


def added(port: int, form: str) -> str:
    """The page after a whole upload."""
    wanted = urllib.request.Request(
        f"http://127.0.0.1:{port}/hello/",
        body(form, PICTURE),
        {"Content-Type": f"multipart/form-data; boundary={BORDER}"},
    )
    with urllib.request.urlopen(wanted, timeout=60) as answer:
        return str(answer.read().decode())


def half_way(port: int, form: str) -> socket.socket:
    """A connection on which half of an upload was sent."""
    whole = body(form, PICTURE)
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    line.sendall(
        f"POST /hello/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(whole)}\r\n"
        f"Content-Type: multipart/form-data; boundary={BORDER}\r\n\r\n".encode()
    )
    line.sendall(whole[: len(whole) // 2])
    return line


@pytest.mark.full
def test_what_was_broken_off_or_killed_leaves_no_plain_byte_and_what_was_sent_is_there(folder: Path):
    port, data, temporary = free_port(), folder / "data", folder / "temporary"
    temporary.mkdir(mode=0o777)
    options = ("demo", "--children", "0", "--bind", f"127.0.0.1:{port}", "--data", str(data))
    with running(*options, TMPDIR=str(temporary)) as (process, first):
        form = new_form(port)
        assert "A picture" in added(port, form)
        for _ in range(5):
            half_way(port, new_form(port)).close()
        code = re.search(r'class="code" dir="ltr">([0-9 ]{29})<', asked(port, step="send", form=form))
        assert code is not None
        lines = [half_way(port, new_form(port)) for _ in range(3)]
        time.sleep(1)
        kill(process.pid, folder)
        assert process.stdout is not None
        said = [*first, *process.stdout.read().splitlines()]
        for line in lines:
            line.close()
    assert found_in(folder, CANARY) == []
    assert [line for line in said if CANARY in line] == []
    (folder / "planted").write_text(f"so {CANARY} is found")
    assert found_in(folder, CANARY) == [folder / "planted"]
    with running(*options, TMPDIR=str(temporary)):
        assert "A picture" in asked(port, step="inbox", code=code[1])
