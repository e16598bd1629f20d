"""What rests on what: of each act the provisions that are named, and the rules that name them. Decides nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from encircle.law.law import Law
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.web.law import words
from encircle.web.law.room import Room


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that names a provision. `href`: nothing, where it has no page of its own. `code`: only where it has."""

    code: str
    title: words.Words
    href: str


@dataclass(slots=True)
class Provision:
    """One provision of an act, with all that rest on it; read where any of them says that it was read."""

    source: Source
    rules: list[Rule] = field(default_factory=list)


def provisions(room: Room) -> Mapping[str, tuple[Provision, ...]]:
    """By the code of each act, the provisions that are named of it, in the order of the rules that name them."""
    found: dict[str, dict[str, Provision]] = {}
    for rule, source in _named(room):
        of_act = found.setdefault(source.act.code, {})
        known = of_act.setdefault(source.at, Provision(source))
        if source.is_read and not known.source.is_read:
            known.source = source
        if rule not in known.rules:
            known.rules.append(rule)
    return {code: tuple(of_act.values()) for code, of_act in found.items()}


def _named(room: Room) -> Iterator[tuple[Rule, Source]]:
    its = room.book.law
    for name, code, title, sources in _rules(its):
        rule = Rule(code if name else "", words.shown(title), room.way(name, code) if name else "")
        yield from ((rule, source) for source in sources)


def _rules(its: Law) -> Iterator[tuple[str, str, Texts, tuple[Source, ...]]]:
    """The name of its page, its code, its title and its sources, of all that has any."""
    yield from (("law_duty", rule.code, rule.title, rule.sources) for rule in its.duties)
    yield from (("law_prohibition", rule.code, rule.title, rule.sources) for rule in its.prohibitions)
    yield from (("", rule.code, rule.title, rule.sources) for rule in its.limits)
    yield from (("", rule.code, rule.title, rule.sources) for rule in its.sops)
    yield from (("", rule.code, rule.title, rule.sources) for rule in its.channels)
