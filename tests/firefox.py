"""Firefox as people have it, driven by its own protocol (Marionette): a socket, a number of bytes, and JSON.

Nothing is patched and no setting of Firefox is changed but those that keep it from asking the network.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.window import PATIENCE_S, Failed, Window

USUAL = ("firefox-esr", "firefox")
MISSING = "no Firefox (Debian: apt-get install firefox-esr): what it keeps was not looked at"
# Nothing is asked of the network: what is not this machine is sent to a port where nobody listens.
PREFS: dict[str, str | int | bool] = {
    "remote.prefs.recommended": False,
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 1,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 1,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.firstRunURL": "",
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.server": "data:,",
    "trailhead.firstrun.didSeeAboutWelcome": True,
}


def find_firefox() -> str | None:
    """The path of a Firefox; FIREFOX names another than the usual ones, or none."""
    named = os.environ.get("FIREFOX")
    found = (shutil.which(name) for name in ((named,) if named else USUAL))
    return next((path for path in found if path), None)


class Firefox(Window):
    """One window of one Firefox."""

    def __init__(self, port: int) -> None:
        self._line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self._asked = 0
        self._read()
        self.ask("NewSession", capabilities={})

    def ask(self, command: str, **given: object) -> Any:
        """One command and its answer; of WebDriver, where nothing else is said."""
        self._asked += 1
        named = command if ":" in command else f"WebDriver:{command}"
        words = json.dumps([0, self._asked, named, given]).encode()
        self._line.sendall(b"%d:%s" % (len(words), words))
        _kind, number, failed, answer = self._read()
        assert number == self._asked
        if failed:
            raise Failed(f"{failed['error']}: {failed['message']}")
        return answer["value"] if isinstance(answer, dict) and answer.keys() == {"value"} else answer

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._some(1)
        left, words = int(length[:-1]), b""
        while len(words) < left:
            words += self._some(left - len(words))
        return json.loads(words)

    def _some(self, most: int) -> bytes:
        got = self._line.recv(most)
        assert got, "Firefox has closed the line"
        return got

    def close(self) -> None:
        """Say nothing more."""
        self._line.close()


@contextmanager
def firefox(
    profile: Path, prefs: Mapping[str, str | int | bool], *, javascript: bool = True, killed: bool = False
) -> Iterator[Firefox]:
    """A Firefox that keeps what any Firefox keeps, in that folder; closed at the end, or killed as by a dead battery."""
    program = find_firefox()
    assert program is not None, MISSING
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in (PREFS | dict(prefs)).items()
    ]
    if not javascript:
        lines.append('user_pref("javascript.enabled", false);')
    profile.mkdir(exist_ok=True)
    (profile / "user.js").write_text("\n".join(lines))
    told = profile / "MarionetteActivePort"
    told.unlink(missing_ok=True)
    home = profile.parent / "home"
    home.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [program, "--headless", "--no-remote", "--marionette", "--profile", profile, "about:blank"],
        env={"PATH": os.defpath, "HOME": str(home), "LANG": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with closing(Firefox(_port(told, process))) as driver:
            yield driver
            if not killed:
                driver.ask("Marionette:Quit", flags=["eAttemptQuit"])
                process.wait(PATIENCE_S)
    finally:
        process.kill()
        process.wait()


def _port(told: Path, process: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        if told.exists() and (port := told.read_text().strip()):
            return int(port)
        time.sleep(0.05)
    raise Failed("Firefox did not start")
