"""A synthetic country: children that never were, the same ones for the same seed. No real person, place or number."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from encircle.actions.replay.case import CaseAgency, ReplayCase
from encircle.law.origin import Origin
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.facts.placements import PlacementStarted
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.moment import point
from encircle.vocabulary.role import Role

ZONE = "Europe/Tallinn"
FIRST_DAY = datetime(2025, 1, 7, 9, 0, tzinfo=UTC)
DAYS = 540
CHILD = RootId("child")
REGIONS = ("north", "east", "west")
_ROLES = {
    "police": ("Police", Role.POLICE),
    "social": ("Child protection service", Role.CHILD_PROTECTION_SERVICE),
    "health": ("Hospital", Role.HEALTH_SERVICE),
    "school": ("School", Role.SCHOOL),
}
NAMES = (
    ("Aino", "et"),
    ("Marek", "pl"),
    ("Žydrūnė", "lt"),
    ("Ieva", "lv"),
    ("Олена", "uk"),
    ("Дмитро", "uk"),
    ("Мадина", "ru"),
    ("سارة", "ar"),
    ("يوسف", "ar"),
    ("ፍሬሕይወት", "am"),
    ("ሰላም", "ti"),
    ("Linh", "vi"),
    ("Adaeze", "en"),
    ("Ionuț", "ro"),
)
_FORMS = (
    ("labour", "recruited", ("L3", "L4", "G4")),
    ("criminal_activities", "recruited", ("C1", "C6", "G19")),
    ("domestic_servitude", "harboured", ("H1", "H3", "G21")),
    ("begging", "transported", ("B1", "B2", "G4")),
    ("sexual", "recruited", ("R2", "G10", "O2")),
)


@dataclass(slots=True)
class _Story:
    """One child's facts as they come, each a little later than the one before."""

    chance: random.Random
    region: str
    now: datetime
    facts: list[Fact] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def tell(
        self,
        fact_type: str,
        payload: Mapping[str, object] | None = None,
        *,
        by: str = "social",
        hours: float = 2.0,
        subject: str | None = None,
        certainty: Certainty = Certainty.REPORTED,
    ) -> None:
        """Add a fact so many hours later; the child protection service learns it some hours after its source."""
        self.now += timedelta(hours=hours * self.chance.uniform(0.5, 1.5))
        at = self.now.replace(second=0, microsecond=0)
        agency = agency_id(by, self.region)
        learnt = [Learnt(agency, at)]
        if by != "social":
            learnt.append(
                Learnt(agency_id("social", self.region), at + timedelta(hours=self.chance.randint(1, 30)))
            )
        self.facts.append(
            Fact(
                id=FactId(f"f{next(self.numbers)}"),
                type=fact_type,
                root=CHILD,
                subject=None if subject is None else SubjectId(subject),
                happened=point(at, ZONE),
                learnt=tuple(learnt),
                recorded=at + timedelta(minutes=self.chance.randint(1, 90)),
                agency=agency,
                said_by=None,
                certainty=certainty,
                payload=read_payload(fact_type, dict(payload or {})),
            )
        )

    def happens(self, share: float) -> bool:
        """Whether something that happens to that share of children happens to this one."""
        return self.chance.random() < share


def agency_id(kind: str, region: str) -> AgencyId:
    """The agency of that kind in that region; shared by all children of the country."""
    return AgencyId(f"country:{kind}-{region}")


NATIONAL: Mapping[str, AgencyId] = {
    kind: AgencyId(f"country:{kind}") for kind in ("prosecutor", "guardianship", "asylum", "shelter")
}
_NATIONAL_ROLES = {
    "prosecutor": ("Prosecutor's office", Role.PROSECUTOR),
    "guardianship": ("Guardianship authority", Role.GUARDIANSHIP_AUTHORITY),
    "asylum": ("Asylum authority", Role.ASYLUM_AUTHORITY),
    "shelter": ("Shelter (NGO)", Role.NGO),
}
AGENCIES: Mapping[AgencyId, CaseAgency] = {
    agency_id(kind, region): CaseAgency(agency_id(kind, region), f"{name}, {region}", role, "EE")
    for region in REGIONS
    for kind, (name, role) in _ROLES.items()
} | {
    NATIONAL[kind]: CaseAgency(NATIONAL[kind], name, role, "EE")
    for kind, (name, role) in _NATIONAL_ROLES.items()
}
ASYLUM_SOUGHT_BY_EACH = 5
"""No fact of the country tells of asylum yet: the asylum authority takes part in every fifth record."""


def synthetic_cases(seed: int) -> Iterator[ReplayCase]:
    """Children without end, each with a plausible history of up to about 30 facts."""
    for number in count(1):
        yield _case(seed, number)


def _case(seed: int, number: int) -> ReplayCase:
    chance = random.Random(f"{seed}/{number}")  # nosec B311  # a story that can be told again, not a secret
    region = chance.choice(REGIONS)
    story = _Story(chance, region, FIRST_DAY + timedelta(days=chance.randrange(DAYS)))
    name, language = chance.choice(NAMES)
    _found(story, name, language)
    _believed(story)
    _cared_for(story)
    _heard(story)
    _missing(story)
    facts = tuple(story.facts)
    case_name = f"country-{seed}-{number}"
    return ReplayCase(
        name=case_name,
        title=f"{name} (synthetic)",
        about="Synthetic: no such child exists.",
        country="ee",
        zone=ZONE,
        agencies=_taking_part(facts, region, number),
        children={CHILD: name},
        concerns={},
        facts=facts,
        origins={fact.id: Origin(case_name, line) for line, fact in enumerate(facts, start=1)},
        expectations=(),
    )


