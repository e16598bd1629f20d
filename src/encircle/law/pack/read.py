"""Reading: from a pack file to a tree that keeps file and line. Knows YAML; knows no law.

Only what a lawyer would write is taken: one document, no anchors, no tags, no key twice, plain UTF-8.
"""

import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from encircle.law.origin import Origin
from encircle.law.pack.problem import Problems
from encircle.law.pack.tree import Fields, Items, Leaf, Tree

LARGEST_FILE = 1_000_000
DEEPEST = 12
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_file(path: Path, *, name: str, problems: Problems) -> Tree | None:
    """What that file says; None, with the problem noted under `name`, if it can't be read."""
    top = Origin(name, 1)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            problems.add(top, f"the file has {size} bytes; expected at most {LARGEST_FILE}. Split it.")
            return None
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.add(top, "the file is not UTF-8 text. Save it as UTF-8.")
        return None
    except OSError as wrong:
        problems.add(top, f"the file can't be read: {wrong.strerror}.")
        return None
    return read_text(text, name=name, problems=problems)


def read_text(text: str, *, name: str, problems: Problems) -> Tree | None:
    """What that text says, as `read_file`."""
    before = len(problems.found)
    try:
        if not _is_plain(text, name, problems):
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as wrong:
        problems.add(Origin(name, _line(wrong)), _plain_words(wrong, text))
        return None
    if node is None:
        problems.add(Origin(name, 1), "the file is empty.")
        return None
    tree = _tree(node, name, problems)
    return tree if len(problems.found) == before else None


def _is_plain(text: str, name: str, problems: Problems) -> bool:
    """Whether the text has neither anchors, nor tags, nor too deep a nesting."""
    depth, plain = 0, True
    for event in yaml.parse(text, Loader=_Loader):
        origin = Origin(name, _line_of(event.start_mark))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            problems.add(origin, f"nested more than {DEEPEST} deep. Expected entries as in the format.")
            return False
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            problems.add(
                origin, "an anchor or alias (& or *). Write the text out, so that it can be read on its own."
            )
            plain = False
        elif (tag := getattr(event, "tag", None)) is not None:
            problems.add(
                origin, f"a tag ({tag}). Leave it out; put the value in quotes if it begins with '!'."
            )
            plain = False
    return plain


@lru_cache(maxsize=4096)
def _origin(name: str, line: int) -> Origin:
    """One for all that stands on that line."""
    return Origin(name, line)


def _tree(node: yaml.Node, name: str, problems: Problems) -> Tree:
    origin = _origin(name, _line_of(node.start_mark))
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_tree(one, name, problems) for one in node.value), origin)
    if isinstance(node, yaml.MappingNode):
        fields: dict[str, Tree] = {}
        at: dict[str, Origin] = {}
        for key, value, key_origin in _pairs(node, name, problems):
            if key in fields:
                problems.add(key_origin, f"{key!r} stands twice; first on line {at[key].line}. Keep one.")
                continue
            fields[key], at[key] = _tree(value, name, problems), key_origin
        return Fields(fields, at, origin)
    plain = not getattr(node, "style", None)
    return Leaf(None if plain and node.value in _NULLS else sys.intern(node.value), origin)


def _pairs(node: yaml.MappingNode, name: str, problems: Problems) -> Iterator[tuple[str, yaml.Node, Origin]]:
    for key, value in node.value:
        origin = _origin(name, _line_of(key.start_mark))
        if isinstance(key, yaml.ScalarNode):
            yield sys.intern(key.value), value, origin
        else:
            problems.add(origin, "a name that is a list or a mapping. Expected a word followed by a colon.")


def _line_of(mark: object) -> int:
    """The line of a place in a file; the first where the reader names none."""
    line: int = getattr(mark, "line", 0)
    return line + 1


def _line(wrong: yaml.YAMLError) -> int:
    mark = getattr(wrong, "problem_mark", None) or getattr(wrong, "context_mark", None)
    return _line_of(mark)


def _plain_words(wrong: yaml.YAMLError, text: str) -> str:
    lines = text.splitlines()
    number = _line(wrong) - 1
    line = lines[number] if number < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab at the beginning of the line. Use spaces."
    said = getattr(wrong, "problem", None) or str(wrong)
    if "another document" in said:
        return "a second document (---). Expected one list in one file."
    if "invalid Unicode character" in said:
        return "half of a character (a lone surrogate). Write the character itself."
    if "control characters" in said or "special characters" in said:
        return "a character that is not text. Remove it."
    return f"not readable as YAML: {said}. A text with ': ' or '#' in it goes in quotes."
