"""Verdicts: whether each expectation of a case holds. The expectation is written first; the rule gives way."""

from dataclasses import dataclass

from encircle.actions.replay.answer import ChildAnswer, answer
from encircle.actions.replay.case import Expectation, ReplayCase
from encircle.actions.replay.report import indicators, value_data
from encircle.core.child import AsOf
from encircle.core.duty import DutyRow
from encircle.core.prohibition import Alarm
from encircle.law.law import Law
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """An expectation and why it does not hold; None where it does. `code_known`: the law has such a rule at all."""

    expectation: Expectation
    failure: str | None
    code_known: bool

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return self.failure is None


def verdicts(case: ReplayCase, *, law: Law) -> tuple[Verdict, ...]:
    """One verdict for each expectation of the case, in the order of the file.

    A code stands for that rule alone, not for those with a suffix. `never` of a code that no rule has does not hold:
    it would say nothing.
    """
    known = {rule.code for rule in law.duties} | {rule.code for rule in law.prohibitions}
    answers: dict[tuple[object, ...], ChildAnswer] = {}
    found = []
    for expectation in case.expectations:
        question = (expectation.child, expectation.as_of, expectation.known_as_of, expectation.by)
        if question not in answers:
            as_of = AsOf(expectation.as_of, expectation.known_as_of, expectation.by)
            whose = case.own.get(expectation.child, Kind.CHILD)
            answers[question] = answer(
                case.facts_of(expectation.child, as_of=as_of), law=law, as_of=as_of, whose=whose
            )
        if expectation.never is not None and expectation.never not in known:
            failure: str | None = f"no such rule: {expectation.never}"
        else:
            failure = _failure(expectation, answers[question])
        found.append(Verdict(expectation, failure, expectation.code is None or expectation.code in known))
    return tuple(found)


def _failure(expectation: Expectation, given: ChildAnswer) -> str | None:
    if expectation.axis is not None:
        return _axis(expectation, given)
    code = expectation.code or expectation.never
    duties = [row for row in given.duties if row.rule.code == code and _same(expectation, row.subject)]
    found_alarms = [
        alarm for alarm in given.alarms if alarm.rule.code == code and _same(expectation, alarm.subject)
    ]
    if expectation.never is not None:
        return f"{code} is reported" if duties or found_alarms else None
    if not duties and not found_alarms:
        return f"no row of {code}"
    wrong = [w for row in duties if (w := _duty(expectation, row))]
    wrong += [w for alarm in found_alarms if (w := _alarm(expectation, alarm))]
    return None if len(wrong) < len(duties) + len(found_alarms) else wrong[0]


def _same(expectation: Expectation, subject: str | None) -> bool:
    return expectation.subject is None or expectation.subject == subject


def _axis(expectation: Expectation, given: ChildAnswer) -> str | None:
    situation = given.folded.earliest
    axis = expectation.axis or ""
    if axis == "indicators":
        said = indicators(situation)
    elif axis not in situation.child:
        return f"no attribute {axis}"
    else:
        data = value_data(situation.child[axis])
        said = (
            ["unknown"]
            if isinstance(data, dict)
            else [str(data).lower() if isinstance(data, bool) else str(data)]
        )
    return None if sorted(said) == sorted(expectation.value) else f"{axis} is {', '.join(said) or 'empty'}"


def _duty(expectation: Expectation, row: DutyRow) -> str | None:
    if expectation.states and row.state.value not in expectation.states:
        return f"{row.rule.code} is {row.state.value}"
    if lacking := set(expectation.missing) - set(row.missing):
        return f"{row.rule.code}: {', '.join(sorted(lacking))} is not missing"
    if absent := set(expectation.present) & set(row.missing):
        return f"{row.rule.code}: {', '.join(sorted(absent))} is missing"
    if expectation.since is not None and not _overlap(
        expectation.since, row.started.at if row.started else None
    ):
        return f"{row.rule.code} counts from {row.started.at.text() if row.started else 'no day'}"
    return None


def _alarm(expectation: Expectation, alarm: Alarm) -> str | None:
    if expectation.states and alarm.state.value not in expectation.states:
        return f"{alarm.rule.code} is {alarm.state.value}"
    facts = () if alarm.at is None else tuple(fact.id for fact in alarm.at.facts)
    if expectation.by_fact is not None and expectation.by_fact not in facts:
        return f"{alarm.rule.code} was raised by {', '.join(facts) or 'no fact'}"
    return None


def _overlap(first: Span, second: Span | None) -> bool:
    return second is not None and first.earliest <= second.latest and second.earliest <= first.latest
