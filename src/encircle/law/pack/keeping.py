"""Keeping: from merged entries to rules of retention. Knows no child."""

from collections.abc import Mapping

from encircle.law.limit import LimitRule
from encircle.law.pack.building import Building
from encircle.law.pack.merge import Laid
from encircle.law.pack.numbers import based
from encircle.law.pack.problem import Problems
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields
from encircle.law.retention import KeptFrom, KeptOf, RetentionRule
from encircle.law.sop import SopRule
from encircle.vocabulary.compartment import Compartment


class Keeping:
    """Makes the rules of retention of one country; notes what is wrong."""

    def __init__(self, building: Building, sourcing: Sourcing, problems: Problems) -> None:
        self._building = building
        self._sourcing = sourcing
        self._problems = problems
        self._take = Take(problems)

    def rules(
        self, entries: Mapping[str, Laid], limits: Mapping[str, LimitRule], sops: Mapping[str, SopRule]
    ) -> tuple[RetentionRule, ...]:
        """All rules, sorted by code."""
        return tuple(self._rule(laid, limits, sops) for laid in entries.values())

    def _rule(
        self, laid: Laid, limits: Mapping[str, LimitRule], sops: Mapping[str, SopRule]
    ) -> RetentionRule:
        take, body = self._take, laid.body
        sources, set_by = based(laid, self._sourcing, self._problems)
        parts, events = take.choices(body, "parts", Compartment), take.choices(body, "from", KeptFrom)
        of = take.choice(body, "of", KeptOf, KeptOf.RECORD)
        self._check(body, of, parts, events)
        return RetentionRule(
            code=laid.code,
            title=take.texts(body, "title"),
            parts=parts,
            from_=tuple(event for event in KeptFrom if event in events),
            keep=self._building.due(body, "keep", limits, sops),
            sources=sources,
            sop_source=set_by,
            origins=laid.origins,
            of=of,
        )

    def _check(
        self, body: Fields, of: KeptOf, parts: frozenset[Compartment], events: frozenset[KeptFrom]
    ) -> None:
        if not events:
            self._problems.add(body.place("from"), "no 'from'. Say from which event it is counted.")
        if of is KeptOf.RECORD:
            if not parts:
                self._problems.add(body.place("parts"), "no parts. Say which parts of a record it is about.")
            if KeptFrom.LAST_WORDS in events:
                self._problems.add(body.place("from"), "'last_words' counts only what came in at the door.")
            return
        if parts:
            self._problems.add(body.place("parts"), f"a {of.value} is kept whole. Leave 'parts' out.")
        if events - {KeptFrom.LAST_WORDS}:
            self._problems.add(body.place("from"), f"a {of.value} is counted from [last_words] alone.")
