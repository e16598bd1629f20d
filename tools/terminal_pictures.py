"""The pictures of commands in the operator's guide: `python -m tools.terminal_pictures DATA [PART]`.

DATA: the folder of a demonstration that runs; PART: only those that have it in their name. All in it is invented.
"""

import html
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
WIDE = 1000
MOST_LINES = 24
COMMANDS: Mapping[str, Sequence[str]] = {
    "access-journal": ("journal verify --data DATA",),
    "access-keys": ("keys show --data DATA",),
    "access-breach": (
        "account signout amara.east --data DATA",
        "breach amara.east --from 2026-01-01 --out FOLDER --data DATA",
    ),
    "access-invitation": ("account invite --agency country:social-east --role case_lead --data DATA",),
    "access-retention": ("retention list --data DATA", "retention erase --data DATA"),
    "access-privacy": ("privacy record ee",),
}
STYLE = (
    "body{margin:0;background:#fff}b{color:#064}"
    "pre{margin:0;padding:24px;font:15px/1.5 monospace;color:#1b1b1f;white-space:pre-wrap}"
)


def main() -> None:
    """Run each command, and take its picture."""
    data, part = [*sys.argv[1:], ""][:2]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": WIDE, "height": 100})
        for name, commands in ((n, c) for n, c in COMMANDS.items() if part in n):
            told = "\n\n".join(answer(command, data=data, folder=f"{folder}/pack") for command in commands)
            page.set_content(f"<style>{STYLE}</style><pre>{told}</pre>")
            file = ROOT / "docs" / "operator" / "pictures" / f"{name}.png"
            file.parent.mkdir(exist_ok=True)
            page.locator("pre").screenshot(path=file)
            print(file.name)
        browser.close()


def answer(command: str, *, data: str, folder: str) -> str:
    """What was typed and what came, as markup; the first lines of what is long."""
    words = [{"DATA": data, "FOLDER": folder}.get(word, word) for word in command.split()]
    done = subprocess.run(
        [sys.executable, "-m", "encircle", *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr.strip()}")
    lines = done.stdout.replace(data, "DATA").replace(folder, "FOLDER").strip().splitlines()
    shown = [*lines[:MOST_LINES], *(["…"] if len(lines) > MOST_LINES else [])]
    return f"<b>$ encircle {html.escape(command)}</b>\n" + html.escape("\n".join(shown))


if __name__ == "__main__":
    main()
