"""Languages: from the file `words/et.yaml` of a pack to the words in which conditions are said. Reads files.

The words of a language stand in the pack of one country, those of English in the base; all countries share them.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from encircle.law.condition.words import FORMS, SLOTS, Noun, Words, slots
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.read import read_file
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields, Items, Leaf, Tree

_PARTS = ("forms", "kinds", "attributes", "codes")
_PHRASES = frozenset({"it", "its"})


def languages_in(folder: Path) -> tuple[str, ...]:
    """The languages in which the packs of that folder can say a condition."""
    return tuple(sorted(path.stem for path in folder.glob("*/words/*.yaml")))


def words_in(folder: Path, language: str) -> Words | None:
    """The words of that language; None where no pack has them. Refuses: a file with any problem (BadPack)."""
    path = next(iter(sorted(folder.glob(f"*/words/{language}.yaml"))), None)
    if path is None:
        return None
    problems, name = Problems(), f"{folder.name}/{path.relative_to(folder)}"
    tree = read_file(path, name=name, problems=problems)
    words = None
    if isinstance(tree, Fields):
        words = _words(language, tree, problems)
    elif tree is not None:
        problems.add(tree.origin, f"expected named fields: {', '.join(_PARTS)}.")
    problems.stop_if_any(name)
    return words


def _words(language: str, tree: Fields, problems: Problems) -> Words:
    Take(problems).only(tree, _PARTS)
    forms = _texts(tree, "forms", SLOTS, problems)
    for missing in sorted(set(FORMS) - forms.keys()):
        problems.add(tree.place("forms"), f"the form {missing!r} is missing. Add it.")
    for unknown in sorted(forms.keys() - set(FORMS)):
        problems.add(tree.place("forms"), f"there is no form {unknown!r}. {meant(unknown, FORMS)}")
    return Words(
        language,
        MappingProxyType(forms),
        MappingProxyType(_nouns(tree, problems)),
        MappingProxyType(_texts(tree, "attributes", _PHRASES, problems)),
        MappingProxyType(_texts(tree, "codes", frozenset(), problems)),
    )


def _part(tree: Fields, name: str, problems: Problems) -> Mapping[str, Tree]:
    part = tree.fields.get(name)
    if isinstance(part, Fields):
        return part.fields
    problems.add(tree.place(name), f"{name!r}: expected a word or phrase by name.")
    return {}


def _texts(tree: Fields, name: str, places: frozenset[str], problems: Problems) -> dict[str, str]:
    found = {}
    for key, value in _part(tree, name, problems).items():
        if not isinstance(value, Leaf) or not value.text:
            problems.add(value.origin, f"{key!r} should be a single text.")
            continue
        for wrong in sorted(slots(value.text) - places):
            problems.add(value.origin, f"{key!r}: {{{wrong}}} can't be filled. {meant(wrong, places)}")
        found[key] = value.text
    return found


def _nouns(tree: Fields, problems: Problems) -> dict[str, Noun]:
    found = {}
    for key, value in _part(tree, "kinds", problems).items():
        texts = [one.text for one in value.items if isinstance(one, Leaf)] if isinstance(value, Items) else []
        if len(texts) != 3 or not all(texts):
            problems.add(
                value.origin, f"{key!r}: expected three, such as [interview, the interview, the interview's]."
            )
            continue
        found[key] = Noun(*(str(text) for text in texts))
    return found
