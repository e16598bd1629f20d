"""Replay files written in the tests: one that is right, and ways to spoil a line of it."""

from pathlib import Path

import pytest

from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.vocabulary.refusal import BadInput

GIRL = """\
replay: 1
title: "A girl found alone at a harbour"
country: ee
zone: Europe/Tallinn
agencies:
  dmitri: {name: "Harbour police", role: police}
  carla: {name: "Child protection", role: child_protection_service}
children:
  aino: {label: "Aino"}
  sister: {label: "The sister"}
concerns:
  call: {label: "A call"}
facts:
  - id: claim
    child: aino
    type: age_claimed
    happened: 2026-03-02T23:10
    source: dmitri
    said_by: child
    payload: {claimed_child: true, claimed_years: 15}
  - id: alone
    child: aino
    type: parental_care_recorded
    happened: 2026-03-02
    source: dmitri
    learnt: {dmitri: 2026-03-02, carla: 2026-03-05}
    payload: {parental_care: absent}
  - id: bo
    child: aino
    type: guardian_appointed
    subject: guardian-1
    happened: 2026-03
    source: carla
    payload: {capacity: guardian}
"""


def written(folder: Path, text: str, name: str = "girl.yaml") -> Path:
    """The text as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def line_of(text: str, part: str) -> int:
    """The line on which that part stands."""
    return text[: text.index(part)].count("\n") + 1


def with_facts(*entries: str) -> str:
    """The file of the girl with more facts, each written in braces."""
    return GIRL + "".join(f"  - {entry}\n" for entry in entries)


def entry(
    type_name: str,
    rest: str = "payload: {}",
    *,
    id_: str = "x",
    child: str = "aino",
    happened: str = "2026-03",
    source: str = "carla",
) -> str:
    """One fact in braces."""
    return f"{{id: {id_}, child: {child}, type: {type_name}, happened: {happened}, source: {source}, {rest}}}"


def read(folder: Path, text: str) -> ReplayCase:
    """The case in that text."""
    return read_replay(written(folder, text))


def problems(folder: Path, text: str) -> list[str]:
    """What is told of the file: each line after the count."""
    with pytest.raises(BadInput) as refused:
        read(folder, text)
    count, *told = refused.value.reason.splitlines()
    assert count == f"{len(told)} problem{'' if len(told) == 1 else 's'} in girl.yaml"
    return told
