"""Wording: conditions and marks of entries, checked against the situation they speak of. Knows no child."""

from collections.abc import Mapping

from encircle.law.condition import Condition, ConditionError, parse
from encircle.law.condition.schema import ListOf, Record, Time, Type
from encircle.law.mark import Mark
from encircle.law.origin import Origin
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.tree import Fields, Leaf
from encircle.vocabulary.facts.kind import KINDS, Kind

_ALWAYS = "true"


class Wording:
    """Reads conditions and marks; notes what the situation does not have."""

    def __init__(self, schema: Record, problems: Problems) -> None:
        self._schema = schema
        self._problems = problems
        self._schemas: dict[Kind, Record] = {}
        self._always = parse(_ALWAYS, schema=schema)

    def beside(self, scope: str) -> "Wording":
        """The same over the situation of another kind of record; itself, where that scope has none of its own."""
        schema = self._schema.beside.get(scope)
        return self if schema is None else Wording(schema, self._problems)

    def condition(self, body: Fields, name: str, *, for_each: Kind | None) -> Condition:
        """The condition under that name, which must be there."""
        leaf = body.fields.get(name)
        if not isinstance(leaf, Leaf) or leaf.text is None:
            self._problems.add(
                body.place(name), f'{name!r} is missing. Expected a condition; "true" for always.'
            )
            return self._always
        try:
            return parse(leaf.text, schema=self._names(for_each), origin=str(leaf.origin))
        except ConditionError as fault:
            self._problems.add(leaf.origin, f"{name}, character {fault.column}: {fault.sentence}")
            return self._always

    def maybe_condition(self, body: Fields, name: str, *, for_each: Kind | None) -> Condition | None:
        """The condition under that name, or None where there is none."""
        leaf = body.fields.get(name)
        if leaf is None or (isinstance(leaf, Leaf) and leaf.text is None):
            return None
        return self.condition(body, name, for_each=for_each)

    def mark(self, path: str, origin: Origin, *, for_each: Kind | None) -> Mark:
        """The mark that the path names: something with a time, of the child, the item or a collection."""
        try:
            mark = Mark.read(path)
        except ValueError as wrong:
            self._problems.add(origin, str(wrong))
            return Mark("child", "")
        fields = self._fields_of(self._names(for_each).fields.get(mark.of))
        if fields is None:
            known = (name for name, kind in self._names(for_each).fields.items() if self._fields_of(kind))
            self._problems.add(origin, f"{path}: there is no {mark.of!r}. {meant(mark.of, known)}")
        elif not _has_time(fields, mark.name):
            known = (name for name in fields if _is_mark(fields, name))
            self._problems.add(
                origin, f"{path}: {mark.of} has no {mark.name!r} with a time. {meant(mark.name, known)}"
            )
        return mark

    def knows(self, kind: Kind) -> bool:
        """Whether the situation has a collection of that kind."""
        return isinstance(self._schema.fields.get(KINDS[kind].plural), ListOf)

    def _names(self, for_each: Kind | None) -> Record:
        """What a condition may name: the situation, and the item of for_each under its singular."""
        if for_each is None or not self.knows(for_each):
            return self._schema
        if for_each not in self._schemas:
            items = self._schema.fields[KINDS[for_each].plural]
            element = items.element if isinstance(items, ListOf) else items
            fields = {**self._schema.fields, for_each.value: element}
            self._schemas[for_each] = Record(f"{self._schema.name} for each {for_each.value}", fields)
        return self._schemas[for_each]

    @staticmethod
    def _fields_of(kind: Type | None) -> Mapping[str, Type] | None:
        if isinstance(kind, ListOf):
            kind = kind.element
        return kind.fields if isinstance(kind, Record) else None


def _has_time(fields: Mapping[str, Type], name: str) -> bool:
    """Whether that attribute is a time itself, or has one beside it (`held` and `held_at`)."""
    if name not in fields:
        return False
    return isinstance(fields[name], Time) or isinstance(fields.get(f"{name}_at"), Time)


def _is_mark(fields: Mapping[str, Type], name: str) -> bool:
    """Whether that attribute is one to be named: it has a time, and is not itself the time of another."""
    mark, _, suffix = name.rpartition("_")
    return _has_time(fields, name) and not (suffix in ("at", "known") and mark in fields)
