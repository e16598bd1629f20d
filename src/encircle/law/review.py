"""Review: what a lawyer has still to look at in the law of a country. Reads no file."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from encircle.law.calendar import last_year_known
from encircle.law.careful_asking import careful_asking
from encircle.law.duty import DutyRule, Scope
from encircle.law.finding import Finding, Lack
from encircle.law.law import Law
from encircle.law.plain_words import plain_words
from encircle.law.prohibition import ProhibitionRule
from encircle.law.readings import STALE_AFTER, cited, stale
from encircle.law.sop import (
    COMPLAINT_ACKNOWLEDGED,
    COMPLAINT_ANSWERED,
    DESK_CLOSES,
    DESK_OPENS,
    EMERGENCY_LASTS,
    EMERGENCY_REVIEWED,
    LOOKS_ANSWERED,
    LOOKS_STAND_OUT,
    OFFER_OPEN,
    REPORTS_ALIKE,
    REPORTS_FLOOD,
    REPORTS_OPENED,
    TOLD_HIGHER,
)
from encircle.law.source import Source
from encircle.law.strictness import strictness
from encircle.vocabulary.role import Role

PSEUDO_COUNTRIES = frozenset({"EU", "COE"})
"""They have law and no agencies or practice of their own, so that none is missing."""

__all__ = ["Finding", "Lack", "review"]


def review(law: Law, *, stale_after: timedelta = STALE_AFTER) -> tuple[Finding, ...]:
    """Everything that a lawyer of that country has still to look at, in the order of files and lines."""
    findings = {
        *_of_sources(law),
        *stale(law, after=stale_after),
        *_of_basis(law),
        *_of_mandates(law),
        *strictness(law),
        *_of_unused(law),
        *_of_calendar(law),
        *plain_words(law),
        *careful_asking(law),
    }
    if law.country not in PSEUDO_COUNTRIES:
        findings |= {*_of_numbers(law), *_of_owners(law)}
    return tuple(sorted(findings))


def _of_sources(law: Law) -> Iterator[Finding]:
    for code, source in cited(law):
        yield from _of_source(code, source, law)


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
        if not _binds_or_will(channel.sources, law):
            what = f"no source binds {law.country}: nothing is sent by it from here."
            if channel.sop_source is not None:
                what = f"no source binds {law.country}; it rests on practice ({channel.sop_source})."
            yield Finding(channel.origins[-1], channel.code, Lack.WITHOUT_BASIS, what)
    for limit in law.limits:
        if not _binds_or_will(limit.sources, law):
            what = f"the number does not bind {law.country}: it is not used here."
            yield Finding(limit.origins[-1], limit.code, Lack.WITHOUT_BASIS, what)


def _binds_or_will(sources: Iterable[Source], law: Law) -> bool:
    """Whether a source binds the country, now or from a day that is known. What begins later is not in force, and says so."""
    return any(
        source.reaches(law.country) and (source.in_force(law.on) or source.begins_after(law.on))
        for source in sources
    )


def _of_mandates(law: Law) -> Iterator[Finding]:
    for mandate in law.mandates:
        if mandate.sees and not any(source.binds(law.country, law.on) for source in mandate.sources):
            what = f"no source binds {law.country}. What this role may see needs a law of the country."
            code = f"mandate {mandate.role.value}"
            yield Finding(mandate.origins[-1], code, Lack.WITHOUT_BASIS, what)


def _of_numbers(law: Law) -> Iterator[Finding]:
    named = {rule.due.sop.code for rule in law.duties if rule.due.sop is not None}
    named |= {channel.answer.sop.code for channel in law.channels if channel.answer.sop is not None}
    named |= {rule.keep.sop.code for rule in law.retention if rule.keep.sop is not None}
    for sop in law.sops:
        if sop.period is None and sop.no_number is None and sop.code in named:
            what = f"{sop.title}: {law.country} has set no number, so the words stand alone."
            yield Finding(sop.origins[-1], sop.code, Lack.SOP_MISSING, what)


def _of_unused(law: Law) -> Iterator[Finding]:
    """Numbers of practice that no time names. Limits say what the law says, used or not."""
    dues = [rule.due for rule in law.duties]
    dues += [rule.keep for rule in law.retention]
    dues += [due for channel in law.channels for due in (channel.answer, channel.acknowledge) if due]
    named = {due.sop.code for due in dues if due.sop is not None}
    named |= {*TOLD_HIGHER, EMERGENCY_LASTS, EMERGENCY_REVIEWED, *LOOKS_STAND_OUT, LOOKS_ANSWERED, OFFER_OPEN}
    named |= {
        *REPORTS_OPENED.values(),
        DESK_OPENS,
        DESK_CLOSES,
        REPORTS_FLOOD,
        REPORTS_ALIKE,
        COMPLAINT_ACKNOWLEDGED,
        COMPLAINT_ANSWERED,
    }
    for sop in law.sops:
        if sop.code not in named:
            yield Finding(sop.origins[0], sop.code, Lack.UNUSED, "no duty and no channel names this number.")


def _of_calendar(law: Law) -> Iterator[Finding]:
    if law.on is None or law.calendar.code is None:
        return
    last = last_year_known(law.calendar.code)
    if last <= law.on.year:
        what = f"the calendar {law.calendar.code} knows public holidays until {last}. Bring its table up to date."
        yield Finding(law.calendar_at, law.pack, Lack.CALENDAR_ENDS, what)


def _of_owners(law: Law) -> Iterator[Finding]:
    for rule in law.duties:
        if law.owner(rule.owner) is None and rule.scope is not Scope.AGENCY:
            what = f"no agency is named for the role {rule.owner.value}."
            yield Finding(rule.origins[-1], rule.code, Lack.OWNER_MISSING, what)
    acting = _acting(law)
    for rule in law.duties:
        if law.mandates and rule.owner not in law.mandates_by_role:
            what = (
                f"the role {rule.owner.value} owes it and has no mandate: nobody in it may open the record."
            )
            yield Finding(rule.origins[-1], rule.code, Lack.ORPHAN_ROLE, what)
    for owner in law.owners:
        if owner.role not in acting:
            what = "an agency is named for a role that owns no duty, has no mandate and writes no request."
            yield Finding(owner.origins[-1], owner.role.value, Lack.ORPHAN_ROLE, what)


def _acting(law: Law) -> set[Role]:
    """The roles that have something to do."""
    roles = {rule.owner for rule in law.duties} | set(law.mandates_by_role)
    return roles.union(*(channel.from_roles | {channel.to_role} for channel in law.channels))
