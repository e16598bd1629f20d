"""Channels: by which provision one country turns to another about a child, who writes to whom, and with what."""

from dataclasses import dataclass
from datetime import date

from encircle.law.duty import DueRule, Evidence, Ground, Standing
from encircle.law.origin import Origin
from encircle.law.source import ActKind, Source
from encircle.law.texts import Texts
from encircle.vocabulary.need import Need
from encircle.vocabulary.role import Role
from encircle.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Content:
    """Something that the law wants to stand in the request."""

    id: str
    text: Texts
    origin: Origin


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to another country as the packs state it.

    `from_roles` may write, to `to_role` there. `first`: what must be on record of the child before anything leaves.
    `stopped_by`: on which grounds nothing leaves by this way. `yields_to`: channels that go before, where they are open.
    `sop_source`: whose practice it is, where no law binds the two countries to it.
    """

    code: str
    need: Need
    title: Texts
    used_when: Texts
    instrument: str
    from_roles: frozenset[Role]
    to_role: Role
    contents: tuple[Content, ...]
    first: tuple[Evidence, ...]
    acknowledge: DueRule | None
    answer: DueRule
    stopped_by: tuple[Ground, ...]
    safeguards: tuple[Texts, ...]
    yields_to: frozenset[str]
    sources: tuple[Source, ...]
    sop_source: Texts | None
    origins: tuple[Origin, ...]

    def basis(self, countries: tuple[str, ...], on: date) -> tuple[Source, ...]:
        """The sources that bind each of those countries on that day."""
        return tuple(
            source for source in self.sources if all(source.binds(country, on) for country in countries)
        )

    def standing(self, rule: DueRule, countries: tuple[str, ...], on: date) -> Standing:
        """What the number of a time is between those countries: law only where it was read and binds each of them."""
        if rule.limit is not None and all(rule.limit.is_law(country, on) for country in countries):
            return Standing.LAW
        if rule.sop is not None and rule.sop.period is not None:
            return Standing.SOP
        if rule.limit is not None and all(rule.limit.may_be_law(country, on) for country in countries):
            return Standing.UNVERIFIED
        return Standing.WORDS


def is_bound(source: Source, country: str) -> bool | Unknown:
    """Whether the provision reaches that country, whatever the day.

    The lists of parties to treaties are those of the countries that were looked at: another country may be a party too.
    """
    if source.reaches(country):
        return True
    refused = source.act.not_bound | source.not_bound
    if source.act.kind is ActKind.TREATY and country not in refused and source.countries is None:
        return Unknown("whether the country is a party is not on record", (f"{source.act.code} {country}",))
    return False
