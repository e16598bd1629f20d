"""How each question to the elements of a list is put in Python. Knows no syntax tree.

Each function writes a loop over `items`, calls `body` where the answer for one element is needed, and
leaves its own answer in `result`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from encircle.law.condition.source import Source
from encircle.law.condition.syntax import Quantifier

Body = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Loop:
    """The variable of an element, and that of the list."""

    element: str
    items: str

    @property
    def head(self) -> str:
        """The first line of the loop."""
        return f"for {self.element} in {self.items}:"


def _decided(source: Source, result: str, loop: Loop, body: Body, *, stop: str, start: str) -> None:
    """Stops at the first decisive answer; otherwise what is not known, if anything, is the answer."""
    source.line(f"{result} = {start}")
    with source.block(loop.head):
        one = body()
        with source.block(f"if {one} is {stop}:"):
            source.line(f"{result} = {stop}")
            source.line("break")
        with source.block(f"if {one} is not {start}:"):
            source.line(f"{result} = {one} if {result} is {start} else join({result}, {one})")


def _exists(source: Source, result: str, loop: Loop, body: Body) -> None:
    _decided(source, result, loop, body, stop="True", start="False")


def _all(source: Source, result: str, loop: Loop, body: Body) -> None:
    _decided(source, result, loop, body, stop="False", start="True")


def _exists_one(source: Source, result: str, loop: Loop, body: Body) -> None:
    """Two that surely fit decide it, whatever is not known of the others."""
    unknown = source.let("None")
    source.line(f"{result} = False")
    with source.block(loop.head):
        one = body()
        with source.block(f"if {one} is True:"):
            with source.block(f"if {result}:"):
                source.line(f"{result} = False")
                source.line(f"{unknown} = None")
                source.line("break")
            source.line(f"{result} = True")
        _collect_unknown(source, one, unknown)
    with source.block(f"if {unknown} is not None:"):
        source.line(f"{result} = {unknown}")


def _filter(source: Source, result: str, loop: Loop, body: Body) -> None:
    """One element of which it is not known whether it fits makes the list unknown."""
    kept, unknown = source.let("[]"), source.let("None")
    with source.block(loop.head):
        one = body()
        with source.block(f"if {one} is True:"):
            source.line(f"{kept}.append({loop.element})")
        _collect_unknown(source, one, unknown)
    source.line(f"{result} = tuple({kept}) if {unknown} is None else {unknown}")


def _map(source: Source, result: str, loop: Loop, body: Body) -> None:
    """What is not known of one element stays an unknown element."""
    kept = source.let("[]")
    with source.block(loop.head):
        source.line(f"{kept}.append({body()})")
    source.line(f"{result} = tuple({kept})")


def _collect_unknown(source: Source, one: str, unknown: str) -> None:
    with source.block(f"elif {one} is not False:"):
        source.line(f"{unknown} = {one} if {unknown} is None else join({unknown}, {one})")


LOOPS: Final[Mapping[Quantifier, Callable[[Source, str, Loop, Body], None]]] = {
    Quantifier.EXISTS: _exists,
    Quantifier.ALL: _all,
    Quantifier.EXISTS_ONE: _exists_one,
    Quantifier.FILTER: _filter,
    Quantifier.MAP: _map,
}
