"""The agencies of the synthetic country: four in each of three regions, and five for all of it. None exists."""

from collections.abc import Mapping

from encircle.actions.replay.case import CaseAgency
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role

ZONE = "Europe/Tallinn"
REGIONS = ("north", "east", "west")
_REGIONAL = {
    "police": ("Police", Role.POLICE),
    "social": ("Child protection service", Role.CHILD_PROTECTION_SERVICE),
    "health": ("Hospital", Role.HEALTH_SERVICE),
    "school": ("School", Role.SCHOOL),
}
_NATIONAL = {
    "prosecutor": ("Prosecutor's office", Role.PROSECUTOR),
    "guardianship": ("Guardianship authority", Role.GUARDIANSHIP_AUTHORITY),
    "asylum": ("Asylum authority", Role.ASYLUM_AUTHORITY),
    "shelter": ("Shelter (NGO)", Role.NGO),
    "ministry": ("Ministry", Role.MINISTRY),
    "ombudsperson": ("Ombudsperson", Role.OMBUDSPERSON),
}
ROLES: Mapping[str, Role] = {kind: role for kind, (_, role) in (_REGIONAL | _NATIONAL).items()}


def agency_id(kind: str, region: str) -> AgencyId:
    """The agency of that kind in that region; shared by all children of the country."""
    return AgencyId(f"country:{kind}-{region}")


NATIONAL: Mapping[str, AgencyId] = {kind: AgencyId(f"country:{kind}") for kind in _NATIONAL}
AGENCIES: Mapping[AgencyId, CaseAgency] = {
    agency_id(kind, region): CaseAgency(agency_id(kind, region), f"{name}, {region}", role, "EE")
    for region in REGIONS
    for kind, (name, role) in _REGIONAL.items()
} | {NATIONAL[kind]: CaseAgency(NATIONAL[kind], name, role, "EE") for kind, (name, role) in _NATIONAL.items()}


def agency_of(kind: str, region: str) -> AgencyId:
    """The agency of that kind for a child of that region: the national one, where there is only that."""
    return NATIONAL.get(kind) or agency_id(kind, region)
