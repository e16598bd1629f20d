"""The inventory of cryptography names each file that uses any, each key and how each use is replaced."""

import re
from collections.abc import Iterable

from encircle.crypto.keyring import KeyUse
from tests.house.source import ROOT, Python, python_files, read_python
from tests.house.test_dangers import LIBRARIES_OF_CRYPTOGRAPHY, imported, nodes

PAGE = (ROOT / "docs" / "developer" / "cryptography.md").read_text("utf-8")
BELOW = "src/encircle/"


def rows() -> list[list[str]]:
    """The cells of the table of uses."""
    table = PAGE.partition("\n## Uses\n")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def uses(files: Iterable[Python]) -> set[str]:
    """Files that import cryptography, or ask the system for chance."""
    return {
        file.path.removeprefix(BELOW)
        for file in files
        if any(name.split(".")[0] in LIBRARIES_OF_CRYPTOGRAPHY for name, _ in imported(file))
        or any(getattr(node, "attr", "") == "urandom" for node in nodes(file))
    }


def test_every_file_that_uses_cryptography_is_in_the_inventory():
    named = {file for row in rows() for file in re.findall(r"`([^`]+\.py)`", row[0])}
    assert named == uses(python_files("src"))


def test_every_key_of_the_keyring_is_in_the_inventory():
    assert [use.value for use in KeyUse if f"| `{use.value}` |" not in PAGE] == []
    assert "journal signing key" in PAGE
    assert "Data keys" in PAGE


def test_every_use_says_how_it_is_replaced():
    assert [row[0] for row in rows() if len(row) != 5 or not all(row)] == []
    assert [row[0] for row in rows() if not row[3].startswith(("holds", "falls"))] == []


def test_a_planted_use_is_caught():
    planted = [
        read_python(f"{BELOW}web/planted.py", "import os\nkey = os.urandom(16)"),
        read_python(f"{BELOW}web/second.py", "from hashlib import sha256"),
        read_python(f"{BELOW}web/third.py", "import json"),
    ]
    assert uses(planted) == {"web/planted.py", "web/second.py"}
