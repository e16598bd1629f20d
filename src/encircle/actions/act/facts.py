"""From statements to facts: each field, reference and time is looked at, and all that is wrong is told at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid5

import msgspec

from encircle.actions.act.for_the_child import problems_for_child
from encircle.actions.act.statement import LABEL, NotTaken, Problem, Statement
from encircle.actions.form_token import space_of_form
from encircle.actions.permit import Permit
from encircle.core.access import flagged, groups_of
from encircle.core.child import AsOf, fold
from encircle.law.law import Law
from encircle.records.models import Agency
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.age import AgeClaimed, DateOfBirthRecorded
from encircle.vocabulary.facts.fact_type import FACT_TYPES, FactType, Payload
from encircle.vocabulary.facts.kind import WHOLE, Kind, stands_on
from encircle.vocabulary.facts.payload import payload_problems, read_payload
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, SubjectId, is_random_id
from encircle.vocabulary.moment import Span, instant_end, parse_span, point

_SAID_BY = re.compile(r"^[a-z0-9][a-z0-9_.:-]{0,63}$")


def facts_of_act(
    permit: Permit, statements: Sequence[Statement], *, token: str, on_record: Sequence[Fact], law: Law
) -> tuple[Fact, ...]:
    """The facts that these statements make; the same token makes the same ids. Refuses: NotTaken, with all problems."""
    ids = fact_ids(permit, token, len(statements))
    known = {fact.id: fact for fact in on_record}
    act = _Act(permit, law, known, ids, _agencies(statements, permit), groups_of(on_record))
    facts = [act.read(number, statement) for number, statement in enumerate(statements)]
    if act.problems:
        raise NotTaken(tuple(act.problems))
    return tuple(fact for fact in facts if fact is not None)


def fact_ids(permit: Permit, token: str, count: int) -> tuple[FactId, ...]:
    """The ids of the facts of the act with that token on this record. Refuses: a token that no form of ours carries."""
    space = space_of_form(token)
    return tuple(FactId(str(uuid5(space, f"{permit.root.id}/{number}"))) for number in range(count))


@dataclass(slots=True)
class _Act:
    """The act as far as it is read: what earlier statements have made, and what is wrong so far."""

    permit: Permit
    law: Law
    on_record: Mapping[FactId, Fact]
    ids: tuple[FactId, ...]
    agencies: frozenset[str]
    group_of: Mapping[FactId, FieldGroup]
    labels: dict[str, SubjectId] = field(default_factory=dict)
    subjects: dict[str, Kind] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        there = _there(self.permit, self.on_record, self.group_of)
        for fact in self.on_record.values():
            if (fact.subject or fact.id) in there:
                self._know(fact)

    def read(self, number: int, statement: Statement) -> Fact | None:
        """The fact of that statement; None where something is wrong with it."""
        before = len(self.problems)
        of = FACT_TYPES.get(statement.type)
        if of is None:
            self._tell(
                number, "type", "unknown_type", f"There is no type of fact called {statement.type!r:.60}."
            )
            return None
        if not stands_on(of.about, self.permit.root.kind):
            self._tell(number, "type", "on_another_record", "This is said on a record of another kind.")
            return None
        payload = self._payload(number, statement, of)
        self.problems += problems_for_child(number, payload, on_record=self._open(), permit=self.permit)
        subject = self._subject(number, statement, of)
        happened = self._happened(number, statement)
        source = statement.agency or self.permit.who.agency
        if source not in self.agencies:
            self._tell(number, "agency", "no_such_agency", "There is no such agency.")
        if statement.said_by is not None and not _SAID_BY.match(statement.said_by):
            self._tell(number, "said_by", "not_a_code", "Who said so is told by a role or a code.")
        self._refers(number, statement, of)
        learnt = None if happened is None else self._learnt(number, statement, happened)
        if happened is not None and of.living_child:
            self._born(number, happened)
        if len(self.problems) > before or payload is None or happened is None or learnt is None:
            if statement.label and of.about not in WHOLE:
                self.labels[statement.label] = SubjectId(subject or self.ids[number])
                self.subjects[subject or self.ids[number]] = of.about
            return None
        fact = Fact(
            id=self.ids[number],
            type=of.name,
            root=self.permit.root.id,
            subject=subject,
            happened=happened,
            learnt=learnt,
            recorded=self.permit.context.now,
            agency=source,
            said_by=statement.said_by,
            certainty=statement.certainty,
            payload=payload,
            corrects=statement.corrects,
            version_of=statement.version_of,
            withdraws=statement.withdraws,
        )
        self._know(fact)
        if statement.label:
            self.labels[statement.label] = SubjectId(subject or fact.id)
        return fact

    def _open(self) -> Iterator[Fact]:
        """What of the record the writer may see."""
        groups = self.permit.allowed.groups
        return (fact for fact in self.on_record.values() if self.group_of[fact.id] in groups)

    def _know(self, fact: Fact) -> None:
        about = FACT_TYPES[fact.type].about
        if about not in WHOLE:
            self.subjects[fact.subject or fact.id] = about

    def _tell(self, number: int, name: str, code: str, reason: str) -> None:
        self.problems.append(Problem(number, name, code, reason))

    def _payload(self, number: int, statement: Statement, of: FactType) -> Payload | None:
        given = statement.values
        values = dict(msgspec.to_builtins(given) if isinstance(given, Payload) else given)
        for one in shape(of):
            value = values.get(one.name)
            if one.value == "ref" and isinstance(value, str) and value:
                values[one.name] = self._named(number, one.name, value, Kind(str(one.ref_kind)))
            elif one.value == "agency" and isinstance(value, str) and value not in self.agencies:
                self._tell(number, one.name, "no_such_agency", "There is no such agency.")
        wrong = payload_problems(of.name, values)
        for problem in wrong:
            self._tell(number, problem.where, problem.code, problem.reason)
        return None if wrong else read_payload(of.name, values)

    def _named(self, number: int, name: str, value: str, kind: Kind) -> str:
        """The id of the subject that is meant, which has to be on this record and of that kind."""
        named = self.labels.get(value[1:], value) if value.startswith(LABEL) else value
        known = self.subjects.get(named)
        if known is None:
            self._tell(number, name, "not_on_record", "What this names is not on this record.")
        elif known is not kind:
            self._tell(
                number,
                name,
                "of_another_kind",
                f"This names one thing ({known}), expected is another ({kind}).",
            )
        return named

    def _subject(self, number: int, statement: Statement, of: FactType) -> SubjectId | None:
        meant = self.on_record.get(statement.corrects or statement.version_of or FactId(""))
        if of.about in WHOLE:
            if statement.subject is not None:
                self._tell(number, "subject", "about_the_child", "This is about the child itself.")
            return None
        if statement.subject is None:
            return None if meant is None else SubjectId(meant.subject or meant.id)
        return SubjectId(self._named(number, "subject", statement.subject, of.about))

    def _refers(self, number: int, statement: Statement, of: FactType) -> None:
        """Only what is open can be corrected, told otherwise or taken back; what is closed is as if it were not there."""
        for name in ("corrects", "version_of", "withdraws"):
            other = getattr(statement, name)
            if other is None:
                continue
            fact = self.on_record.get(other)
            if fact is None or self.group_of[other] not in self.permit.allowed.groups:
                self._tell(
                    number, name, "not_on_record", "The fact that this refers to is not on this record."
                )
            elif name != "withdraws" and fact.type != of.name:
                self._tell(
                    number, name, "of_another_type", "The fact that this refers to says something else."
                )

    def _happened(self, number: int, statement: Statement) -> Span | None:
        now = self.permit.context.now
        given = statement.happened
        try:
            happened = (
                point(now, self.law.zone)
                if given is None
                else given
                if isinstance(given, Span)
                else parse_span(given, self.law.zone)
            )
        except ValueError as wrong:
            self._tell(number, "happened", "not_a_time", str(wrong))
            return None
        if happened.earliest > now:
            self._tell(
                number,
                "happened",
                "in_the_future",
                "This time lies in the future. Of a plan, say when it was made; the time planned has a field of its own.",
            )
            return None
        return happened

    def _learnt(self, number: int, statement: Statement, happened: Span) -> tuple[Learnt, ...] | None:
        """The writer's agency learnt it then; another source knew it by then at the latest."""
        who, now = self.permit.who, self.permit.context.now
        source = statement.agency or who.agency
        given = statement.learnt_at
        try:
            if given is None:
                saw = source == who.agency and statement.certainty is Certainty.OBSERVED
                at = min(happened.latest, now) if saw else now
            else:
                at = given if isinstance(given, datetime) else min(instant_end(given, self.law.zone), now)
        except ValueError as wrong:
            self._tell(number, "learnt_at", "not_a_time", str(wrong))
            return None
        future = _is_ahead(given, self.law.zone, now)
        if at < happened.earliest:
            self._tell(number, "learnt_at", "learnt_before", "It cannot have been learnt before it happened.")
        if future:
            self._tell(
                number, "learnt_at", "in_the_future", "The time at which it was learnt lies in the future."
            )
        return tuple(Learnt(agency, at) for agency in dict.fromkeys((who.agency, source)))

    def _born(self, number: int, happened: Span) -> None:
        """Before birth nothing is said that only a living child can do; the earliest birth date claimed counts."""
        births = list(_births(self.on_record.values()))
        if births and happened.latest < min(birth.earliest for birth in births):
            self._tell(number, "happened", "before_birth", "This time lies before the child was born.")
        elif not births and any(fact.type == "birth_expected" for fact in self.on_record.values()):
            child = fold(
                self.on_record.values(), AsOf(self.permit.context.now), zone=self.law.zone
            ).earliest.child
            if child["birth_expected"] is True:
                self._tell(number, "type", "not_born", "This can be said only of a child that is born.")


