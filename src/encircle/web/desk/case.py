"""The case page: one record as of a chosen time, safety first. Reads the form, asks one action, renders."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.record import Look, look
from encircle.actions.visit import serving
from encircle.law.mandate import LedgerSeen
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk import notice
from encircle.web.desk.as_of import AsOfControl, control, joined, link, read_form
from encircle.web.desk.axes import Axis, age_words, axes
from encircle.web.desk.by_law import LawView, law_view, only_under_the_other
from encircle.web.desk.childs_words import WordView, word_view
from encircle.web.desk.duty_groups import Group, ledger
from encircle.web.desk.facts import FactList, fact_list
from encircle.web.desk.ledger import duties_of
from encircle.web.desk.safety import AlarmView, Flag, alarm_views, flags
from encircle.web.desk.timeline import TimeLine, time_line
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import visit, when, wording
from encircle.web.page.errors import not_found
from encircle.web.page.name import languages_of, name_of
from encircle.web.page.plain_words import plain_words
from encircle.web.page.staff import for_staff


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page shows.

    `is_hidden`: whose record it is stays closed. `is_partial`, `is_own`: some facts are closed; duties and alarms of others
    are. That nothing is shown then says nothing of what there is. `emergency`: until when it is open to who looks, by that
    alone; `emergencies`: how many of others wait for a review.
    """

    number: str
    is_concern: bool
    name: str
    age: str
    age_basis: str
    is_hidden: bool
    is_partial: bool
    is_own: bool
    figures: tuple[tuple[str | Promise, int], ...]
    alarms_raised: int
    languages: str
    country: str
    packs: tuple[str, ...]
    control: AsOfControl
    law: LawView
    words: tuple[WordView, ...]
    flags: tuple[Flag, ...]
    alarms: tuple[AlarmView, ...]
    axes: tuple[Axis, ...]
    time_line: TimeLine | None
    groups: tuple[Group, ...]
    facts: FactList
    erased: int
    has_shut: bool
    """Whether something that is open to who looks is sealed to people, and shut."""
    emergency: str
    emergencies: int

    @property
    def raised(self) -> tuple[AlarmView, ...]:
        """Prohibitions of which an alarm stands."""
        return tuple(alarm for alarm in self.alarms if alarm.raised)


@purpose(Purpose.PROTECT)
@require_safe
@for_staff
def record(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """One record. What could not be read of the question is told beside its field; the rest is answered."""
    page, seen = _asked(request, who, number)
    shown = {"page": page, "saved": notice.take(request, number, seen.law)}
    return render(request, "desk/case.html", shown, status=400 if seen.problems else 200)


def case_page(seen: Look, *, zoom: str, language: str) -> CasePage:
    """The page for that look."""
    facts = fact_list(seen)
    situation = seen.answer.folded.earliest
    return CasePage(
        number=seen.number,
        is_concern=seen.kind is Kind.CONCERN,
        name=name_of(situation),
        age=age_words(situation, seen),
        age_basis=wording.plain(str(situation.child["age_basis"])) if seen.is_named else "",
        is_hidden=not seen.is_named,
        is_partial=seen.allowed.groups != frozenset(FieldGroup),
        is_own=seen.allowed.ledger is not LedgerSeen.ALL,
        figures=() if seen.is_named else _figures(seen),
        alarms_raised=0 if seen.is_named else seen.alarms_raised,
        languages=languages_of(situation),
        country=str(wording.COUNTRIES.get(seen.law.pack, seen.law.pack.upper())),
        packs=tuple(f"{pack.code} {pack.version}" for pack in seen.law.packs),
        control=control(seen, zoom=zoom),
        law=law_view(seen, facts, here=link(seen.asked, zoom=zoom, law_of=""), language=language),
        words=tuple(word_view(word) for word in seen.words),
        flags=flags(seen, facts),
        alarms=alarm_views(seen, facts, language=language),
        axes=axes(seen, facts),
        time_line=time_line(seen, facts, zoom=zoom),
        groups=ledger(seen, facts, language=language),
        facts=facts,
        erased=len(seen.erased),
        has_shut=any(fact.is_shut for fact in seen.facts),
        emergency="" if seen.emergency.until is None else when.minute(seen.emergency.until, seen.law.zone),
        emergencies=seen.emergency.waiting,
    )


@purpose(Purpose.PROTECT)
@require_safe
@for_staff
def facts(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Every fact of one record that is open, in full."""
    page, _seen = _asked(request, who, number)
    return render(request, "desk/facts.html", {"page": page})


@purpose(Purpose.PROTECT)
@require_safe
@for_staff
def duty(request: HttpRequest, who: Who, number: str, code: str) -> HttpResponse:
    """One duty towards the child: why it stands, what is missing, by which source. One that is not seen is not there.

    The rest of the visit serves this duty.
    """
    served = serving(who, code)
    page, seen = _asked(request, served, number)
    of = request.GET.get("of", "")[:64]
    duties = duties_of(seen, page.facts, code, of, language=get_language() or "en")
    here = joined(link(seen.asked, zoom="all", law_of=""), {"of": of} if of else {})
    law = law_view(seen, page.facts, here=here, language=get_language() or "en", code=code, of=of)
    others = only_under_the_other(seen, code, of)
    if not duties and others:
        title = wording.told(others[0].row.rule.title, get_language() or "en")
        absent = {"page": page, "code": code, "title": title, "law": law}
        return render(request, "desk/duty_of_another_law.html", absent)
    if not duties:
        return not_found(request)
    if served != who and served.visit is not None:
        visit.keep(request, number, served.visit)
    plain = plain_words(seen.law, code)
    return render(request, "desk/duty.html", {"page": page, "duties": duties, "plain": plain, "law": law})


def _asked(request: HttpRequest, who: Who, number: str) -> tuple[CasePage, Look]:
    asked, zoom = read_form(request.GET.dict())
    seen = look(who, number, purpose=purpose_of(request), asked=asked)
    return case_page(seen, zoom=zoom, language=get_language() or "en"), seen


def _figures(seen: Look) -> tuple[tuple[str | Promise, int], ...]:
    """How many duties stand in each state, for those who see no more of the record than that."""
    counted = ((title, seen.figures.get(state, 0)) for state, title in wording.STATES.items())
    return tuple((title, count) for title, count in counted if count)
