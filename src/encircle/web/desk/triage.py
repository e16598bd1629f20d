"""Triage: the board of concerns by stage, and one concern with what people do about it. Reads forms, decides nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.act import AlreadySaved, NotTaken
from encircle.actions.context import Who
from encircle.actions.reports.desk import unread
from encircle.actions.triage import (
    ConcernCard,
    ConcernSeen,
    NotTheSame,
    ask_agency,
    board,
    concern_seen,
    decide_concern,
    review_concern,
    tell_back,
)
from encircle.actions.whose_law import law_for
from encircle.core.triage import Stage
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.concern import (
    AgencyConsulted,
    ConcernRegistered,
    ConcernReviewed,
    ConcernTriaged,
)
from encircle.vocabulary.facts.indicator import IndicatorNoted
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed import Typed
from encircle.web.desk.hanging import hanging_on_concerns
from encircle.web.desk.listing import page_asked
from encircle.web.desk.signs import words
from encircle.web.desk.triage_answer import ANSWERS
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.field import Field, FieldKind, Words, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

STAGES: Mapping[Stage, tuple[Words, Words]] = {
    Stage.WAITING: (gettext_lazy("To look at"), gettext_lazy("Nobody has decided yet.")),
    Stage.ASKED: (gettext_lazy("Others are asked"), gettext_lazy("Agencies say what they know.")),
    Stage.SECOND: (
        gettext_lazy("Waits for a second person"),
        gettext_lazy("One person would end it here. Nobody closes a concern alone."),
    ),
    Stage.DECIDED: (gettext_lazy("To be begun"), gettext_lazy("It is decided what follows.")),
}
"""The columns, in the order of the work."""
PRIORITIES: Mapping[str, Words] = {
    "now": gettext_lazy("Now: somebody must act today"),
    "urgent": gettext_lazy("Urgent: within the next days"),
    "planned": gettext_lazy("Planned: with a date"),
}
OUTCOMES: Mapping[str, Words] = {
    "protect_now": gettext_lazy("The child needs protection now: open a case"),
    "presumed_victim": gettext_lazy("The child may be a victim of trafficking: open a case"),
    "at_risk": gettext_lazy("The child is at risk: open a case"),
    "more_information": gettext_lazy("More has to be known first"),
    "advice_given": gettext_lazy("Advice is enough (a second person has to confirm it)"),
    "refer_elsewhere": gettext_lazy("Another service helps (a second person has to confirm it)"),
    "no_action": gettext_lazy("Nothing follows (a second person has to confirm it)"),
}
REVIEWS: Mapping[str, Words] = {
    "confirmed": gettext_lazy("Yes, I agree"),
    "reopened": gettext_lazy("No, it has to be looked at again"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A concern in a column."""

    number: str
    came: str
    danger: bool
    priority: str
    due: str
    look_by: str
    late: bool
    asked: int
    answered: int
    signs: int