def _there(
    permit: Permit, on_record: Mapping[FactId, Fact], group_of: Mapping[FactId, FieldGroup]
) -> frozenset[str]:
    """The things of the record that the writer can name: open in a part, or known to the own agency by what it wrote.

    What is closed is as if it were not there; so is a request abroad that is flagged, whoever wrote it.
    """
    own, groups = permit.who.agency, permit.allowed.groups
    kept = frozenset() if FieldGroup.VIEWS in groups else flagged(on_record.values())
    return frozenset(
        fact.subject or fact.id
        for fact in on_record.values()
        if group_of[fact.id] in groups
        or (any(one.agency == own for one in fact.learnt) and (fact.subject or fact.id) not in kept)
    )


def _is_ahead(given: str | datetime | None, zone: str, now: datetime) -> bool:
    """Whether the time begins after now."""
    if given is None:
        return False
    return given > now if isinstance(given, datetime) else parse_span(given, zone).earliest > now


def _births(facts: Iterable[Fact]) -> Iterator[Span]:
    for fact in facts:
        said = fact.payload
        if isinstance(said, DateOfBirthRecorded):
            yield parse_span(said.date_of_birth, fact.happened.zone)
        elif isinstance(said, AgeClaimed) and isinstance(said.date_of_birth_claimed, str):
            yield parse_span(said.date_of_birth_claimed, fact.happened.zone)


def _agencies(statements: Sequence[Statement], permit: Permit) -> frozenset[str]:
    """Which of the agencies that the act names there are; that of the writer is one."""
    named = {str(one.agency) for one in statements if one.agency is not None}
    for one in statements:
        of = FACT_TYPES.get(one.type)
        values = msgspec.to_builtins(one.values) if isinstance(one.values, Payload) else one.values
        named |= {
            str(values[f.name])
            for f in (shape(of) if of else ())
            if f.value == "agency" and values.get(f.name)
        }
    named.discard(permit.who.agency)
    known = {permit.who.agency}
    if named:
        ids = [one for one in named if is_random_id(one)]
        known |= {AgencyId(str(pk)) for pk in Agency.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    return frozenset(known)
