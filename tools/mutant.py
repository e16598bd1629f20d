"""Small faults planted in a room, as mutmut makes them: one operator, name, text or argument other than it was.

A mutant is known by its file and its place among the mutants of that file, so that a sample can be drawn and drawn
again before any is made. Only what stands inside a function can be a mutant; decorators and annotations cannot.
"""

import ast
import difflib
import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from libcst import Module
from mutmut.mutation.file_mutation import Mutation, create_mutations

from tools.rooms import ROOT, Room


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a mutant stands: the file, and which of its mutants it is."""

    file: str
    number: int

    def __str__(self) -> str:
        return f"{self.file}#{self.number}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one fault in it."""

    place: Place
    line: int
    """The line where the statement begins in which the fault stands."""
    source: str
    """The file with the fault."""
    change: str
    """What is other than it was, as lines with - and +."""

    @property
    def module(self) -> str:
        """The name under which the program imports the file."""
        parts = list(Path(self.place.file).with_suffix("").parts[1:])
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def places(room: Room) -> list[Place]:
    """Every mutant that a room has, always in the same order."""
    path = room.store / "counts.json"
    known: dict[str, int] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    counts: dict[str, int] = {}
    found = []
    for file in room.files():
        name = str(file.relative_to(ROOT))
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        counts[digest] = known[digest] if digest in known else len(_mutations(name)[1])
        found += [Place(name, number) for number in range(counts[digest])]
    room.store.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(counts), "utf-8")
    return found


def sample(there: Sequence[Place], *, size: int, seed: int) -> list[Place]:
    """So many of them by lot: a smaller sample of the same seed is the beginning of a larger one."""
    lot = sorted(there)
    random.Random(seed).shuffle(lot)
    return lot[:size]


def make(place: Place) -> Mutant:
    """The file with its fault."""
    module, mutations = _mutations(place.file)
    mutation = mutations[place.number]
    mutated = module.deep_replace(mutation.original_node, mutation.mutated_node)
    assert isinstance(mutated, Module)
    return mutant(place, was=module.code, source=mutated.code)


def mutant(place: Place, *, was: str, source: str) -> Mutant:
    """The mutant that makes one text of the other."""
    before, after = was.splitlines(), source.splitlines()
    changed = next(
        (number for number, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0
    )
    diff = difflib.unified_diff(before, after, lineterm="", n=0)
    change = "\n".join(line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---"))
    return Mutant(place, statement(was, line=changed + 1), source, change)


def statement(source: str, *, line: int) -> int:
    """The line where the innermost statement begins that a line belongs to."""
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt | ast.match_case | ast.ExceptHandler)
        and _first(node) <= line <= _last(node)
    ]
    return max((_first(node) for node in found), default=line)


def _first(node: ast.AST) -> int:
    if isinstance(node, ast.match_case):
        return node.pattern.lineno
    return int(getattr(node, "lineno", 0))


def _last(node: ast.AST) -> int:
    if isinstance(node, ast.match_case):
        return max(_last(each) for each in node.body)
    return int(getattr(node, "end_lineno", 0))


@lru_cache(maxsize=8)
def _mutations(file: str) -> tuple[Module, list[Mutation]]:
    module, found, _, _ = create_mutations(file, (ROOT / file).read_text("utf-8"))
    return module, [each for each in found if each.contained_by_top_level_function is not None]
