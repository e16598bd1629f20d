"""One child's facts as they come, each a little later than the one before: times, sources and names of subjects."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from encircle.actions.synthetic.country import ZONE, agency_of
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.moment import point

CHILD = RootId("child")
_OFFICE_HOURS = (6, 14)
"""In UTC: a little less than the day of an office, summer and winter."""
_LATEST_WORD = 30
"""Hours until the child protection service knows what another agency said."""


@dataclass(slots=True)
class Story:
    """A child in a region, from the first concern on. `today`: the last day of the demonstration.

    `length`: how many facts are told; what comes after them is not. `timed`: only how long it takes is told.
    `said`: the kinds of agencies that have said something, the first one first.
    """

    chance: random.Random
    region: str
    now: datetime
    today: datetime
    length: int
    root: RootId = CHILD
    timed: bool = False
    told: int = 0
    said: dict[str, None] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)

    def tell(
        self,
        fact_type: str,
        payload: Mapping[str, object] | None = None,
        *,
        by: str = "social",
        hours: float = 2.0,
        subject: str | None = None,
        certainty: Certainty = Certainty.REPORTED,
        said_by: str | None = None,
        at_night: bool = False,
    ) -> None:
        """Add a fact so many hours later; the child protection service learns it some hours after its source."""
        if self.told == self.length:
            return
        self.told += 1
        self.said[by] = None
        self.now += timedelta(hours=hours * self.chance.uniform(0.5, 1.5))
        if not at_night:
            self.now = _in_office_hours(self.now)
        word, minutes = self.chance.randint(1, _LATEST_WORD), self.chance.randint(1, 50)
        if self.timed:
            return
        at = self.now.replace(second=0, microsecond=0)
        agency, known = self.agency(by), at + timedelta(hours=word)
        learnt = [Learnt(agency, at)]
        if by != "social" and known < self.today:
            learnt.append(Learnt(self.agency("social"), known))
        self.facts.append(
            Fact(
                id=FactId(f"f{self.told}"),
                type=fact_type,
                root=self.root,
                subject=None if subject is None else SubjectId(subject),
                happened=point(at, ZONE),
                learnt=tuple(learnt),
                recorded=at + timedelta(minutes=minutes),
                agency=agency,
                said_by=said_by,
                certainty=certainty,
                payload=read_payload(fact_type, dict(payload or {})),
            )
        )

    def agency(self, kind: str) -> AgencyId:
        """The agency of that kind that works for this child."""
        return agency_of(kind, self.region)

    def happens(self, share: float) -> bool:
        """Whether something that happens to that share of children happens to this one."""
        return self.chance.random() < share

    def one_of(self, *words: str) -> str:
        """One of these."""
        return self.chance.choice(words)

    def another(self, kind: str) -> str:
        """The name of a new subject of that kind: interview-2. It is then the last one."""
        number = self.numbers[kind] = self.numbers.get(kind, 0) + 1
        self.last[kind] = f"{kind}-{number}"
        return self.last[kind]

    def later(self, days: float) -> str:
        """A time so many days after what was told last, in office hours."""
        return _written(_in_office_hours(self.now + timedelta(days=days)))

    def day(self, days: float) -> str:
        """A day so many days after what was told last."""
        return self.later(days)[:10]

    def coming(self, first: int, last: int) -> str:
        """A time in the days to come, as seen from today: so that there is always something ahead."""
        ahead = self.today + timedelta(days=self.chance.randint(first, last), hours=self.chance.randint(0, 7))
        return _written(_in_office_hours(ahead))


def _in_office_hours(at: datetime) -> datetime:
    first, last = _OFFICE_HOURS
    if at.hour < first:
        return at.replace(hour=first, minute=at.minute)
    if at.hour >= last:
        return at.replace(hour=first, minute=at.minute) + timedelta(days=1)
    return at


def _written(at: datetime) -> str:
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0, tzinfo=UTC)
    return quarter.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M")
