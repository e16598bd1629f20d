"""The law of one country: all rules that its packs state, ready to be asked. Knows no facts and no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn, Protocol

from encircle.law.calendar import Calendar
from encircle.law.channel import Channel
from encircle.law.duty import DutyRule
from encircle.law.explanation import (
    Explanation,
    explain_aside,
    explain_duty,
    explain_kept,
    explain_prohibition,
    in_plain_words,
)
from encircle.law.forms import NO_FORMS, Forms
from encircle.law.glossary import Term
from encircle.law.library import Resource
from encircle.law.limit import LimitRule
from encircle.law.mandate import Mandate
from encircle.law.origin import Origin
from encircle.law.owner import OwnerRule
from encircle.law.prohibition import ProhibitionRule
from encircle.law.question import AskedOf, Question
from encircle.law.retention import RetentionRule
from encircle.law.saying import Saying, stem
from encircle.law.sop import SopRule
from encircle.law.source import Act, Source
from encircle.law.texts import Texts
from encircle.law.translation import IdlePhrase, Translation
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role


@dataclass(frozen=True, slots=True)
class PackVersion:
    """A pack that the law was read from."""

    code: str
    version: str
    title: Texts


@dataclass(frozen=True, slots=True)
class SetAside:
    """An entry that does not apply: a pack says so, or (pack is None) no source of it is in force."""

    code: str
    title: Texts
    pack: str | None
    because: Texts
    sources: tuple[Source, ...]
    origins: tuple[Origin, ...]


class _Stated(Protocol):
    """What a pack states, with the lines where it does."""

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Those lines, of the lowest pack first."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """The law of one country, sorted by code.

    `country` is ISO 3166-1 alpha-2, or EU or COE. `on` is the day for which sources had to be in force,
    None for no day. `calendar_at` is the line that names the calendar.
    `groups`: the members of each group of countries that acts name.
    `translations`: how its texts came into other languages; `idle_phrases`: translations of English that it no longer has.
    `set_aside` holds what does not apply, with the reason: nothing that a pack states is left out in silence.
    """

    pack: str
    country: str
    on: date | None
    zone: str
    calendar: Calendar
    calendar_at: Origin
    languages: tuple[str, ...]
    packs: tuple[PackVersion, ...]
    duties: tuple[DutyRule, ...]
    prohibitions: tuple[ProhibitionRule, ...]
    limits: tuple[LimitRule, ...]
    sops: tuple[SopRule, ...]
    owners: tuple[OwnerRule, ...]
    mandates: tuple[Mandate, ...]
    channels: tuple[Channel, ...]
    acts: tuple[Act, ...]
    groups: Mapping[str, frozenset[str]]
    set_aside: tuple[SetAside, ...]
    sayings: tuple[Saying, ...]
    terms: tuple[Term, ...]
    library: tuple[Resource, ...]
    retention: tuple[RetentionRule, ...] = ()
    forms: Forms = NO_FORMS
    translations: tuple[Translation, ...] = ()
    idle_phrases: tuple[IdlePhrase, ...] = ()
    _duties: dict[str, DutyRule] = field(init=False, repr=False)
    _prohibitions: dict[str, ProhibitionRule] = field(init=False, repr=False)
    _owners: dict[Role, OwnerRule] = field(init=False, repr=False)
    _mandates: dict[Role, Mandate] = field(init=False, repr=False)
    _sayings: dict[str, Saying] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_duties", {rule.code: rule for rule in self.duties})
        object.__setattr__(self, "_prohibitions", {rule.code: rule for rule in self.prohibitions})
        object.__setattr__(self, "_owners", {rule.role: rule for rule in self.owners})
        object.__setattr__(self, "_mandates", {mandate.role: mandate for mandate in self.mandates})
        object.__setattr__(self, "_sayings", {saying.code: saying for saying in self.sayings})

    @property
    def is_its_own(self) -> bool:
        """Whether the pack of this country states any rule, number or agency itself; else all is of the packs below."""
        stated: tuple[_Stated, ...] = (
            *self.duties,
            *self.prohibitions,
            *self.limits,
            *self.sops,
            *self.channels,
            *self.retention,
            *self.owners,
            *self.mandates,
        )
        aside = any(one.pack == self.pack for one in self.set_aside)
        return aside or any(f"/{self.pack}/" in f"/{origin.file}" for one in stated for origin in one.origins)

    def told_of_others(self) -> str:
        """For people at a command line: that this country has stated no law of its own, and whose law this is."""
        below = ", ".join(one.code for one in self.packs if one.code != self.pack)
        return (
            f"No law of {self.country} itself is in the pack {self.pack}: no duty, no time and no agency. "
            f"It rests on the law of {below}."
        )

    def duty(self, code: str) -> DutyRule:
        """The duty of that code. Refuses: an unknown one (BadInput, naming the nearest)."""
        return self._duties[code] if code in self._duties else _refuse(code, "duty", self._duties, self.pack)

    def prohibition(self, code: str) -> ProhibitionRule:
        """The prohibition of that code. Refuses: an unknown one (BadInput, naming the nearest)."""
        known = self._prohibitions
        return known[code] if code in known else _refuse(code, "prohibition", known, self.pack)

    def channel(self, code: str) -> Channel | None:
        """The channel of that code; None where the packs know none, as for a request of an earlier law."""
        return next((channel for channel in self.channels if channel.code == code), None)

    def saying(self, code: str) -> Saying | None:
        """The plain words of that rule, else of the one that it is a variant of; None where there are none."""
        return self._sayings.get(code) or self._sayings.get(stem(code))

    def form(self, of: AskedOf) -> tuple[Question, ...]:
        """What the form of the door for these people asks, in its order."""
        return self.forms.of(of)

    def owner(self, role: Role) -> OwnerRule | None:
        """The agency behind a role; None where the packs name none."""
        return self._owners.get(role)

    @property
    def mandates_by_role(self) -> Mapping[Role, Mandate]:
        """What each role is entitled to; a role that is not there is entitled to nothing."""
        return self._mandates

    def explain(self, code: str) -> Explanation:
        """Why that duty or prohibition stands here: sources, places, who, when, plain words. Refuses as `duty`."""
        return in_plain_words(self._explained(code), self.saying(code))

    def _explained(self, code: str) -> Explanation:
        if code in self._duties:
            rule = self._duties[code]
            return explain_duty(rule, country=self.country, on=self.on, owner=self.owner(rule.owner))
        if code in self._prohibitions:
            return explain_prohibition(self._prohibitions[code], country=self.country, on=self.on)
        kept = self._sayings.get(code)
        if kept is not None and kept.kept_by is not None:
            return explain_kept(kept.code, kept.kept_by, kept.origins)
        for aside in self.set_aside:
            if aside.code == code:
                return explain_aside(
                    code,
                    aside.title,
                    aside.because,
                    aside.sources,
                    aside.origins,
                    country=self.country,
                    on=self.on,
                )
        known = (*self._duties, *self._prohibitions, *(aside.code for aside in self.set_aside))
        return _refuse(code, "duty or prohibition", known, self.pack)


def _refuse(code: str, what: str, known: Iterable[str], pack: str) -> NoReturn:
    names = sorted(known)
    near = [name for name in names if name[:3].lower() == code[:3].lower()] or names
    raise BadInput(
        code="no_such_code",
        reason=f"There is no {what} {code!r} in the law of {pack}.",
        where=code,
        instead=f"There are: {', '.join(near[:12])}." if near else "This law has none.",
    )
