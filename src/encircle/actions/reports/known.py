"""Is the child of a report known already? Asked by who reads it while it is still a report, as it is of a concern.

Compared is a name that the reader writes down, with records that are open to them. Nothing of it is kept but in the journal.
"""

import json
from dataclasses import dataclass
from itertools import islice

from django.conf import settings

from encircle.actions.context import Who
from encircle.actions.permit import look_at_many, mandates
from encircle.actions.reports.desk import opened_report, take_over
from encircle.actions.same_child import LONGEST_NAME, MOST_ASKED, Question, may_be, name_child
from encircle.actions.whose_law import law_for
from encircle.core.same_child import Known
from encircle.records import journal
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.moment import parse_span
from encircle.vocabulary.refusal import BadInput


@dataclass(frozen=True, slots=True)
class Told:
    """By what the report says that the child is known. `born`: as coarse as it is told; empty, where it is not."""

    name: str
    born: str = ""


def compared(who: Who, report: str, told: Told) -> tuple[Question, ...]:
    """The records open to who reads it that may be of the same child, the surest first. For who watches over looks, a search.

    Refuses as `read_report`; BadInput, no name or no date.
    """
    with opened_report(who, report) as (found, _key, context):
        without = frozenset({found.concern} if found.concern else ())
        questions = tuple(islice(may_be(who, _known(told), without=without, context=context), MOST_ASKED))
        act = look_at_many(who, "searched", {FieldGroup.MINIMUM} if questions else ())
        numbers = [one.number for one in questions]
        body = {"asked": told.name, "born": told.born, "report": found.id, "numbers": numbers}
        journal.enter(act, ctx=context, body=json.dumps(body, ensure_ascii=False, sort_keys=True).encode())
        return questions


def concern_of_named(who: Who, report: str, told: Told, *, token: str) -> str:
    """Open a concern with what the report says, by that name, so that the question is answered there; its number.

    Twice is once; one that was opened before keeps its names. Refuses as `take_over` and `compared`.
    """
    _known(told)
    with opened_report(who, report) as (found, _key, _context):
        before = found.concern
    number = take_over(who, report)
    mandate = mandates().get(who.role)
    if not before and mandate is not None and Decision.TRIAGE in mandate.decides:
        name_child(who, number, name=told.name, born=told.born, token=token)
    return number


def _known(told: Told) -> Known:
    """Refuses: BadInput, no name or a date that cannot be read."""
    if not told.name or len(told.name) > LONGEST_NAME:
        raise BadInput(code="no_name", reason="Write the name that the report tells.", where="name")
    try:
        births = (parse_span(told.born, law_for(settings.COUNTRY).zone),) if told.born else ()
    except ValueError as wrong:
        raise BadInput(
            code="bad_date", reason="Write it like 2011, 2011-05 or 2011-05-06.", where="born"
        ) from wrong
    return Known(((told.name,),), births)
