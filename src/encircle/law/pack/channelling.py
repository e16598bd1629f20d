"""Channelling: from merged entries to channels across borders. Knows no child and no single pair of countries."""

from collections.abc import Mapping
from typing import get_args

from encircle.law.channel import Channel, Content
from encircle.law.duty import DueRule
from encircle.law.limit import LimitRule
from encircle.law.origin import Origin
from encircle.law.pack.building import Building
from encircle.law.pack.layer import names_in
from encircle.law.pack.merge import Laid
from encircle.law.pack.numbers import based
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields
from encircle.law.sop import SopRule
from encircle.vocabulary.facts.crossborder import Instrument
from encircle.vocabulary.need import Need
from encircle.vocabulary.role import Role


class Channelling:
    """Makes the channels that the packs of one country know; notes what is wrong."""

    def __init__(self, building: Building, sourcing: Sourcing, problems: Problems) -> None:
        self._building = building
        self._sourcing = sourcing
        self._problems = problems
        self._take = Take(problems)

    def channels(
        self, entries: Mapping[str, Laid], limits: Mapping[str, LimitRule], sops: Mapping[str, SopRule]
    ) -> tuple[Channel, ...]:
        """All channels, sorted by code."""
        made = tuple(self._channel(laid, entries, limits, sops) for laid in entries.values())
        self._check_circles({channel.code: channel.yields_to for channel in made}, entries)
        return made

    def _channel(
        self,
        laid: Laid,
        entries: Mapping[str, Laid],
        limits: Mapping[str, LimitRule],
        sops: Mapping[str, SopRule],
    ) -> Channel:
        take, body = self._take, laid.body
        sources, set_by = based(laid, self._sourcing, self._problems)
        return Channel(
            code=laid.code,
            need=take.choice(body, "need", Need),
            title=take.texts(body, "title"),
            used_when=take.texts(body, "used_when"),
            instrument=self._instrument(body),
            from_roles=take.choices(body, "from_roles", Role),
            to_role=take.choice(body, "to_role", Role),
            contents=self._contents(body),
            first=self._building.evidence(body, "first", None),
            acknowledge=self._maybe_due(body, "acknowledge", limits, sops),
            answer=self._building.due(body, "answer", limits, sops),
            stopped_by=self._building.grounds(body, "stopped_by", None),
            safeguards=tuple(take.texts_of(one, "safeguards") for one in take.each(body, "safeguards")),
            yields_to=self._yields_to(body, entries),
            sources=sources,
            sop_source=set_by,
            origins=laid.origins,
        )

    def _contents(self, body: Fields) -> tuple[Content, ...]:
        found: dict[str, Content] = {}
        for one in self._take.each(body, "contents"):
            self._take.only(one, ("id", "text"))
            code = self._take.word(one, "id")
            if code in found:
                self._problems.add(one.place("id"), f"contents {code!r} stands twice. Give each its own id.")
            found[code] = Content(code, self._take.texts(one, "text"), one.origin)
        if not found:
            self._problems.add(body.place("contents"), "no contents. Say what must stand in the request.")
        return tuple(found.values())

    def _instrument(self, body: Fields) -> str:
        said, known = self._take.word(body, "instrument"), get_args(Instrument)
        if said and said not in known:
            self._problems.add(
                body.place("instrument"), f"instrument {said!r} is not known. {meant(said, known)}"
            )
        return said

    def _maybe_due(
        self, body: Fields, name: str, limits: Mapping[str, LimitRule], sops: Mapping[str, SopRule]
    ) -> DueRule | None:
        return self._building.due(body, name, limits, sops) if name in body.fields else None

    def _yields_to(self, body: Fields, entries: Mapping[str, Laid]) -> frozenset[str]:
        named: tuple[tuple[str, Origin], ...] = (
            names_in(body.fields["yields_to"]) if "yields_to" in body.fields else ()
        )
        for code, origin in named:
            if code not in entries:
                self._problems.add(origin, f"yields_to {code!r} is no channel. {meant(code, entries)}")
        return frozenset(code for code, _ in named)

    def _check_circles(self, yields: Mapping[str, frozenset[str]], entries: Mapping[str, Laid]) -> None:
        """Note each channel that goes after itself: none of a circle would ever go first."""
        for code in yields:
            if circle := _circle(code, yields):
                what = f"{' yields to '.join(circle)}: a circle. Take one away."
                self._problems.add(entries[code].body.place("yields_to"), what)


def _circle(code: str, yields: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The shortest way from that channel back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(code,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for after in sorted(yields.get(way[-1], ())):
            if after == code:
                return (*way, code)
            if after not in seen:
                seen.add(after)
                ways.append((*way, after))
    return ()
