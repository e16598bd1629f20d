"""A coordinator, a lawyer of the ministry, and proposals as they would be typed; days in the country of the tests."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from encircle.actions.practice.draft import Draft, Examined
from encircle.actions.practice.proposing import approve, propose
from encircle.host import clock
from encircle.records.practice import Proposal
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, make_staff

ZONE = ZoneInfo("Europe/Tallinn")
ASSESSMENT = "assessment_completed_within"


def today() -> date:
    return clock.now().astimezone(ZONE).date()


def a_number(
    amount: str = "5", *, unit: str = "working_days", code: str = ASSESSMENT, in_days: int = 0
) -> Draft:
    return Draft(
        pack="ee",
        part="number",
        code=code,
        amount=amount,
        unit=unit,
        basis="Order 12 of the ministry",
        basis_own="Ministeeriumi käskkiri 12",
        why="Two regions asked for one number.",
        valid_from=(today() + timedelta(days=in_days)).isoformat(),
    )


def an_agency(name: str = "Board of guardians", *, role: str = "guardianship_authority") -> Draft:
    return replace(a_number(), part="owner", code=role, text=name, own="Eestkosteamet")


def plain_words(text: str = "Adults must find you a guardian.", *, field: str = "10-13") -> Draft:
    return replace(a_number(), part="text", code="D02b", field=field, language="en", text=text)


@dataclass(frozen=True)
class Two:
    """A coordinator who proposes, and a lawyer who decides."""

    coordinator: Staff
    lawyer: Staff

    def proposes(self, draft: Draft, *, replaces: int | None = None) -> Proposal:
        found = propose(self.coordinator.who, draft, purpose=Purpose.LAW, replaces=replaces)
        assert not isinstance(found, Examined), found.problems
        return found

    def adopt(self, draft: Draft) -> Proposal:
        """Proposed by the one, approved by the other."""
        proposal = self.proposes(draft)
        approve(self.lawyer.who, proposal.number, purpose=Purpose.LAW, why="It is no looser than the law.")
        return proposal


def two_of(database: TestDatabase) -> Two:
    return Two(make_staff("coordinator", Role.COORDINATOR), make_staff("lawyer", Role.MINISTRY))
