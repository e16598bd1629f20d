"""Sourcing: from the source lists of entries to sources, with acts and groups of countries by their code."""

from collections.abc import Mapping
from types import MappingProxyType

from encircle.law.origin import Origin
from encircle.law.pack.merge import Laid
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields, Leaf
from encircle.law.source import EVERY_COUNTRY, GENERAL_KNOWLEDGE, Act, ActKind, Read, Reviewed, Source

_SOURCE_FIELDS = (
    "act",
    "at",
    "countries",
    "not_bound",
    "from",
    "until",
    "read",
    "reviewed",
    "mark",
    "pending",
)
_SEEN = "S:"
_COUNTRY_LENGTH = 2


class Sourcing:
    """Makes acts and sources; knows the groups of countries."""

    def __init__(self, acts: Mapping[str, Laid], groups: Mapping[str, Laid], problems: Problems) -> None:
        self._problems = problems
        self._take = Take(problems)
        self.groups = {code: self._take.countries(laid.body, "members") for code, laid in groups.items()}
        self.acts: Mapping[str, Act] = MappingProxyType(
            {code: self._act(laid) for code, laid in acts.items()}
        )

    def sources(self, body: Fields) -> tuple[Source, ...]:
        """The sources of an entry."""
        made = [self._source(one) for one in self._take.each(body, "sources")]
        return tuple(source for source in made if source is not None)

    def _act(self, laid: Laid) -> Act:
        take, body = self._take, laid.body
        title = take.texts(body, "title")
        read = self._read(body)
        mark = self._mark(body, read)
        return Act(
            code=laid.code,
            title=title,
            short=take.maybe_texts(body, "short") or title,
            kind=take.choice(body, "kind", ActKind),
            number=take.maybe_word(body, "number") or laid.code,
            bound=self._expanded(body, "bound"),
            not_bound=self._expanded(body, "not_bound"),
            from_=take.maybe_day(body, "from"),
            until=take.maybe_day(body, "until"),
            read=read,
            mark=mark,
            remark=take.maybe_texts(body, "remark"),
            origins=laid.origins,
        )

    def _source(self, body: Fields) -> Source | None:
        take = self._take
        take.only(body, _SOURCE_FIELDS)
        code, at, read = take.word(body, "act"), take.word(body, "at"), self._read(body)
        mark, narrowed = self._mark(body, read), _is_given(body, "countries")
        from_, until = take.maybe_day(body, "from"), take.maybe_day(body, "until")
        if from_ and until and until < from_:
            self._problems.add(body.place("until"), f"until {until} lies before from {from_}.")
        act = self.acts.get(code)
        if act is None:
            if code:
                self._problems.add(
                    body.place("act"), f"act {code!r} is not in acts.yaml. {meant(code, self.acts)}"
                )
            return None
        return Source(
            act=act,
            at=at,
            countries=self._expanded(body, "countries") if narrowed else None,
            not_bound=self._expanded(body, "not_bound"),
            from_=from_,
            until=until,
            read=read,
            reviewed=self._reviewed(body),
            mark=mark,
            pending=take.truth(body, "pending"),
            origins=body.origins,
        )

    def _mark(self, body: Fields, read: Read | None) -> str:
        mark = self._take.word(body, "mark")
        seen = mark.startswith(_SEEN) and len(mark) > len(_SEEN)
        if mark and mark != GENERAL_KNOWLEDGE and not seen:
            self._problems.add(
                body.place("mark"), f"mark {mark!r}: expected G, or S: and the key of where it was seen."
            )
        elif mark == GENERAL_KNOWLEDGE and read is not None:
            self._problems.add(
                body.place("mark"), "mark G goes with 'read: null'; a text that was read has the mark S:KEY."
            )
        elif seen and read is None:
            self._problems.add(
                body.place("mark"), f"mark {mark} says that it was seen: add 'read' with day and place."
            )
        return mark

    def _read(self, body: Fields) -> Read | None:
        fields = self._part(body, "read", ("on", "where"))
        return (
            None if fields is None else Read(self._take.day(fields, "on"), self._take.word(fields, "where"))
        )

    def _reviewed(self, body: Fields) -> Reviewed | None:
        fields = self._part(body, "reviewed", ("on", "role"))
        return (
            None
            if fields is None
            else Reviewed(self._take.day(fields, "on"), self._take.word(fields, "role"))
        )

    def _part(self, body: Fields, name: str, names: tuple[str, str]) -> Fields | None:
        if not _is_given(body, name):
            return None
        value = body.fields[name]
        if isinstance(value, Fields):
            self._take.only(value, names)
            return value
        self._problems.add(
            value.origin, f'{name!r}: expected null or {{{names[0]}: DATE, {names[1]}: "..."}}.'
        )
        return None

    def _expanded(self, body: Fields, name: str) -> frozenset[str]:
        """Countries with the members of groups. The code of a group, for its pseudo-country, is among them
        if the group is named or all of its members are there.
        """
        expanded: set[str] = set()
        for code in self._take.countries(body, name):
            expanded |= self.groups.get(code, frozenset()) | {code}
            if code not in self.groups and code != EVERY_COUNTRY and len(code) != _COUNTRY_LENGTH:
                self._no_group(code, body.place(name), name)
        whole = {code for code, members in self.groups.items() if members and members <= expanded}
        return frozenset(expanded | whole)

    def _no_group(self, code: str, origin: Origin, name: str) -> None:
        self._problems.add(origin, f"{name}: {code!r} is not in groups.yaml. {meant(code, self.groups)}")


def _is_given(body: Fields, name: str) -> bool:
    value = body.fields.get(name)
    return value is not None and not (isinstance(value, Leaf) and value.text is None)
