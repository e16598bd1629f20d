"""Statements: what somebody wants to put on a record, as typed, and why it could not be taken. Knows no tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from encircle.core.prohibition import Alarm
from encircle.law.prohibition import Override
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts.fact_type import Payload
from encircle.vocabulary.identifier import AgencyId, FactId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.refusal import Refused

LABEL = "@"
"""Before the label of a subject that an earlier statement of the same act makes: `@interview`."""


class Last(Enum):
    """The writer names no version: whatever stands on record when the act is done counts as read."""

    READ_NOW = "read_now"


READ_NOW = Last.READ_NOW


@dataclass(frozen=True, slots=True)
class ReadUntil:
    """The writer had read the record until that fact, the last one of it; None: when nothing stood on it yet."""

    fact: FactId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One fact that somebody states.

    `values`: the payload, or its fields as JSON gives them; a field that names a subject may name a label.
    `subject`: what it is about, None for the child or for a new thing; `label` is what later statements of the same act
    call that new thing. `happened`: as `moment.parse_span` reads it, in the zone of the law; None: now.
    `agency`: the source, by default that of the writer. `learnt_at`: when the writer's agency learnt it; by default when
    it happened for what it saw itself, else now. `follows`: the last fact of the matter that the writer had read.
    """

    type: str
    values: Mapping[str, object] | Payload = field(default_factory=dict)
    subject: str | None = None
    label: str | None = None
    happened: str | Span | None = None
    certainty: Certainty = Certainty.OBSERVED
    agency: AgencyId | None = None
    said_by: str | None = None
    learnt_at: str | datetime | None = None
    corrects: FactId | None = None
    version_of: FactId | None = None
    withdraws: FactId | None = None
    follows: FactId | ReadUntil | Last | None = READ_NOW


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `statement`: which one of the act, from 0; `field`: of its payload, or of the statement.

    `code` names the problem for programs and wordings; `reason` is English for people who write programs.
    """

    statement: int
    field: str
    code: str
    reason: str


class NotTaken(Refused):
    """The act was not taken: `problems` holds all that is wrong, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            code="not_taken",
            reason="Something of what was entered cannot be right. Nothing was saved.",
            instead=" ".join(problem.reason for problem in problems),
        )
        self.problems = problems


class Prohibited(Refused):
    """What is planned would cross a prohibition: `alarms` holds each with its rule. Nothing was saved."""

    def __init__(self, alarms: tuple[Alarm, ...]) -> None:
        rules = [alarm.rule for alarm in alarms]
        super().__init__(
            code="prohibited",
            reason=" ".join(f"{rule.code}: {rule.title.in_('en')}." for rule in rules),
            source="; ".join(source.cite() for rule in rules for source in rule.sources),
            instead=" ".join(rule.instead.in_("en") for rule in rules),
        )
        self.alarms = alarms

    @property
    def by_two_persons(self) -> bool:
        """Whether two persons together could set all of them aside."""
        return all(alarm.rule.override is Override.TWO_PERSONS for alarm in self.alarms)


class AlreadySaved(Refused):
    """The same form was saved before with other answers: what is on record stays."""

    def __init__(self) -> None:
        super().__init__(
            code="already_saved",
            reason="This form was saved already, with other answers. What was saved then stays on record.",
            instead="Open the record. If something there is wrong, correct it; for something new, open a new form.",
        )
