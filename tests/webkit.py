"""WebKit as GTK has it, by its own WebDriver: the engine of Safari, in the small browser that comes with it.

It draws on a screen in memory (Xvfb). As any browser that is driven so it keeps nothing on the disk: what it keeps
for people cannot be asked here, only what it does.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.window import PATIENCE_S, Failed, Window, patiently

DRIVER, SCREEN = "WebKitWebDriver", "Xvfb"
BROWSERS = ("/usr/lib/*/webkit2gtk-4.*/MiniBrowser", "/usr/libexec/webkit2gtk-4.*/MiniBrowser")
MISSING = "no WebKit (Debian: apt-get install webkit2gtk-driver xvfb): leaving was not tried there"
COMMANDS = {
    "Navigate": ("POST", "url"),
    "GetCurrentURL": ("GET", "url"),
    "GetTitle": ("GET", "title"),
    "GetPageSource": ("GET", "source"),
    "GetCookies": ("GET", "cookie"),
    "Back": ("POST", "back"),
    "FindElement": ("POST", "element"),
    "GetElementText": ("GET", "element/{id}/text"),
    "GetElementProperty": ("GET", "element/{id}/property/{name}"),
    "ElementClick": ("POST", "element/{id}/click"),
    "ElementSendKeys": ("POST", "element/{id}/value"),
    "PerformActions": ("POST", "actions"),
    "ExecuteAsyncScript": ("POST", "execute/async"),
}


def find_webkit() -> str | None:
    """The path of the small browser, where the driver and the screen are there as well; or none."""
    root = Path("/")
    found = (str(one) for pattern in BROWSERS for one in sorted(root.glob(pattern.removeprefix("/"))))
    return next(found, None) if shutil.which(DRIVER) and shutil.which(SCREEN) else None


class WebKit(Window):
    """One window of one WebKit."""

    def __init__(self, port: int, browser: str, *arguments: str) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        options = {"binary": browser, "args": ["--automation", *arguments]}
        asked = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self._session = self._send("POST", "/session", asked)["sessionId"]

    def ask(self, command: str, **given: object) -> Any:
        """One command and its answer."""
        method, path = COMMANDS[command]
        given.pop("newSandbox", None)
        address = f"/session/{self._session}/{path.format_map(given)}"
        return self._send(method, address, given if method == "POST" else None)

    def close(self) -> None:
        """End it."""
        self._send("DELETE", f"/session/{self._session}", None)
        self._line.close()

    def _send(self, method: str, path: str, given: object) -> Any:
        self._line.request(method, path, None if given is None else json.dumps(given))
        answer = json.loads(self._line.getresponse().read())["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise Failed(f"{answer['error']}: {answer['message']}")
        return answer


@contextmanager
def webkit(home: Path, *, javascript: bool = True) -> Iterator[WebKit]:
    """A WebKit whose home is that folder."""
    browser = find_webkit()
    assert browser is not None, MISSING
    home.mkdir(exist_ok=True)
    with ExitStack() as after:
        env = {
            "PATH": os.defpath,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "DISPLAY": f":{_screen(after)}",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        port = _free()
        _begun(after, [DRIVER, f"--port={port}"], env=env)
        _open(port)
        opened = WebKit(port, browser, f"--enable-javascript={str(javascript).lower()}")
        after.callback(opened.close)
        yield opened


def _screen(after: ExitStack) -> int:
    """The number of a screen in memory, which ends with the test."""
    read, write = os.pipe()
    words = [SCREEN, "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    _begun(after, words, pass_fds=(write,))
    os.close(write)
    with os.fdopen(read) as told:
        return int(told.readline())


def _begun(after: ExitStack, words: list[str], **more: Any) -> None:
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    after.callback(process.wait)
    after.callback(process.kill)


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _open(port: int) -> None:
    """Wait until the driver listens."""

    def asked() -> None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S).close()
        except ConnectionRefusedError as error:
            raise Failed("no such window: not yet") from error

    patiently(asked)
