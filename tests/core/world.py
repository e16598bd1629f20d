"""The test world of core: facts about Aino told in a line each, and rules written as a pack would write them.

Dmitri (police) and Carla (social worker) are the agencies that learn; Eva's agency learns nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from encircle.core.child import AsOf, Fold, Situation, fold, schema_for_each, situation_schema
from encircle.core.duty import DutyRow, ledger
from encircle.law.calendar import Calendar
from encircle.law.condition import Condition, parse
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import Clock, DueRule, DutyRule, Evidence, Ground, Scope, Standing
from encircle.law.limit import LimitRule, Sense
from encircle.law.mark import Mark
from encircle.law.origin import Origin
from encircle.law.prohibition import Override, ProhibitionRule
from encircle.law.texts import Texts
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.moment import instant_end, parse_span
from encircle.vocabulary.role import Role
from tests.vocabulary.facts.example import payloads

ZONE = "Europe/Tallinn"
CALENDAR = Calendar("EE", ZONE)
AINO = RootId("aino")
HERE = Origin("packs/test/duties.yaml", 1)


def at(text: str) -> datetime:
    """The end of that day, or that minute."""
    return instant_end(text, ZONE)


def fact(
    name: str,
    type_name: str,
    happened: str,
    payload: Mapping[str, object] | None = None,
    *,
    subject: str | None = None,
    source: str = "dmitri",
    learnt: Mapping[str, str] | None = None,
    recorded: str | None = None,
    corrects: str | None = None,
    version_of: str | None = None,
    withdraws: str | None = None,
) -> Fact:
    """A fact of Aino. Left out: learnt by the source when it happened, recorded when it had happened."""
    span = parse_span(happened, ZONE)
    knew = {source: span.earliest} if learnt is None else {who: at(when) for who, when in learnt.items()}
    return Fact(
        id=FactId(name),
        type=type_name,
        root=AINO,
        subject=SubjectId(subject) if subject else None,
        happened=span,
        learnt=tuple(Learnt(AgencyId(who), when) for who, when in knew.items()),
        recorded=at(recorded) if recorded else max([span.latest, *knew.values()]),
        agency=AgencyId(source),
        said_by=None,
        certainty=Certainty.REPORTED,
        payload=read_payload(type_name, payload or {}),
        corrects=FactId(corrects) if corrects else None,
        version_of=FactId(version_of) if version_of else None,
        withdraws=FactId(withdraws) if withdraws else None,
    )


def taken_back(name: str, withdraws: str, recorded: str, *, learnt: Mapping[str, str] | None = None) -> Fact:
    """A withdrawal."""
    reasons = {"withdrawal_reasons": "Not so."}
    return fact(name, "withdrawal", recorded, reasons, withdraws=withdraws, recorded=recorded, learnt=learnt)


def as_of(
    day: str = "2026-11-23", *, known: str | None = None, by: str | None = None, recorded: str | None = None
) -> AsOf:
    return AsOf(
        at(day),
        known_as_of=at(known) if known else None,
        by=AgencyId(by) if by else None,
        recorded_as_of=at(recorded) if recorded else None,
    )


def folded(facts: Iterable[Fact], asked: AsOf | None = None) -> Fold:
    return fold(facts, asked or as_of(), zone=ZONE)


def seen(facts: Iterable[Fact], asked: AsOf | None = None) -> Situation:
    """The record with coarse times read as early as they can be."""
    return folded(facts, asked).earliest


# Rules


def condition(text: str, for_each: Kind | None = None) -> Condition:
    return parse(text, schema=situation_schema() if for_each is None else schema_for_each(for_each))


def days(amount: int, standing: Standing = Standing.LAW, unit: Unit = Unit.DAYS) -> DueRule:
    """A number of law, counted as the days come."""
    counting = Counting.HOURS if unit is Unit.HOURS else Counting.PLAIN
    period = Period(amount, unit, counting)
    limit = LimitRule("limit", Texts.english("A limit"), period, Sense.AT_MOST, (), (HERE,))
    return DueRule(Texts.english("in days"), limit, None, standing)


WORDS = DueRule(Texts.english("without undue delay"), None, None, Standing.WORDS)


def duty(
    when: str,
    *,
    code: str = "D90",
    for_each: Kind | None = None,
    starts: Sequence[str] = (),
    needs: Mapping[str, str] | None = None,
    dated: str | None = None,
    due: DueRule = WORDS,
    clock: Clock = Clock.KNOWN,
    unknown_opens: bool = False,
    suspended: str | None = None,
    lifted: str | None = None,
    breached: str | None = None,
) -> DutyRule:
    def grounds(text: str | None) -> tuple[Ground, ...]:
        return () if text is None else (Ground(condition(text, for_each), Texts.english(text), HERE),)

    return DutyRule(
        code=code,
        title=Texts.english("A duty"),
        scope=Scope.CHILD,
        for_each=for_each,
        when=condition(when, for_each),
        unknown_opens=unknown_opens,
        from_=tuple(Mark.read(path) for path in starts),
        clock=clock,
        due=due,
        owner=Role.GUARDIANSHIP_AUTHORITY,
        evidence=tuple(
            Evidence(
                name,
                Texts.english(name),
                condition(text, for_each),
                Mark.read(dated) if dated else None,
                HERE,
            )
            for name, text in (needs or {}).items()
        ),
        suspended_by=grounds(suspended),
        lifted_by=grounds(lifted),
        breached_by=grounds(breached),
        never=(),
        sources=(),
        sop_source=None,
        origins=(HERE,),
        changes=(),
    )


def prohibition(
    when: str, *, raised: str, code: str = "P90", for_each: Kind | None = None, clears: str | None = None
) -> ProhibitionRule:
    return ProhibitionRule(
        code=code,
        title=Texts.english("A prohibition"),
        scope=Scope.CHILD,
        for_each=for_each,
        when=condition(when, for_each),
        at=Mark.read(raised),
        clears=None if clears is None else condition(clears, for_each),
        override=Override.TWO_PERSONS,
        instead=Texts.english("Ask first."),
        sources=(),
        sop_source=None,
        origins=(HERE,),
        changes=(),
    )


def rows(facts: Iterable[Fact], *rules: DutyRule, asked: AsOf | None = None) -> tuple[DutyRow, ...]:
    return ledger(folded(facts, asked), rules, calendar=CALENDAR)


def states(facts: Iterable[Fact], *rules: DutyRule, asked: AsOf | None = None) -> list[str]:
    """The state of each row, in the order of codes and subjects."""
    return [row.state.value for row in rows(facts, *rules, asked=asked)]


# Any records

NAMES = tuple(sorted(set(FACT_TYPES) - {"withdrawal"}))
AGENCIES = ("dmitri", "carla", "bo")
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_PRECISE = ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H", "%Y-%m-%dT%H:%M")
_LIVELY = (
    *("status_set", "indication_recorded", "guardian_appointed", "guardian_ended", "placement_started"),
    *("interview_held", "missing_reported", "missing_returned", "age_claimed", "parental_care_recorded"),
)
"""Types that many derived attributes rest on, so that they meet often."""


@st.composite
def plain_facts(draw: st.DrawFn, number: int, type_name: str | None = None) -> Fact:
    """A fact of any type, at any time of the year, of any precision, learnt by any agencies after it."""
    name = type_name or draw(st.one_of(st.sampled_from(_LIVELY), st.sampled_from(NAMES)))
    moment = _FIRST + timedelta(minutes=draw(st.integers(0, 360 * 24 * 60)))
    text = moment.strftime(draw(st.sampled_from(_PRECISE)))
    span = parse_span(text, "UTC")
    knew = {
        who: span.earliest + timedelta(hours=draw(st.integers(0, 5000)))
        for who in draw(st.sets(st.sampled_from(AGENCIES)))
    }
    return Fact(
        id=FactId(f"f{number}"),
        type=name,
        root=AINO,
        subject=draw(st.sampled_from([None, SubjectId("one"), SubjectId("other")])),
        happened=span,
        learnt=tuple(Learnt(AgencyId(who), when) for who, when in sorted(knew.items())),
        recorded=max([span.latest, *knew.values()]) + timedelta(minutes=draw(st.integers(0, 10_000))),
        agency=AgencyId(draw(st.sampled_from(AGENCIES))),
        said_by=None,
        certainty=Certainty.REPORTED,
        payload=read_payload(name, draw(payloads(FACT_TYPES[name]))),
    )


@st.composite
def records(draw: st.DrawFn, most: int = 7) -> tuple[Fact, ...]:
    """Any facts of Aino that stand as they were told."""
    count = draw(st.integers(0, most))
    return tuple(draw(plain_facts(number)) for number in range(count))


instants = st.integers(0, 500 * 24).map(lambda hours: _FIRST + timedelta(hours=hours))
