"""Duties that hang on one concern or one person of a record, as lines on the page about it. Decides nothing."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from encircle.actions.heading import Heading
from encircle.core.duty import DutyRow
from encircle.core.duty.row import STANDING
from encircle.law.duty import Scope
from encircle.vocabulary.field_group import FieldGroup
from encircle.web.desk.duty_line import duty_line, time_and_kind
from encircle.web.desk.ways import record_it
from encircle.web.page import when, wording
from encircle.web.page.html import isolated


def hanging_on_concerns(told: Heading, adds: frozenset[FieldGroup]) -> tuple[SafeString, ...]:
    """Those towards a concern of this record."""
    return _hanging(told, Scope.REPORT, adds)


def hanging_on_people(told: Heading, adds: frozenset[FieldGroup]) -> tuple[SafeString, ...]:
    """Those towards another person of this record."""
    return _hanging(told, Scope.PERSON, adds)


def _hanging(told: Heading, scope: Scope, adds: frozenset[FieldGroup]) -> tuple[SafeString, ...]:
    """The duties of that scope that are open to who looks, what waits first, with the forms that give what is missing."""
    order = {state: number for number, state in enumerate(wording.STATES)}
    rows = [row for row in told.shown.duties if row.rule.scope is scope]
    rows.sort(key=lambda row: (order[row.state], row.rule.code, row.subject or ""))
    return tuple(_line(row, told, adds) for row in rows)


def _line(row: DutyRow, told: Heading, adds: frozenset[FieldGroup]) -> SafeString:
    language, rule = get_language() or "en", row.rule
    of = f"?{urlencode({'of': row.subject})}" if row.subject else ""
    owner = told.law.owner(rule.owner)
    stands = row.state in STANDING
    texts = {one.id: one.text for one in rule.evidence}
    return duty_line(
        state=row.state.value,
        anchor=f"duty-{rule.code}-{row.subject or ''}",
        href=f"{reverse('duty', args=(told.number, rule.code))}{of}",
        code=rule.code,
        title=wording.told(rule.title, language),
        about=_about(row, told),
        owner=wording.titled(rule.owner.value) if owner is None else wording.told(owner.agency, language),
        time=_time(row, told, language),
        lacking=[wording.told(texts[one], language) for one in row.missing] if stands else [],
        ways=record_it(told.number, row, adds) if stands else (),
    )


def _about(row: DutyRow, told: Heading) -> str:
    """Of a person, how it stands to the child; never a name."""
    if row.rule.for_each is None or row.rule.scope is not Scope.PERSON:
        return str(wording.STATES[row.state])
    item = next((one for one in told.situation.of(row.rule.for_each) if one["id"] == row.subject), {})
    relation = item.get("relation")
    words = wording.titled(relation) if isinstance(relation, str) else wording.titled(row.rule.for_each.value)
    return f"{words}, {wording.STATES[row.state]}"


def _time(row: DutyRow, told: Heading, language: str) -> SafeString | str:
    if row.due is None or row.due.earliest is None or row.due.latest is None:
        return isolated(wording.told(row.rule.due.words, language))
    due = when.between(row.due.earliest, row.due.latest, told.law.zone)
    return time_and_kind(due, wording.STANDINGS[row.due.kind])
