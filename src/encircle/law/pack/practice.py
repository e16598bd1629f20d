"""Practice as a pack: what was adopted is written as files of kind sop, read back as they stand, and laid over the country.

So the law that runs and the files that are handed out are one and the same. Knows no tables and no clock.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from encircle.law.counting import Period
from encircle.law.pack.head import HEAD_FILE, Head
from encircle.law.pack.layer import Layer, code_order, layer_of
from encircle.law.pack.merge import Merged
from encircle.law.pack.numbers import Numbers
from encircle.law.pack.problem import BadPack, Problem, Problems
from encircle.law.pack.read import read_text
from encircle.law.pack.shape import OWNER, SOP, TEXT, Shape
from encircle.law.pack.tree import Fields
from encircle.law.practice import Amendment, Held, Part, Practice, in_force, texts_of
from encircle.law.sop import SetNumber, SopRule
from encircle.law.texts import ENGLISH, Texts

SUFFIX = "-practice"
SHAPES: Mapping[Part, Shape] = {Part.NUMBER: SOP, Part.OWNER: OWNER, Part.TEXT: TEXT}
_FILE = "practice.yaml"


@dataclass(frozen=True, slots=True)
class Written:
    """What holds at an instant as the files of a pack. `title`, `version`: of its head.

    `files`: text by the path below the folder of packs. `at`: which amendments the entry at a line of a file rests on.
    """

    pack: str
    title: Texts
    version: str
    files: Mapping[str, str]
    at: Mapping[tuple[str, int], Practice]


def written(top: Head, practice: Practice, *, at: datetime, below: Merged) -> Written | None:
    """The pack of what holds at that instant, over the law below; None where nothing does."""
    holding = in_force(practice, at)
    if not holding:
        return None
    pack = f"{top.pack}{SUFFIX}"
    title = Texts.english(f"{top.title.in_(ENGLISH)}: set by practice")
    version = str(max(held.by.number for held in holding))
    files = {f"{pack}/{HEAD_FILE}": _head(pack, title, version, top)}
    places: dict[tuple[str, int], Practice] = {}
    for part, shape in SHAPES.items():
        path, lines = f"{pack}/{shape.folder}/{_FILE}", list[str]()
        for entry in _by_code(held for held in holding if held.amendment.part is part):
            lines += [f"# {held.by.told()}" for held in entry]
            places[path, len(lines) + 1] = entry
            lines += _entry(entry, shape, below)
        if lines:
            files[path] = "".join(f"{line}\n" for line in lines)
    return Written(pack, title, version, files, places)


def layer_of_practice(made: Written, folder: str, *, problems: Problems) -> Layer:
    """What those files bring, read as the files of any pack are."""
    shapes = {shape.folder: shape for shape in SHAPES.values()}
    trees = []
    for path, text in made.files.items():
        shape = shapes.get(path.split("/")[1])
        tree = None if shape is None else read_text(text, name=f"{folder}/{path}", problems=problems)
        if shape is not None and tree is not None:
            trees.append((shape, tree))
    return layer_of(made.pack, trees, extends=True, local=True, problems=problems)


def without_bad(practice: Practice, made: Written, bad: BadPack, *, folder: str) -> Practice:
    """The practice without the entries of which that refusal speaks; all of it, where it speaks of the packs below."""
    wrong: set[int] = set()
    for problem in bad.problems:
        wrong |= {held.by.number for held in _behind(problem, made, folder)}
    return tuple(held for held in practice if held.by.number not in wrong)


def numbered(
    sops: Mapping[str, SopRule], practice: Practice, *, at: datetime, below: Merged, numbers: Numbers
) -> dict[str, SopRule]:
    """The SOPs with all numbers that they have had and will have, where practice changes them."""
    found = dict(sops)
    by_code: dict[str, list[Held]] = {}
    for held in practice:
        if held.amendment.part is Part.NUMBER and held.amendment.code in sops:
            by_code.setdefault(held.amendment.code, []).append(held)
    for code, several in by_code.items():
        under = numbers.sop(below[SOP.word][code])
        first = SetNumber(under.period, under.set_by, under.sources)
        later = tuple(_number(held, under) for held in several)
        rule = replace(sops[code], numbers=(first, *later))
        found[code] = replace(rule, by=rule.at(at).by)
    return found


def period_of(amendment: Amendment) -> Period | None:
    """The number as a period; None where none is to hold. Refuses: one that can't be counted (ValueError)."""
    if amendment.amount is None:
        return None
    if amendment.unit is None or amendment.counting is None:
        raise ValueError("A number has a unit and a way in which it is counted.")
    return Period(amendment.amount, amendment.unit, amendment.counting)


def _number(held: Held, under: SopRule) -> SetNumber:
    return SetNumber(period_of(held.amendment), texts_of(held.amendment.basis), under.sources, held.by)


def _behind(problem: Problem, made: Written, folder: str) -> Practice:
    """The amendments of the entry in which that line stands."""
    path = problem.origin.file.removeprefix(f"{folder}/")
    starts = [line for file, line in made.at if file == path and line <= problem.origin.line]
    return made.at[path, max(starts)] if starts else ()


def _by_code(practice: Iterable[Held]) -> Iterator[Practice]:
    """Those of one code together, in the order of codes."""
    by_code: dict[str, list[Held]] = {}
    for held in practice:
        by_code.setdefault(held.amendment.code, []).append(held)
    for code in sorted(by_code, key=code_order):
        yield tuple(by_code[code])


def _head(pack: str, title: Texts, version: str, top: Head) -> str:
    return (
        f"pack: {pack}\nkind: sop\ntitle: {_texts(title.by_language)}\nversion: {_quoted(version)}\n"
        f"extends: [{top.pack}]\n"
    )


def _entry(entry: Practice, shape: Shape, below: Merged) -> Iterator[str]:
    code, under = entry[0].amendment.code, below[shape.word].get(entry[0].amendment.code)
    states = shape is OWNER and under is None
    yield f"- {shape.word if states else 'set'}: {code}"
    body = None if under is None else under.body
    if shape is TEXT:
        yield from _plain_words(entry)
        return
    amendment = entry[-1].amendment
    if shape is SOP:
        for name, value in (
            ("amount", amendment.amount),
            ("unit", amendment.unit),
            ("counting", amendment.counting),
        ):
            yield f"  {name}: {'null' if value is None or amendment.amount is None else value}"
    else:
        yield f"  agency: {_texts(_whole(amendment.texts, body, 'agency'))}"
    yield f"  sop_source: {_texts(_whole(amendment.basis, body, 'sop_source'))}"


def _plain_words(entry: Practice) -> Iterator[str]:
    fields: dict[str, list[tuple[str, str]]] = {}
    for held in entry:
        fields.setdefault(held.amendment.field, []).extend(held.amendment.texts)
    for name, texts in fields.items():
        yield f"  {_quoted(name)}: {_texts(texts)}"


def _whole(texts: Iterable[tuple[str, str]], body: Fields | None, name: str) -> tuple[tuple[str, str], ...]:
    """The text in every language that stands below, so that none goes on saying what held before."""
    given = dict(texts)
    there = None if body is None else body.fields.get(name)
    languages = tuple(there.fields) if isinstance(there, Fields) else ()
    return tuple({**dict.fromkeys(languages, given.get(ENGLISH, "")), **given}.items())


def _texts(pairs: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{language}: {_quoted(text)}" for language, text in pairs) + "}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
