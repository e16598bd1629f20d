"""Sign-ins of staff: the first one of an installation."""

from uuid import uuid4

from encircle.actions.account import password_is_first
from encircle.actions.journal import prepare_journal
from encircle.actions.keys.moving import make_sure_of_keys
from encircle.core.journal.entry import EntryKind
from encircle.records import journal, people
from encircle.records.context import with_context
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

LOCAL_AGENCY = "local"


def make_first_sign_in(*, login: str, password: str) -> bool:
    """Make the keys and, where nobody can sign in yet, one agency with one account; whether it was made."""
    make_sure_of_keys()
    prepare_journal()
    with with_context(agency=None, actor="installation", purpose=Purpose.OPERATE.value) as context:
        if people.has_staff():
            return False
        agency = AgencyId(str(uuid4()))
        people.add_agency(
            agency, code=LOCAL_AGENCY, name="Local agency", role=Role.COORDINATOR.value, country="XX"
        )
        people.add_staff(login=login, password=password, agency=agency, role=Role.COORDINATOR)
        password_is_first(login)
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="first_sign_in_made"), ctx=context)
    return True
