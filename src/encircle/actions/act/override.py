"""Overrides: a prohibition is set aside for one act by two persons with a named basis; one person never passes alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from encircle.actions.act.statement import Statement
from encircle.core.prohibition import Alarm
from encircle.law.prohibition import Override
from encircle.records import facts as rows
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.acknowledgement import (
    OverrideAsked,
    OverrideDecided,
    OverrideRefused,
    OverrideUsed,
)
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role

OWN = frozenset({"override_asked", "override_decided", "override_refused", "override_used"})
"""Facts that only these steps write."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One asking, as it stands: who asked, and whether a second person agreed, refused, or the act is done."""

    asked: Fact
    said: OverrideAsked
    agreed: bool
    refused: bool
    used: bool

    @property
    def waits(self) -> bool:
        """Whether a second person still has to answer."""
        return not (self.agreed or self.refused or self.used)


class NotAlone(Refused):
    """Whoever asked cannot be the second person."""

    def __init__(self) -> None:
        super().__init__(
            code="not_alone",
            reason="You asked for this yourself. A second person has to look at it.",
            instead="Ask a colleague who takes part in this case, best the case lead or a supervisor.",
        )


def askings(facts: Sequence[Fact]) -> tuple[Asking, ...]:
    """Every asking on record that was not taken back, the first first."""
    gone = {fact.withdraws for fact in facts if fact.withdraws is not None}
    kinds: dict[str, set[type]] = {}
    for fact in facts:
        if fact.subject is not None and fact.id not in gone:
            kinds.setdefault(fact.subject, set()).add(type(fact.payload))
    return tuple(
        Asking(
            fact,
            fact.payload,
            agreed=OverrideDecided in kinds.get(fact.id, ()),
            refused=OverrideRefused in kinds.get(fact.id, ()),
            used=OverrideUsed in kinds.get(fact.id, ()),
        )
        for fact in facts
        if isinstance(fact.payload, OverrideAsked) and fact.id not in gone
    )


def asking(alarms: Sequence[Alarm], planned: str, *, basis: str, role: Role) -> tuple[Statement, ...]:
    """What writes down that one person asks for this plan (its type of fact). Refuses: a prohibition nobody overrides."""
    for alarm in alarms:
        if alarm.rule.override is not Override.TWO_PERSONS:
            raise Refused(
                code="no_override",
                reason=f"{alarm.rule.code}: nobody can set this prohibition aside.",
                source="; ".join(source.cite() for source in alarm.rule.sources),
                instead=alarm.rule.instead.in_("en"),
            )
    return tuple(
        Statement(
            type="override_asked",
            values={"prohibition": code, "basis": basis, "for_act": planned, "first_role": role.value},
        )
        for code in sorted({base(alarm) for alarm in alarms})
    )


def answer(
    facts: Sequence[Fact], asked: FactId, *, agrees: bool, why: str, person: str, role: Role
) -> Statement:
    """What writes down the answer of the second person. Refuses: NotAlone; an asking that is not there or answered."""
    found = next((one for one in askings(facts) if one.asked.id == asked and one.waits), None)
    if found is None:
        raise Refused(
            code="nothing_asked",
            reason="Nothing waits for an answer here: it was answered, or taken back.",
            instead="Open the record and look.",
        )
    if rows.recorded_by(asked) == person:
        raise NotAlone
    if not agrees:
        return Statement(
            type="override_refused", values={"refused_because": why} if why else {}, subject=asked
        )
    values = {
        "prohibition": found.said.prohibition,
        "basis": found.said.basis,
        "first_role": found.said.first_role.value,
        "second_role": role.value,
        "for_subject": found.said.for_act,
    }
    return Statement(type="override_decided", values=values, subject=asked)


def set_aside(
    facts: Sequence[Fact], alarms: Sequence[Alarm], planned: Sequence[Fact]
) -> tuple[Statement, ...] | None:
    """What marks the overrides that these plans use up; None where not every prohibition is set aside for them."""
    types = {fact.type: fact.id for fact in planned}
    free = [one for one in askings(facts) if one.agreed and not one.used and one.said.for_act in types]
    by_code = {one.said.prohibition: one for one in free}
    needed = {base(alarm) for alarm in alarms}
    if (
        any(alarm.rule.override is not Override.TWO_PERSONS for alarm in alarms)
        or not needed <= by_code.keys()
    ):
        return None
    return tuple(
        Statement(
            type="override_used",
            values={"used_for": types[by_code[code].said.for_act]},
            subject=by_code[code].asked.id,
        )
        for code in sorted(needed)
    )


def base(alarm: Alarm) -> str:
    """The code of the prohibition without what it is applied to: P1 for P1-interview_planned."""
    return alarm.rule.code.partition("-")[0]
