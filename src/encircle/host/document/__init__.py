"""Documents: words in, an accessible PDF out. Knows no case, no law and no language of its own."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import bidirectional

if TYPE_CHECKING:
    import typst

_HERE = Path(__file__).parent
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_FROM_THE_RIGHT, _BY_ITS_LETTERS, _END = "\u2067", "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading: paragraphs, then a list, then a table with its head. `widths`: of the columns, in parts."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What is handed out: all of it words. `language`: BCP 47; it says the direction of writing too.

    `of`: the instant that the paper is about. A paper that has one is made for archives as well.
    """

    title: str
    language: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    of: datetime | None = None


def as_pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1, and as PDF/A-2a where it names its instant, which PDF/A asks for.

    The same paper gives the same bytes, on every machine and day.

    The words are data of the compiler, never a part of what it compiles: none of them is read as markup. Fonts are those
    that come with the program: the machine's own would change the bytes.
    """
    import typst  # 7 MiB, loaded when the first paper is asked for

    told = json.dumps(_data(paper), ensure_ascii=False, sort_keys=True)
    made = typst.compile(
        _form(),
        sys_inputs={"paper": told},
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["ua-1"] if paper.of is None else ["ua-1", "a-2a"],
    )
    assert isinstance(made, bytes)
    return made


def is_right_to_left(language: str) -> bool:
    """Whether that language is written from right to left."""
    return language.partition("-")[0] in _RIGHT_TO_LEFT


def _data(paper: Paper) -> dict[str, object]:
    right_to_left = is_right_to_left(paper.language)
    if right_to_left:
        paper = replace(paper, sections=tuple(_isolated(section) for section in paper.sections))
    of = None if paper.of is None else paper.of.astimezone(UTC)
    parts = None if of is None else [of.year, of.month, of.day, of.hour, of.minute, of.second]
    return {**asdict(paper), "of": parts, "right_to_left": right_to_left}


def _isolated(section: Section) -> Section:
    """Each cell in its own direction: a name in Latin letters does not turn the words around it."""
    rows = tuple(tuple(f"{_direction(cell)}{cell}{_END}" for cell in row) for row in section.rows)
    return replace(section, rows=rows)


def _direction(cell: str) -> str:
    mixed = any(bidirectional(letter) in ("R", "AL") for letter in cell)
    return _FROM_THE_RIGHT if mixed else _BY_ITS_LETTERS


@lru_cache(maxsize=1)
def _form() -> bytes:
    return (_HERE / "paper.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    import typst  # as above

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_HERE)])
