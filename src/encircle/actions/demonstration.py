"""The demonstration: real cases, a synthetic country and its people in the database, and one sign-in that sees all."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

from django.conf import settings

from encircle.actions.examples import VIEWER, load_case, shared_agency
from encircle.actions.journal import prepare_journal
from encircle.actions.law import packs_folder
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.actions.synthetic import AGENCIES, synthetic_cases
from encircle.actions.synthetic_people import synthetic_people
from encircle.core.journal.entry import EntryKind
from encircle.records import journal, people
from encircle.records.context import with_context
from encircle.records.seal import make_installation_key
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role

LOGIN = "demo"
_SPACE = UUID("3f0d1d0e-3b8e-5a1c-9d2d-7d6b1f3f4c55")
_TELL_EVERY = 100


@dataclass(frozen=True, slots=True)
class SignIn:
    """A login and its password, to be printed once."""

    login: str
    password: str


def prepare_demonstration(*, children: int, seed: int, tell: Callable[[str], None]) -> SignIn:
    """Load what is not there yet, telling how far it is. Refuses: outside demo mode.

    Interrupted, it goes on where it stopped: each case is loaded whole or not at all.
    """
    _only_in_a_demonstration()
    make_installation_key()
    prepare_journal()
    sign_in = _sign_in()
    viewer = AgencyId(str(uuid5(_SPACE, "viewer")))
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value):
        people.add_agency(
            viewer,
            code=VIEWER,
            name="Child protection service (demonstration)",
            role=Role.CHILD_PROTECTION_SERVICE.value,
            country="EE",
        )
        people.add_staff(
            login=sign_in.login, password=sign_in.password, agency=viewer, role=Role.CHILD_PROTECTION_SERVICE
        )
    add_country(seed)
    for number, case in enumerate(_cases(children, seed), start=1):
        load_case(case, seen_by=(viewer,))
        if number % _TELL_EVERY == 0:
            tell(f"{number} of {children} example children are loaded.")
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
        added = sum(
            people.add_person(
                str(uuid5(_SPACE, person.post)),
                login=person.login,
                agency=shared_agency(person.agency),
                role=person.role,
                given_name=person.given_name,
                surname=person.surname,
                region=person.region,
            )
            for person in everybody
        )
        if added:
            journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="people_loaded"), ctx=context)
    return added


def _only_in_a_demonstration() -> None:
    if not settings.DEMO:
        raise Refused(code="demo_only", reason="Example children are loaded in a demonstration only.")


def _cases(children: int, seed: int) -> Iterator[ReplayCase]:
    for path in sorted((packs_folder() / "base" / "cases").glob("*.yaml")):
        yield read_replay(path)
    yield from islice(synthetic_cases(seed), children)


def _sign_in() -> SignIn:
    """The same password at every start of the same demonstration, kept beside its data."""
    file = Path(settings.DATA) / "demo-password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9) + "\n", encoding="utf-8")
    return SignIn(LOGIN, file.read_text(encoding="utf-8").strip())
