"""Explanations: why a rule stands in a country, in lines that a newcomer can follow. Knows no facts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from encircle.law.change import Change
from encircle.law.duty import DueRule, DutyRule, Standing
from encircle.law.origin import Origin
from encircle.law.owner import OwnerRule
from encircle.law.prohibition import Override, ProhibitionRule
from encircle.law.saying import Saying
from encircle.law.source import Source
from encircle.law.texts import Texts


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """A source, whether it binds here and now, and if not, why."""

    source: Source
    binds: bool
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say of one rule: `says` by heading, its sources, its places, its changes."""

    code: str
    title: Texts
    says: tuple[tuple[str, str], ...]
    sources: tuple[SourceStanding, ...]
    origins: tuple[Origin, ...]
    changes: tuple[Change, ...]

    def lines(self, language: str = "en") -> tuple[str, ...]:
        """The explanation as lines of text, for a terminal."""
        return tuple(self._lines(language))

    def _lines(self, language: str) -> Iterator[str]:
        yield f"{self.code}  {self.title.in_(language)}"
        for heading, text in self.says:
            yield f"  {heading}: {text}"
        for standing in self.sources:
            yield f"  source: {standing.source.cite(language)} - {standing.because}"
        for origin in self.origins:
            yield f"  stated in: {origin}"
        for change in self.changes:
            because = "" if change.because is None else f", because {change.because.in_(language)}"
            yield f"  changed by {change.pack}: {', '.join(change.fields)} ({change.origin}){because}"


def explain_duty(rule: DutyRule, *, country: str, on: date | None, owner: OwnerRule | None) -> Explanation:
    """Why a duty stands, who owes it, from when, until when, and what proves it."""
    return Explanation(
        rule.code,
        rule.title,
        tuple(_duty_says(rule, owner)),
        standings(rule.sources, country=country, on=on),
        rule.origins,
        rule.changes,
    )


def explain_prohibition(rule: ProhibitionRule, *, country: str, on: date | None) -> Explanation:
    """Why a prohibition stands, when its alarm is raised and cleared, and what to do instead."""
    says = [("raised when", rule.when.text), ("at", str(rule.at))]
    if rule.for_each is not None:
        says.insert(0, ("for each", rule.for_each.value))
    says.append(("cleared when", "acknowledged" if rule.clears is None else rule.clears.text))
    says += [("override", rule.override.value), ("instead", str(rule.instead))]
    sources = standings(rule.sources, country=country, on=on)
    return Explanation(rule.code, rule.title, tuple(says), sources, rule.origins, rule.changes)


def explain_kept(code: str, kept_by: Texts, origins: tuple[Origin, ...]) -> Explanation:
    """What makes a prohibition impossible to break that no condition can express."""
    return Explanation(code, kept_by, (("override", Override.BY_CONSTRUCTION.value),), (), origins, ())


def explain_aside(
    code: str,
    title: Texts,
    because: Texts,
    sources: tuple[Source, ...],
    origins: tuple[Origin, ...],
    *,
    country: str,
    on: date | None,
) -> Explanation:
    """Why a rule does not apply here."""
    says = (("does not apply", str(because)),)
    return Explanation(code, title, says, standings(sources, country=country, on=on), origins, ())


def in_plain_words(explained: Explanation, saying: Saying | None) -> Explanation:
    """The explanation with what the packs say of the rule in plain words, where they do."""
    if saying is None:
        return explained
    plain = (
        ("in plain words", str(saying.professional)),
        *((f"to a child of {band.value}", str(texts)) for band, texts in saying.child.items()),
    )
    return replace(explained, says=(*explained.says, *plain))


def standings(sources: tuple[Source, ...], *, country: str, on: date | None) -> tuple[SourceStanding, ...]:
    """Each source with whether it binds that country on that day."""
    return tuple(
        SourceStanding(source, source.binds(country, on), _because(source, country, on)) for source in sources
    )


def _because(source: Source, country: str, on: date | None) -> str:
    read = f"read {source.read.on} ({source.read.where})" if source.read else "not yet read: unverified"
    if source.pending:
        return f"pending, opens nothing; {read}"
    if not source.in_force(on):
        return f"not in force on {on}; {read}" if on else f"a proposal, opens nothing; {read}"
    if source.reaches(country):
        return f"binds {country}; {read}"
    return f"does not bind {country}; {read}"


def _duty_says(rule: DutyRule, owner: OwnerRule | None) -> Iterator[tuple[str, str]]:
    yield "owner", rule.owner.value + ("" if owner is None else f" ({owner.agency})")
    if rule.for_each is not None:
        yield "for each", rule.for_each.value
    yield "opens when", rule.when.text
    if rule.from_:
        yield "clock starts", f"{', '.join(map(str, rule.from_))} ({rule.clock.value})"
    yield "due", str(rule.due.words)
    number = _number(rule.due)
    if number is not None:
        yield "due in numbers", number
    for evidence in rule.evidence:
        yield "proved by", f"{evidence.text} [{evidence.id}]"
    grounds = (("suspended", rule.suspended_by), ("lifted", rule.lifted_by), ("breached", rule.breached_by))
    for heading, several in grounds:
        for ground in several:
            yield heading, f"{ground.because} [{ground.when.text}]"
    for never in rule.never:
        yield "never", str(never)
    if rule.sop_source is not None:
        yield "rests on practice", str(rule.sop_source)


def _number(due: DueRule) -> str | None:
    """The number that counts, with what it is; never a number of practice in the guise of law."""
    chosen = due.sop if due.standing is Standing.SOP else due.limit
    if chosen is None or chosen.period is None or due.standing is Standing.WORDS:
        return None
    said = {
        Standing.LAW: "limit of law",
        Standing.SOP: "SOP, not law",
        Standing.UNVERIFIED: "unverified, not shown as a limit",
    }[due.standing]
    unit = chosen.period.unit.value.replace("_", " ")
    return f"{chosen.period.amount} {unit} ({said}; {chosen.code})"
