"""What a Firefox has kept in its profile: every file, also those that it packs (mozLz4), and the addresses in them."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

PACKED = b"mozLz40\0"


def contents(profile: Path) -> Iterator[tuple[str, bytes]]:
    """Each file by its name, unpacked where Firefox packed it."""
    for path in sorted(profile.rglob("*")):
        if path.is_file() and not path.is_symlink():
            kept = path.read_bytes()
            yield path.relative_to(profile).as_posix(), unpacked(kept) if kept.startswith(PACKED) else kept


def found_in(profile: Path, *words: str) -> list[str]:
    """The files that hold one of these words, in one of the ways in which a browser writes text."""
    signs = [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    held = list(contents(profile))
    assert len(held) > 10, "a profile holds more"
    return [name for name, kept in held if any(sign in kept for sign in signs)]


def addresses_in(profile: Path, site: str) -> set[str]:
    """Every path of that site that stands in any file, in letters of one byte or two."""
    paths: set[str] = set()
    for _name, kept in contents(profile):
        for wide in (False, True):
            text = kept.decode("utf-16-le" if wide else "latin-1", "replace")
            paths.update(re.findall(re.escape(site) + r"([\w./?=&%#-]*)", text))
    return paths


def visited(profile: Path, site: str) -> set[tuple[str, str]]:
    """The pages of that site in the history, with their titles."""
    with closing(sqlite3.connect(profile / "places.sqlite")) as kept:
        rows = kept.execute("SELECT url, title FROM moz_places WHERE url LIKE ?", (f"{site}%",)).fetchall()
    return {(str(url).removeprefix(site), str(title)) for url, title in rows}


def unpacked(kept: bytes) -> bytes:
    """What is in a file that begins with mozLz40: its length, then one block of LZ4."""
    length = int.from_bytes(kept[8:12], "little")
    block, at, out = memoryview(kept)[12:], 0, bytearray()
    while at < len(block):
        token, at = block[at], at + 1
        literal, at = _more(block, at, token >> 4)
        out += block[at : at + literal]
        at += literal
        if at >= len(block):
            break
        back, at = int.from_bytes(block[at : at + 2], "little"), at + 2
        again, at = _more(block, at, token & 15)
        for _ in range(again + 4):
            out.append(out[-back])
    assert len(out) == length, "not unpacked to its end"
    return bytes(out)


def _more(block: memoryview, at: int, first: int) -> tuple[int, int]:
    """A length of LZ4: fifteen says that more follows, as does each 255."""
    length, step = first, 255 if first == 15 else 0
    while step == 255:
        step, at = block[at], at + 1
        length += step
    return length, at