@dataclass(frozen=True, slots=True)
class Column:
    """One stage."""

    slug: str
    title: Words
    explained: Words
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer, as it stands on record."""

    label: Words
    value: Words


@purpose(Purpose.TRIAGE)
@require_safe
@for_staff
def triage(request: HttpRequest, who: Who) -> HttpResponse:
    """The board."""
    found = board(who, page=page_asked(request.GET.get("page", "")))
    columns = tuple(
        Column(
            stage.value,
            title,
            explained,
            tuple(_card(card, found.at) for card in found.cards if card.triage.stage is stage),
        )
        for stage, (title, explained) in STAGES.items()
    )
    ways = {"page": found.page, "before": found.page - 1, "after": found.page + 1 if found.more else 0}
    late = sum(card.is_late(found.at) for card in found.cards)
    shown = {
        "late": late,
        "columns": columns,
        "any": bool(found.cards),
        "unread": unread(who)[0],
        "nobody_at_night": found.nobody_at_night,
        **ways,
    }
    return render(request, "desk/triage.html", shown)


@purpose(Purpose.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def triage_concern(request: HttpRequest, who: Who, concern: str) -> HttpResponse:
    """One concern: what is known, who was asked, what follows; each act has its own form on the page."""
    typed = asking.sent(request)
    if request.method != "POST":
        return _shown(request, concern_seen(who, concern), Asking(typed))
    do = request.POST.get("do", "")
    problems = CHECKS[do](typed) if do in CHECKS else {"do": _("Choose what to do.")}
    if not problems:
        try:
            ACTS[do](who, concern, typed, Asking(typed).token)
            return redirect(f"{reverse('triage_concern', args=[concern])}?done={do}")
        except (NotTaken, NotTheSame, AlreadySaved) as refused:
            return _shown(request, concern_seen(who, concern), Asking(typed), refused=refused, status=409)
    return _shown(request, concern_seen(who, concern), Asking(typed, problems), status=422)


def _shown(
    request: HttpRequest,
    seen: ConcernSeen,
    form: Asking,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    done = request.GET.get("done", "")
    sections = _forms(seen, form)
    shown = {
        "seen": seen,
        "stage": STAGES.get(seen.triage.stage, (_("Left the board"), ""))[0],
        "lines": _lines(seen),
        "signs": _signs(seen),
        "asked": _asked(seen),
        "decision": _decision(seen),
        "owed": hanging_on_concerns(seen.told, seen.allowed.adds),
        "forms": sections,
        "problems": problems_of(field for _do, _title, fields, _send in sections for field in fields),
        "token": form.token,
        "refused": None if refused is None else why_not(refused),
        "done": done in ACTS,
        "opens": seen.triage.stage is Stage.DECIDED,
    }
    return render(request, "desk/triage_concern.html", shown, status=status)


def _forms(seen: ConcernSeen, form: Asking) -> tuple[tuple[str, Words, tuple[Field, ...], Words], ...]:
    """What can be done now, in this order: a word for the act, heading, questions, and what its button says."""
    found: list[tuple[str, Words, tuple[Field, ...], Words]] = []
    stage = seen.triage.stage
    if stage in (Stage.SECOND, Stage.DECIDED) and seen.is_second and seen.triage.review is None:
        fields = (
            form.choice("review", _("Do you agree with this decision?"), REVIEWS.items()),
            form.text("review_reasons", _("Why?")),
        )
        found.append(("review", _("Look at it as a second person"), fields, _("Save as second person")))
    if seen.may_decide and stage is not Stage.DONE:
        free = [(one.id, one.name) for one in seen.agencies.values() if one.id not in (*seen.asked, seen.own)]
        select = form.choice(
            "agency", _("Which agency?"), (("", _("Choose one")), *free), kind=FieldKind.SELECT
        )
        found.append(("ask", _("Ask an agency what it knows"), (select,), _("Ask this agency")))
        asked = (
            form.choice("outcome", _("What follows?"), OUTCOMES.items()),
            form.choice("priority", _("How soon must somebody act?"), PRIORITIES.items()),
            form.text(
                "reasons", _("Why?"), hint=_("What speaks for it, what against it, what is not known.")
            ),
        )
        found.append(("decide", _("Decide what follows"), asked, _("Save the decision")))
    if seen.triage.decision is not None and not seen.triage.told_back and seen.may_decide:
        found.append(("tell", _("Tell the reporter"), (), _("The reporter has been told what followed")))
    return tuple(found)


def _decide_problems(typed: Typed) -> dict[str, Words]:
    found: dict[str, Words] = {}
    if typed.one("outcome") not in OUTCOMES:
        found["outcome"] = _("Choose what follows.")
    if typed.one("priority") not in PRIORITIES:
        found["priority"] = _("Choose how soon.")
    if not typed.one("reasons"):
        found["reasons"] = _("Write the reasons: a decision without them helps nobody.")
    return found


def _review_problems(typed: Typed) -> dict[str, Words]:
    found: dict[str, Words] = {}
    if typed.one("review") not in REVIEWS:
        found["review"] = _("Choose an answer.")
    if not typed.one("review_reasons"):
        found["review_reasons"] = _("Write the reasons.")
    return found


CHECKS: Mapping[str, Callable[[Typed], dict[str, Words]]] = {
    "ask": lambda typed: {} if typed.one("agency") else {"agency": _("Choose an agency.")},
    "decide": _decide_problems,
    "review": _review_problems,
    "tell": lambda _typed: {},
}
ACTS: Mapping[str, Callable[[Who, str, Typed, str], object]] = {
    "ask": lambda who, number, typed, _token: ask_agency(who, number, AgencyId(typed.one("agency"))),
    "decide": lambda who, number, typed, token: decide_concern(
        who,
        number,
        outcome=typed.one("outcome"),
        priority=typed.one("priority"),
        reasons=typed.one("reasons"),
        token=token,
    ),
    "review": lambda who, number, typed, token: review_concern(
        who, number, outcome=typed.one("review"), reasons=typed.one("review_reasons"), token=token
    ),
    "tell": lambda who, number, _typed, token: tell_back(who, number, token=token),
}


def _card(card: ConcernCard, at: datetime) -> Card:
    zone = law_for(settings.COUNTRY).zone
    decision = card.triage.decision.payload if card.triage.decision else None
    priority = str(decision.priority) if isinstance(decision, ConcernTriaged) else ""
    return Card(
        number=card.number,
        came=when.minute(card.came, zone),
        danger=card.in_danger,
        priority=str(PRIORITIES[priority]).partition(":")[0] if priority in PRIORITIES else "",
        due="" if card.due is None else when.minute(card.due, zone),
        look_by="" if card.look_by is None else when.minute(card.look_by, zone),
        late=card.is_late(at),
        asked=card.asked,
        answered=len(card.triage.consultations),
        signs=len(card.triage.signs),
    )


def _lines(seen: ConcernSeen) -> tuple[Line, ...]:
    registered = seen.triage.registered
    said = registered.payload if registered else None
    if registered is None or not isinstance(said, ConcernRegistered):
        return ()
    given: tuple[tuple[Words, object], ...] = (
        (_("What was seen or heard"), said.text),
        (_("The child's own words"), said.exact_words),
        (_("Who was there"), said.who_was_present),
        (_("Where"), said.where_noticed),
        (_("What the child had been asked"), said.questions_asked),
    )
    danger = _("Yes") if said.danger_now is True else _("No") if said.danger_now is False else _("Not known")
    return (
        Line(_("In danger now"), danger),
        *(Line(label, value) for label, value in given if isinstance(value, str) and value),
        Line(_("When"), when.span(registered.happened)),
        Line(_("How it is known"), str(wording.CERTAINTIES[registered.certainty])),
        Line(_("Reported by"), _by(seen, registered)),
    )


def _signs(seen: ConcernSeen) -> tuple[Line, ...]:
    known = words()
    return tuple(
        Line(known.get(fact.payload.indicator, fact.payload.indicator), wording.CERTAINTIES[fact.certainty])
        for fact in seen.triage.signs
        if isinstance(fact.payload, IndicatorNoted)
    )


def _asked(seen: ConcernSeen) -> tuple[Line, ...]:
    """Each agency that was asked, with what it answered."""
    found, answered = list[Line](), set[object]()
    for fact in seen.triage.consultations:
        said = fact.payload
        if isinstance(said, AgencyConsulted):
            answered.add(said.asked)
            parts = [
                str(ANSWERS.get(said.answer, wording.titled(said.answer))),
                *(text for text in (said.information, said.legal_basis) if isinstance(text, str)),
            ]
            found.append(Line(_named(seen, AgencyId(str(said.asked))), " · ".join(parts)))
    found += [Line(_named(seen, one), _("has not answered yet")) for one in seen.asked if one not in answered]
    return tuple(found)


def _decision(seen: ConcernSeen) -> tuple[Line, ...]:
    decision, review = seen.triage.decision, seen.triage.review
    lines: list[Line] = []
    if decision is not None and isinstance(decision.payload, ConcernTriaged):
        said = decision.payload
        lines += [
            Line(_("Decided"), OUTCOMES[said.outcome]),
            *((Line(_("How soon"), PRIORITIES[said.priority]),) if isinstance(said.priority, str) else ()),
            *((Line(_("Reasons"), said.reasons),) if isinstance(said.reasons, str) else ()),
            Line(_("By"), _by(seen, decision)),
        ]
    if review is not None and isinstance(review.payload, ConcernReviewed):
        code = str(review.payload.review_outcome)
        lines.append(Line(_("Second person"), REVIEWS.get(code, wording.titled(code))))
        if isinstance(review.payload.review_reasons, str):
            lines.append(Line(_("Reasons of the second person"), review.payload.review_reasons))
    return tuple(lines)


def _by(seen: ConcernSeen, fact: Fact) -> str:
    return f"{_named(seen, fact.agency)}, {when.minute(fact.recorded, fact.happened.zone)}"


def _named(seen: ConcernSeen, agency: AgencyId) -> str:
    found = seen.agencies.get(agency)
    return _("An agency that is no longer listed here") if found is None else found.name
