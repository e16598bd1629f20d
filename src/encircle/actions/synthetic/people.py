"""The people who work in the demonstration, the same ones for the same seed. Nobody of that name exists.

Sixty-six of the synthetic country, and one for each agency that took part in a real case: their names are invented too.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from encircle.actions.replay.case import ReplayCase
from encircle.actions.synthetic.country import NATIONAL, REGIONS, agency_id
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role

_IN_A_REGION: Mapping[str, tuple[Role, ...]] = {
    "police": (Role.POLICE, Role.INTERVIEWER, Role.GENERAL_POLICE, Role.SUPERVISOR),
    "social": (Role.CHILD_PROTECTION_SERVICE, Role.CASE_LEAD, Role.TRIAGE_TEAM, Role.COORDINATOR),
    "health": (Role.HEALTH_SERVICE, Role.THERAPIST, Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER),
    "school": (Role.SCHOOL, Role.SCHOOL, Role.SUPPORT_PERSON, Role.SCHOOL),
}
_NATIONAL: Mapping[str, tuple[Role, ...]] = {
    "prosecutor": (Role.PROSECUTOR, Role.PROSECUTOR, Role.PROSECUTOR),
    "guardianship": (Role.GUARDIANSHIP_AUTHORITY, Role.GUARDIAN, Role.GUARDIAN),
    "asylum": (Role.ASYLUM_AUTHORITY, Role.INTERPRETER, Role.ASYLUM_AUTHORITY),
    "shelter": (Role.NGO, Role.CARER, Role.SUPPORT_PERSON),
    "ministry": (Role.MINISTRY, Role.MINISTRY, Role.MINISTRY),
    "ombudsperson": (Role.OMBUDSPERSON, Role.OMBUDSPERSON, Role.OMBUDSPERSON),
}
_FIRST = {"police": "Dmitri", "social": "Carla"}
"""Whoever the seed makes of the others, these two are found in each region."""
_GIVEN = (
    "Amara",
    "Bruno",
    "Chidi",
    "Daria",
    "Emil",
    "Farida",
    "Goran",
    "Hanna",
    "Idris",
    "Jonas",
    "Katrin",
    "Leila",
    "Milan",
    "Nadia",
    "Oskar",
    "Petra",
    "Quim",
    "Rosa",
    "Samir",
    "Tove",
    "Umut",
    "Vera",
    "Wim",
    "Yara",
)
_SURNAMES = tuple(
    front + end
    for front, end in product(
        ("Button", "Chalk", "Fable", "Ink", "Paper", "Puppet", "Sketch", "Story"),
        ("berg", "boat", "bridge", "field", "gate", "ton", "well", "wood"),
    )
)
_MORE_SURNAMES = ("Marblegate", "Marblewood")
"""For who came last, so that the others keep their names."""


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """Somebody who never was, at an agency that never was. `region`: None, where the agency is national."""

    post: str
    login: str
    given_name: str
    surname: str
    role: Role
    agency: AgencyId
    region: str | None


def synthetic_people(seed: int) -> tuple[SyntheticPerson, ...]:
    """66 people: four at each of the 12 agencies of the regions, three at each of the six national ones.

    The posts are the same for every seed; who holds them is not.
    """
    chance = random.Random(f"people/{seed}")  # nosec B311  # names that can be told again, not a secret
    surnames = iter((*chance.sample(_SURNAMES, len(_SURNAMES)), *_MORE_SURNAMES))
    people = []
    for region in REGIONS:
        given = iter(chance.sample(_GIVEN, len(_GIVEN)))
        for kind, roles in _IN_A_REGION.items():
            for number, role in enumerate(roles, start=1):
                name = _FIRST[kind] if number == 1 and kind in _FIRST else next(given)
                people.append(
                    _person(name, next(surnames), number, role, agency_id(kind, region), region=region)
                )
    for kind, roles in _NATIONAL.items():
        names = chance.sample(_GIVEN, len(roles))
        for number, (name, role) in enumerate(zip(names, roles, strict=True), start=1):
            people.append(_person(name, next(surnames), number, role, NATIONAL[kind], region=None))
    return tuple(people)


def people_of_case(seed: int, case: ReplayCase) -> tuple[SyntheticPerson, ...]:
    """One person at each agency that took part in that case, in the role of the agency."""
    chance = random.Random(f"people/{seed}/{case.name}")  # nosec B311  # as above
    given, surnames = chance.sample(_GIVEN, len(_GIVEN)), chance.sample(_SURNAMES, len(_SURNAMES))
    return tuple(
        SyntheticPerson(
            post=f"case-{case.name}/{agency.id}",
            login=f"{first.lower()}.{case.name}.{agency.id}".lower(),
            given_name=first,
            surname=last,
            role=agency.role,
            agency=agency.id,
            region=None,
        )
        for first, last, agency in zip(given, surnames, case.agencies.values(), strict=False)
    )


def _person(
    given: str, surname: str, number: int, role: Role, agency: AgencyId, *, region: str | None
) -> SyntheticPerson:
    place = region or agency.partition(":")[2]
    return SyntheticPerson(
        post=f"{agency}/{number}",
        login=f"{given.lower()}.{place}",
        given_name=given,
        surname=surname,
        role=role,
        agency=agency,
        region=region,
    )
