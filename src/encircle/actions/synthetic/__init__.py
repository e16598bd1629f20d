"""A synthetic country: agencies, people and children that never were, the same ones for the same seed."""

from encircle.actions.synthetic.child import LAST_DAY, synthetic_cases, synthetic_child
from encircle.actions.synthetic.concern import synthetic_concerns
from encircle.actions.synthetic.country import AGENCIES, NATIONAL, REGIONS, agency_id
from encircle.actions.synthetic.people import SyntheticPerson, people_of_case, synthetic_people

__all__ = [
    "AGENCIES",
    "LAST_DAY",
    "NATIONAL",
    "REGIONS",
    "SyntheticPerson",
    "agency_id",
    "people_of_case",
    "synthetic_cases",
    "synthetic_child",
    "synthetic_concerns",
    "synthetic_people",
]
