"""Recording: from `audio/recordings.yaml` of packs to what a door can play. Reads files; plays nothing.

An upper pack's recording of a screen stands beside those below: each fits other words, and the words decide.
"""

import re
from pathlib import Path

from encircle.law.origin import Origin
from encircle.law.pack.head import Head
from encircle.law.pack.problem import Problems
from encircle.law.pack.read import read_file
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields
from encircle.law.recording import MEDIA, MOST_BYTES, Recording

FOLDER, LIST = "audio", "recordings.yaml"
_PARTS = ("screen", "language", "file", "words", "by", "on")
_FILE = re.compile(r"[a-z]{2,3}/[a-z0-9_-]+\.[a-z0-9]+")
_WORDS = re.compile(r"[0-9a-f]{32}")


def recordings_in(folder: Path, chain: tuple[Head, ...]) -> tuple[Recording, ...]:
    """The recordings of those packs. Refuses: lists with any problem (BadPack, which lists all)."""
    problems = Problems()
    found = [one for head in chain for one in _of_pack(folder, head.pack, problems)]
    problems.stop_if_any(f"{folder.name}/{chain[-1].pack}")
    return tuple(found)


def _of_pack(folder: Path, pack: str, problems: Problems) -> list[Recording]:
    path = folder / pack / FOLDER / LIST
    if not path.exists():
        return []
    take = Take(problems)
    tree = read_file(path, name=f"{folder.name}/{pack}/{FOLDER}/{LIST}", problems=problems)
    if not isinstance(tree, Fields):
        return []
    take.only(tree, ("recordings",))
    return [_recording(body, folder / pack, take, problems) for body in take.each(tree, "recordings")]


def _recording(body: Fields, pack: Path, take: Take, problems: Problems) -> Recording:
    take.only(body, _PARTS)
    file, words = take.word(body, "file"), take.word(body, "words")
    origin = body.place("file")
    if not _FILE.fullmatch(file) or "." + file.rpartition(".")[2] not in MEDIA:
        problems.add(origin, f"{file!r} is no name of a recording. Expected one such as et/device.opus.")
    elif not (pack / FOLDER / file).is_file():
        problems.add(origin, f"{file!r} is not there.")
    elif (pack / FOLDER / file).stat().st_size > MOST_BYTES:
        problems.add(origin, f"{file!r} is longer than {MOST_BYTES:,} bytes. Make it smaller.")
    if not _WORDS.fullmatch(words):
        problems.add(body.place("words"), "no digest of words. `python -m tools.read_aloud add` writes it.")
    return Recording(
        screen=take.word(body, "screen"),
        language=take.word(body, "language"),
        file=f"{pack.name}/{FOLDER}/{file}",
        words=words,
        by=take.word(body, "by"),
        on=take.day(body, "on"),
        origin=Origin(origin.file, origin.line),
    )
