"""The demonstration: real cases, a synthetic country and its people in the database, and one sign-in."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings

from encircle.actions.childs_page.trial import give_trial_code
from encircle.actions.context import Who
from encircle.actions.examples import agency_of_case, load_case, real_cases, shared_agency
from encircle.actions.journal import prepare_journal
from encircle.actions.keys.moving import make_sure_of_keys
from encircle.actions.loading import Country, load_case_at_once, load_children, root_of
from encircle.actions.replay.case import ReplayCase
from encircle.actions.reports.trial import enrol_trial_desks, give_trial_keys
from encircle.actions.synthetic import (
    AGENCIES,
    NATIONAL,
    REGIONS,
    SyntheticPerson,
    agency_id,
    people_of_case,
    synthetic_concerns,
    synthetic_people,
)
from encircle.actions.synthetic.agreements import add_agreements
from encircle.core.journal.entry import EntryKind
from encircle.host import clock
from encircle.records import journal, people
from encircle.records.context import with_context
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role

LOGIN = "demo"
_SPACE = UUID("3f0d1d0e-3b8e-5a1c-9d2d-7d6b1f3f4c55")
OPEN_CONCERNS = 9
"""Concerns that wait for triage, three in each region."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A login and its password, to be printed once."""

    login: str
    password: str


def prepare_demonstration(
    *, children: int, seed: int, tell: Callable[[int, int], None], seen_by: AgencyId | None = None
) -> SignIn:
    """Load what is not there yet, telling how many of how many children are there. Refuses: outside demo mode.

    `seen_by`: an agency of the role supervisor that takes part in every record of the synthetic country. Interrupted, it
    goes on where it stopped: each batch is loaded whole or not at all.
    """
    _only_in_a_demonstration()
    make_sure_of_keys()
    prepare_journal()
    add_country(seed)
    enrol_trial_desks(shared_agency(agency_id("social", region)) for region in REGIONS)
    sign_in = _sign_in()
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value):
        people.add_staff(
            login=sign_in.login,
            password=sign_in.password,
            agency=shared_agency(agency_id("social", REGIONS[0])),
            role=Role.CHILD_PROTECTION_SERVICE,
            region=REGIONS[0],
        )
    for case in real_cases():
        load_case(case, seen_by=())
        add_people_of(case, seed)
    today = _today()
    for case in synthetic_concerns(seed, many=OPEN_CONCERNS, today=today):
        load_case_at_once(case, seen_by=seen_by)
    country = Country(seed, today, seen_by)
    load_children(country, many=children, tell=tell)
    if children:
        give_trial_code(root_of(country, 1))
    return sign_in


def add_country(seed: int) -> int:
    """The agencies of the synthetic country and the people who work there; how many people were added.

    No password opens their accounts: one steps into them. A post that somebody holds stays theirs, whatever the
    seed. Refuses: outside demo mode.
    """
    _only_in_a_demonstration()
    everybody = synthetic_people(seed)
    regions = {person.agency: person.region for person in everybody}
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value) as context:
        for agency in AGENCIES.values():
            people.add_agency(
                shared_agency(agency.id),
                code=agency.id,
                name=agency.name,
                role=agency.role.value,
                country=agency.country or "XX",
                region=regions[agency.id],
            )
        added = sum(_add_person(person, shared_agency(person.agency)) for person in everybody)
        if added:
            journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="people_loaded"), ctx=context)
    return added


def agree_in_country(seed: int) -> int:
    """Two agreements of the synthetic country on what is shared; how many were added. In the role of the pages: people sign.

    Refuses: outside demo mode.
    """
    _only_in_a_demonstration()
    return add_agreements(_supervisor("police", seed), _supervisor("health", seed), space=_SPACE)


def add_people_of(case: ReplayCase, seed: int) -> int:
    """Somebody to step into at each agency that took part in a case that is loaded; how many were added."""
    _only_in_a_demonstration()
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value) as context:
        added = sum(
            _add_person(person, agency_of_case(case, person.agency)) for person in people_of_case(seed, case)
        )
        if added:
            journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="people_loaded"), ctx=context)
    return added


def _supervisor(kind: str, seed: int) -> Who:
    """Who supervises the agency of that kind in the region of which the agreements are."""
    agency = agency_id(kind, REGIONS[1])
    (post,) = (
        one.post for one in synthetic_people(seed) if (one.agency, one.role) == (agency, Role.SUPERVISOR)
    )
    return Who(str(uuid5(_SPACE, post)), shared_agency(agency), Role.SUPERVISOR)


def _add_person(person: SyntheticPerson, agency: AgencyId) -> bool:
    return people.add_person(
        str(uuid5(_SPACE, person.post)),
        login=person.login,
        agency=agency,
        role=person.role,
        given_name=person.given_name,
        surname=person.surname,
        region=person.region,
    )


def open_door_of_country(seed: int) -> int:
    """Give the triage team of each region, and two colleagues, their agency's key, so that reports reach them; how many.

    In the role of the pages: people set passphrases. Refuses: outside demo mode.
    """
    _only_in_a_demonstration()
    return sum(give_trial_keys(*_desk(region, seed)) for region in REGIONS)


def open_complaints_of_country(seed: int) -> int:
    """The same for the people of the ombudsperson, so that complaints reach them; how many got the key."""
    _only_in_a_demonstration()
    first, *others = (
        Who(str(uuid5(_SPACE, one.post)), shared_agency(one.agency), one.role)
        for one in synthetic_people(seed)
        if one.agency == NATIONAL["ombudsperson"]
    )
    return give_trial_keys(first, others)


def _desk(region: str, seed: int) -> tuple[Who, list[Who]]:
    agency = agency_id("social", region)
    at_desk = (Role.TRIAGE_TEAM, Role.CHILD_PROTECTION_SERVICE, Role.CASE_LEAD)
    people = {one.role: one for one in synthetic_people(seed) if one.agency == agency}
    first, *others = (
        Who(str(uuid5(_SPACE, people[role].post)), shared_agency(agency), role) for role in at_desk
    )
    return first, others


def _only_in_a_demonstration() -> None:
    if not settings.DEMO:
        raise Refused(code="demo_only", reason="Example children are loaded in a demonstration only.")


def _today() -> datetime:
    """The day on which the synthetic histories end: that of the first start, kept beside the data."""
    file = Path(settings.DATA) / "demo-day"
    if not file.exists():
        file.write_text(clock.now().isoformat(timespec="minutes") + "\n", encoding="utf-8")
    return datetime.fromisoformat(file.read_text(encoding="utf-8").strip())


def _sign_in() -> SignIn:
    """The same password at every start of the same demonstration, kept beside its data."""
    file = Path(settings.DATA) / "demo-password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9) + "\n", encoding="utf-8")
    return SignIn(LOGIN, file.read_text(encoding="utf-8").strip())
