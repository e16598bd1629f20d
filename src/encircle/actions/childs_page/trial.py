"""The one code that everybody may know: it opens the page of a child that never was, in a demonstration."""

from django.conf import settings

from encircle.actions.childs_page.code import read_code
from encircle.actions.childs_page.handing import Company, Device
from encircle.core.journal.entry import EntryKind
from encircle.records import childs_page as pages
from encircle.records import journal
from encircle.records.context import with_context
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

TRIAL_CODE = "demo demo demo demo"


def give_trial_code(root: RootId) -> bool:
    """Give that child the code for trying out; False, where the child has one, or another child has this one.

    Refuses: outside demo mode.
    """
    if not settings.DEMO:
        raise Refused(
            code="demo_only", reason="A code that everybody knows is given in a demonstration only."
        )
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value) as context:
        given = pages.add_credential(
            root,
            read_code(TRIAL_CODE),
            company=Company.ALONE.value,
            device=Device.LENT.value,
            ctx=context,
        )
        if given:
            act = journal.Act(kind=EntryKind.WRITE, outcome="childs_page_given", root=root)
            journal.enter(act, ctx=context)
    return given