def _taking_part(facts: tuple[Fact, ...], region: str, number: int) -> Mapping[AgencyId, CaseAgency]:
    """Who works on this child: the child protection service first, who said something, whom it concerns."""
    taking = {agency_id("social", region): None}
    taking |= {fact.agency: None for fact in facts}
    told = {fact.type for fact in facts}
    kinds = {fact.payload.placement_kind for fact in facts if isinstance(fact.payload, PlacementStarted)}
    concerned = {
        "prosecutor": "proceeding_opened" in told,
        "guardianship": "guardian_appointed" in told,
        "asylum": number % ASYLUM_SOUGHT_BY_EACH == 0,
        "shelter": "shelter" in kinds,
    }
    taking |= {NATIONAL[kind]: None for kind, takes_part in concerned.items() if takes_part}
    return {agency: AGENCIES[agency] for agency in taking}


def _found(story: _Story, name: str, language: str) -> None:
    by = story.chance.choice(("police", "social", "health", "school"))
    years = story.chance.choice((11, 13, 14, 15, 15, 16, 16, 17))
    story.tell(
        "concern_registered",
        {"channel": "face_to_face", "danger_now": story.happens(0.2)},
        by=by,
        subject="concern-1",
    )
    story.tell("name_recorded", {"name_used": name}, by=by)
    story.tell("age_claimed", {"claimed_child": True, "claimed_years": years}, by=by)
    story.tell("language_recorded", {"languages": [language]}, by=by)
    care = story.chance.choice(("absent", "absent", "present", "conflict", "suspected"))
    story.tell("parental_care_recorded", {"parental_care": care}, hours=6)
    story.tell("separation_recorded", {"unaccompanied": care == "absent"})
    if story.happens(0.3):
        story.tell("age_doubted", {"doubted_because": ["no_document"]}, by="police")
        story.tell("child_presumed", {"presumed_on": ["claim"]}, hours=12)
    if story.happens(0.85):
        story.tell("concern_triaged", {"outcome": "presumed_victim"}, hours=20, subject="concern-1")


def _believed(story: _Story) -> None:
    form, act, marks = story.chance.choice(_FORMS)
    for indicator in marks[: story.chance.randint(1, 3)]:
        story.tell("indicator_noted", {"indicator": f"IND-{indicator}"}, certainty=Certainty.OBSERVED)
    story.tell("indication_recorded", {"element": "act", "act": act}, hours=8)
    if story.happens(0.9):
        story.tell("indication_recorded", {"element": "purpose", "form": form}, hours=8)
    if story.happens(0.7):
        story.tell("status_set", {"status": "presumed_victim", "set_by_role": "triage_team"}, hours=30)
        story.tell("referral_made", {"referred_to": "identification"}, hours=12)


def _cared_for(story: _Story) -> None:
    kind = story.chance.choice(("childrens_home", "foster", "shelter", "relatives"))
    story.tell(
        "placement_started",
        {"placement_kind": kind, "vetted": story.happens(0.8), "adults_present": False},
        subject="placement-1",
    )
    if story.happens(0.6):
        story.tell(
            "guardian_appointed",
            {"capacity": "guardian", "conflict_checked": True},
            hours=90,
            subject="guardian-1",
        )
        story.tell("guardian_met_child", {}, hours=40, subject="guardian-1")
    if story.happens(0.5):
        story.tell("lawyer_appointed", {"free_of_charge": True}, hours=60, subject="lawyer-1")
    if story.happens(0.7):
        topics = ["who_will_know", "guardian"] if story.happens(0.5) else ["first_contact"]
        story.tell("information_given", {"topics": topics, "form": "talk"}, hours=10)
    if story.happens(0.4):
        story.tell("assessment_made", {"assessment_kind": "individual", "wishes_recorded": True}, hours=120)
    if story.happens(0.5):
        story.tell("schooling_enrolled", {}, by="school", hours=200)
    if story.happens(0.3):
        story.tell(
            "health_need_noted", {"need": "trauma", "urgent": story.happens(0.3)}, by="health", hours=50
        )


def _heard(story: _Story) -> None:
    if not story.happens(0.6):
        return
    story.tell(
        "proceeding_opened", {"proceeding_kind": "criminal_victim"}, by="police", hours=60, subject="case-1"
    )
    for number in range(1, 3 if story.happens(0.25) else 2):
        subject = f"interview-{number}"
        held = {
            "purpose": "investigative",
            "companion": story.happens(0.8),
            "premises": "barnahus",
            "proceeding": "case-1",
        }
        story.tell("interview_held", held, by="police", hours=200, subject=subject)
        if number == 1 and story.happens(0.7):
            story.tell(
                "recording_made", {"interview": subject, "picture_and_sound": True}, by="police", hours=1
            )


def _missing(story: _Story) -> None:
    if not story.happens(0.2):
        return
    story.tell("missing_reported", {}, hours=300, subject="missing-1")
    if story.happens(0.7):
        story.tell("missing_police_reported", {}, by="police", hours=3, subject="missing-1")
        story.tell("missing_returned", {"safe_and_well": True}, hours=60, subject="missing-1")
