"""One proposal: its difference, its effect, what became of it, and the decision of the second person. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.practice.effect import COMPARED, MOVED, touched
from encircle.actions.practice.proposing import NotTaken, approve, decline, withdraw
from encircle.actions.practice.reading import Seen, seen
from encircle.core.disclosure.rounding import BASE
from encircle.law.practice import Part
from encircle.records.practice import Figure, Step
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.law import words
from encircle.web.law.practice import words as said
from encircle.web.law.room import Room, entered
from encircle.web.page import errors, when, wording
from encircle.web.page.field import Field, FieldKind
from encircle.web.page.kept import typed as given_back
from encircle.web.page.staff import for_staff

_DONE = {"approve": approve, "decline": decline, "withdraw": withdraw}


@dataclass(frozen=True, slots=True)
class StepShown:
    """One thing that became of it."""

    what: str | Promise
    at: str
    role: str
    why: str
    since: str


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What moves of one duty, and for about how many children; a dash for none or only a few."""

    code: str
    title: SafeString
    href: str
    moved: SafeString | str
    figure: str


@dataclass(frozen=True, slots=True)
class EffectShown:
    """The whole effect. `compared`, `moved`: about how many records."""

    compared: str
    moved: str
    lines: tuple[EffectLine, ...]
    at: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal as it is shown."""

    room: Room
    number: int
    part: str | Promise
    part_code: str
    code: str
    pack: str
    country: str
    title: SafeString
    state: str | Promise
    tone: str
    sets: said.Side
    before: said.Side | None
    after: said.Side | None
    valid_from: str
    why: str
    proposed: str
    role: str
    agency: str
    replaces: int
    superseded: int
    steps: tuple[StepShown, ...]
    duties: tuple[tuple[str, SafeString, str], ...]
    effect: EffectShown | None
    counts: bool
    lists: bool
    warnings: tuple[str, ...]
    wrong: tuple[SafeString | str, ...]
    waits: bool
    is_own: bool
    may_decide: bool
    may_propose: bool
    field: Field
    refused: str


@purpose(Purpose.LAW)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def practice_proposal(request: HttpRequest, who: Who, number: int) -> HttpResponse:
    """The proposal; what the second person says, or that it is withdrawn."""
    refused, why = "", ""
    done = _DONE.get(request.POST.get("do", "")) if request.method == "POST" else None
    if done is not None:
        why = request.POST.get("why", "").replace("\0", "")[:2001]
        try:
            done(who, number, purpose=purpose_of(request), why=why)
        except NotTaken as not_taken:
            refused = not_taken.code
        else:
            return redirect("practice_proposal", number=number)
    elif (sent := given_back(request)) is not None:
        why = sent.get("why", "")
    found = seen(who, number, purpose=purpose_of(request))
    if found is None:
        return errors.not_found(request)
    page = proposal_page(entered(request, who), found, why=why, refused=refused)
    return render(request, "law/practice/proposal.html", {"page": page}, status=400 if refused else 200)


def proposal_page(room: Room, found: Seen, *, why: str = "", refused: str = "") -> ProposalPage:
    """The page of that proposal."""
    one, law = found.proposal, found.after or found.law
    amendment, zone = one.amendment, found.law.zone
    state, tone = said.state(one)
    return ProposalPage(
        room=room,
        number=one.number,
        part=said.PARTS[amendment.part],
        part_code=amendment.part.value,
        code=amendment.code,
        pack=one.pack,
        country=str(wording.COUNTRIES.get(one.pack, one.pack)),
        title=said.title(amendment, law),
        state=state,
        tone=tone,
        sets=said.set_by(amendment),
        before=said.side(amendment, found.before),
        after=said.side(amendment, found.after),
        valid_from=words.day(one.valid_from),
        why=one.why,
        proposed=when.minute(one.made_at, zone),
        role=wording.titled(one.role.value),
        agency=found.agency,
        replaces=one.replaces or 0,
        superseded=found.superseded or 0,
        steps=tuple(_step(step, zone) for step in one.steps),
        duties=tuple(_duties(found, room)),
        effect=_effect(found, room),
        counts=amendment.part is not Part.TEXT,
        lists=found.lists,
        warnings=tuple(f"{warning.origin}: {warning.what}" for warning in found.warnings),
        wrong=tuple(said.problem(name, problem) for name, problem in found.problems.items()),
        waits=found.waits,
        is_own=found.is_own and found.may_propose,
        may_decide=found.may_decide,
        may_propose=found.may_propose,
        field=_why(why, refused),
        refused=str(said.REFUSED.get(refused, "")),
    )


def _why(typed: str, refused: str) -> Field:
    problem = said.REFUSED[refused] if refused in ("no_reasons", "too_long") else ""
    hint = _("It is kept with the proposal, for everybody on staff. Never write about a child here.")
    return Field(
        "why",
        _("Your reasons"),
        kind=FieldKind.LONG_TEXT,
        hint=hint,
        value=typed,
        problem=problem,
        longest=2000,
    )


def _step(step: Step, zone: str) -> StepShown:
    return StepShown(
        what=said.STEPS[step.kind],
        at=when.minute(step.at, zone),
        role="" if step.role is None else wording.titled(step.role.value),
        why=step.why,
        since="" if step.since is None else when.minute(step.since, zone),
    )


def _duties(found: Seen, room: Room) -> Iterator[tuple[str, SafeString, str]]:
    """The duties of which it says something else."""
    law, amendment = found.after or found.law, found.proposal.amendment
    codes = (amendment.code,) if amendment.part is Part.TEXT else touched(amendment, law)
    for code in codes:
        name = "law_duty" if code.startswith("D") else "law_prohibition"
        yield code, said.rule_title(code, law), room.way(name, code)


def _effect(found: Seen, room: Room) -> EffectShown | None:
    counted = found.effect
    if counted is None:
        return None
    law = found.after or found.law
    total = {one.code: _about(one.figure) for one in counted.figures if not one.turn}
    lines = tuple(_line(one, found, room) for one in counted.figures if one.turn)
    return EffectShown(
        total.get(COMPARED, "–"), total.get(MOVED, "–"), lines, when.minute(counted.at, law.zone)
    )


def _line(one: Figure, found: Seen, room: Room) -> EffectLine:
    law = found.after or found.law
    name = "law_duty" if one.code.startswith("D") else "law_prohibition"
    return EffectLine(
        one.code,
        said.rule_title(one.code, law),
        room.way(name, one.code),
        said.moved(one),
        _about(one.figure),
    )


def _about(figure: int) -> str:
    """A rounded figure; a dash for none or only a few."""
    return number_format(figure, use_l10n=True, force_grouping=True) if figure >= BASE else "–"
