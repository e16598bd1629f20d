"""Review: what a lawyer has still to look at in the law of a country. Reads no file."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from encircle.law.channel import Channel
from encircle.law.duty import DutyRule
from encircle.law.law import Law
from encircle.law.limit import LimitRule
from encircle.law.origin import Origin
from encircle.law.prohibition import ProhibitionRule
from encircle.law.saying import LONGEST_SENTENCE, Band, words_in_sentences
from encircle.law.source import Source


class Lack(StrEnum):
    """What is lacking."""

    UNVERIFIED = "unverified"
    UNREVIEWED = "unreviewed"
    NOT_IN_FORCE = "not in force"
    WITHOUT_BASIS = "without basis"
    SOP_MISSING = "SOP missing"
    OWNER_MISSING = "owner missing"
    LANGUAGE_MISSING = "language missing"
    TEXT_MISSING = "text missing"
    HARD_TO_READ = "hard to read"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to look at: where, of which code, what is lacking, in a sentence."""

    origin: Origin
    code: str
    lack: Lack
    what: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.code}: {self.what}"


def review(law: Law) -> tuple[Finding, ...]:
    """Everything that a lawyer of that country has still to look at, in the order of files and lines."""
    findings = {
        *_of_sources(law),
        *_of_basis(law),
        *_of_mandates(law),
        *_of_numbers(law),
        *_of_owners(law),
        *_of_languages(law),
        *_of_sayings(law),
        *_of_readability(law),
    }
    return tuple(sorted(findings))


def _of_sources(law: Law) -> Iterator[Finding]:
    rules: tuple[DutyRule | ProhibitionRule | LimitRule | Channel, ...] = (
        *law.duties,
        *law.prohibitions,
        *law.limits,
        *law.channels,
    )
    for rule in rules:
        for source in rule.sources:
            yield from _of_source(rule.code, source, law)
    for sop in law.sops:
        for source in sop.sources:
            yield from _of_source(sop.code, source, law)
    for mandate in law.mandates:
        for source in mandate.sources:
            yield from _of_source(f"mandate {mandate.role.value}", source, law)


def _of_source(code: str, source: Source, law: Law) -> Iterator[Finding]:
    where, cited = source.origins[-1], source.cite()
    if not source.is_read:
        yield Finding(where, code, Lack.UNVERIFIED, f"{cited} has not been read.")
    if source.reviewed is None:
        yield Finding(where, code, Lack.UNREVIEWED, f"{cited} has not been reviewed by a lawyer.")
    if not source.in_force(law.on):
        day = f" on {law.on}" if law.on else ""
        yield Finding(where, code, Lack.NOT_IN_FORCE, f"{cited} is not in force{day}.")


def _of_basis(law: Law) -> Iterator[Finding]:
    rules: tuple[DutyRule | ProhibitionRule, ...] = (*law.duties, *law.prohibitions)
    for rule in rules:
        if not rule.basis(law.country, law.on):
            what = f"no source binds {law.country}. Name another basis, or say that it does not apply."
            if rule.sop_source is not None:
                what = f"no source binds {law.country}; it rests on practice ({rule.sop_source})."
            yield Finding(rule.origins[-1], rule.code, Lack.WITHOUT_BASIS, what)
    for channel in law.channels:
        if not any(source.binds(law.country, law.on) for source in channel.sources):
            what = f"no source binds {law.country}: nothing is sent by it from here."
            if channel.sop_source is not None:
                what = f"no source binds {law.country}; it rests on practice ({channel.sop_source})."
            yield Finding(channel.origins[-1], channel.code, Lack.WITHOUT_BASIS, what)
    for limit in law.limits:
        if not limit.may_be_law(law.country, law.on):
            what = f"the number does not bind {law.country}: it is not used here."
            yield Finding(limit.origins[-1], limit.code, Lack.WITHOUT_BASIS, what)


def _of_mandates(law: Law) -> Iterator[Finding]:
    for mandate in law.mandates:
        if mandate.sees and not any(source.binds(law.country, law.on) for source in mandate.sources):
            what = f"no source binds {law.country}. What this role may see needs a law of the country."
            code = f"mandate {mandate.role.value}"
            yield Finding(mandate.origins[-1], code, Lack.WITHOUT_BASIS, what)


def _of_numbers(law: Law) -> Iterator[Finding]:
    named = {rule.due.sop.code for rule in law.duties if rule.due.sop is not None}
    named |= {channel.answer.sop.code for channel in law.channels if channel.answer.sop is not None}
    for sop in law.sops:
        if sop.period is None and sop.code in named:
            what = f"{sop.title}: {law.country} has set no number, so the words stand alone."
            yield Finding(sop.origins[-1], sop.code, Lack.SOP_MISSING, what)


def _of_owners(law: Law) -> Iterator[Finding]:
    for rule in law.duties:
        if law.owner(rule.owner) is None:
            what = f"no agency is named for the role {rule.owner.value}."
            yield Finding(rule.origins[-1], rule.code, Lack.OWNER_MISSING, what)


def _of_languages(law: Law) -> Iterator[Finding]:
    rules: tuple[DutyRule | ProhibitionRule | Channel, ...] = (
        *law.duties,
        *law.prohibitions,
        *law.channels,
    )
    for rule in rules:
        if law.languages[0] not in rule.title.languages:
            what = f"the title does not exist in {law.languages[0]}."
            yield Finding(rule.origins[-1], rule.code, Lack.LANGUAGE_MISSING, what)


def _of_sayings(law: Law) -> Iterator[Finding]:
    rules: tuple[DutyRule | ProhibitionRule, ...] = (*law.duties, *law.prohibitions)
    for rule in rules:
        saying, where = law.saying(rule.code), rule.origins[0]
        if saying is None:
            yield Finding(where, rule.code, Lack.TEXT_MISSING, "it is not said in plain words in texts/.")
            continue
        texts = {"professionals": saying.professional}
        texts |= {f"a child of {band.value}": saying.child[band] for band in Band}
        for reader, text in texts.items():
            if law.languages[0] not in text.languages:
                what = f"the text for {reader} does not exist in {law.languages[0]}."
                yield Finding(saying.origins[-1], rule.code, Lack.LANGUAGE_MISSING, what)


def _of_readability(law: Law) -> Iterator[Finding]:
    for saying in law.sayings:
        for band in Band:
            for language, text in saying.child[band].by_language:
                longest = max(words_in_sentences(text))
                if longest > LONGEST_SENTENCE[band]:
                    what = f"a sentence of {longest} words for {band.value} ({language}): at most {LONGEST_SENTENCE[band]}."
                    yield Finding(saying.origins[-1], saying.code, Lack.HARD_TO_READ, what)
