"""Which attributes a condition reads, as paths: `child.protection`, `interviews[].held`. Knows no values."""

from collections.abc import Iterator, Mapping

from encircle.law.condition.syntax import Attribute, Name, Node, Quantified, Quantifier, parts

Paths = Mapping[str, str | None]


def reads(tree: Node, *, names: Paths | None = None) -> tuple[str, ...]:
    """The paths in the order they are first met. `names` gives the paths of names that stand for an element.

    A list is named itself only where nothing of its elements is.
    """
    found = dict.fromkeys(_reads(tree, names or {}))
    return tuple(path for path in found if not any(_within(other, path) for other in found))


def path_of(node: Node, *, names: Paths) -> str | None:
    """The path that a part names, if it names one."""
    match node:
        case Name(name=name):
            return names.get(name, name)
        case Attribute(of=of, name=name):
            base = path_of(of, names=names)
            return None if base is None else f"{base}.{name}"
        case _:
            return None


def inner(node: Quantified, names: Paths) -> Paths:
    """The names inside a quantifier: those outside, and its variable as an element of its list."""
    return {**names, node.variable: _element_path(node.over, names)}


def _element_path(items: Node, names: Paths) -> str | None:
    match items:
        case Quantified(how=Quantifier.FILTER, over=over):
            return _element_path(over, names)
        case Quantified(how=Quantifier.MAP, body=body):
            return path_of(body, names=inner(items, names))
        case _:
            path = path_of(items, names=names)
            return None if path is None else f"{path}[]"


def _reads(node: Node, names: Paths) -> Iterator[str]:
    if isinstance(node, Quantified):
        yield from _reads(node.over, names)
        yield from _reads(node.body, inner(node, names))
        return
    path = path_of(node, names=names)
    if path is not None:
        yield path
        return
    for part in parts(node):
        yield from _reads(part, names)


def _within(path: str, outer: str) -> bool:
    return path.startswith((f"{outer}.", f"{outer}[]"))
