"""People: who takes part in a record and on which basis, who stands at the child's side, who leads. Decides nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.people import INVITED, People, at_side, end_part, let_take_part, name_lead, people_of
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.actions.record import AgencyName
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.relation import Relation
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.hanging import hanging_on_people
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.field import Field, FieldKind, Words, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

RELATIONS: dict[Relation, Words] = {
    Relation.OPENER: gettext_lazy("Opened the record"),
    Relation.TEAM: gettext_lazy("Works with the child"),
    Relation.CASE_LEAD: gettext_lazy("Leads the case"),
    Relation.SUPERVISOR: gettext_lazy("Answers for the work of the case lead"),
    Relation.GUARDIAN: gettext_lazy("Guardian or representative of the child"),
    Relation.LAWYER: gettext_lazy("Lawyer of the child"),
    Relation.OFFERED: gettext_lazy("The child is referred to it, and it has not answered"),
    Relation.REFERRED: gettext_lazy("The child was referred to it"),
    Relation.CONSULTED: gettext_lazy("Was asked what it knows"),
    Relation.EMERGENCY: gettext_lazy("Opened it in an emergency, for some hours"),
    Relation.EXAMPLE: gettext_lazy("Takes part in this example"),
}


@dataclass(frozen=True, slots=True)
class PartView:
    """One part in the record."""

    id: str
    agency: str
    role: str
    relation: Words
    person: str
    basis: str
    since: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody at the child's side, as the facts say."""

    name: str
    role: str | Promise
    since: str


@purpose(Purpose.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def people(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Who takes part; letting an agency in, ending a part, naming the case lead."""
    form = Asking(asking.sent(request))
    if request.method == "POST":
        try:
            _do(who, number, form, request.POST.get("do", ""))
            return redirect(f"{reverse('people', args=[number])}?done")
        except (NotSeen, NotAllowed):
            raise
        except Refused as refused:
            if refused.code == "basis_not_read":
                form = Asking(form.typed, {"basis": str(why_not(refused))})
                return _shown(request, _people(who, number, form), form, status=422)
            return _shown(request, _people(who, number, form), form, refused=refused, status=409)
    return _shown(request, people_of(who, number), form)


def _people(who: Who, number: str, form: Asking) -> People:
    return people_of(who, number, chosen=form.typed.one("agency"))


def _do(who: Who, number: str, form: Asking, do: str) -> None:
    typed = form.typed
    if do == "let":
        known = {relation.value: relation for relation in INVITED}
        relation = known.get(typed.one("relation"), Relation.TEAM)
        agency, basis = AgencyId(typed.one("agency")), typed.one("basis")
        let_take_part(who, number, agency, relation=relation, basis=basis, token=form.token)
    elif do == "lead":
        name_lead(who, number, typed.one("lead"), token=form.token)
    else:
        end_part(who, number, do.removeprefix("end-"))


def _shown(
    request: HttpRequest, seen: People, form: Asking, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    let, lead = _let(seen, form), _lead(seen, form)
    shown = {
        "number": seen.told.number,
        "name": name_of(seen.told.situation),
        "parts": tuple(_part(seen)),
        "beside": tuple(_beside(seen)),
        "owed": hanging_on_people(seen.told, seen.adds),
        "let": let,
        "lead": lead,
        "may_end": seen.may_let,
        "problems": problems_of((*let, *lead)),
        "token": form.token,
        "refused": None if refused is None else why_not(refused),
        "done": "done" in request.GET and refused is None,
    }
    return render(request, "desk/people.html", shown, status=status)


def _let(seen: People, form: Asking) -> tuple[Field, ...]:
    if not seen.may_let:
        return ()
    inside = {part.agency for part in seen.parts}
    agencies = [("", _("Choose one")), *((str(one.id), _choice(one, inside)) for one in seen.agencies)]
    return (
        form.choice("agency", _("Which agency?"), agencies, kind=FieldKind.SELECT),
        form.choice(
            "relation",
            _("What is its part?"),
            [(one.value, RELATIONS[one]) for one in INVITED],
            kind=FieldKind.SELECT,
            chosen=(Relation.TEAM.value,),
        ),
        form.line(
            "basis",
            _("On which legal basis?"),
            hint=_("Act and article in short, in Latin letters, such as Child Protection Act 31."),
        ),
    )


def _choice(agency: AgencyName, inside: Collection[AgencyId]) -> str:
    """An agency as it is offered; one that takes part can be given a further part."""
    return (
        _("{agency}, takes part already").format(agency=agency.name) if agency.id in inside else agency.name
    )


def _lead(seen: People, form: Asking) -> tuple[Field, ...]:
    if not seen.may_lead:
        return ()
    return (form.choice("lead", _("Who leads the case?"), seen.staff, kind=FieldKind.SELECT),)


def _part(seen: People) -> list[PartView]:
    zone = seen.told.law.zone
    words = {relation.value: text for relation, text in RELATIONS.items()}
    return [
        PartView(
            id=part.id,
            agency=part.agency_name,
            role=wording.plain(part.agency_role),
            relation=words.get(part.relation, wording.titled(part.relation)),
            person=part.person_name,
            basis=part.basis,
            since=when.day(part.since, zone),
            leads=part.relation == Relation.CASE_LEAD,
        )
        for part in seen.parts
    ]


def _beside(seen: People) -> list[Beside]:
    return [
        Beside(
            one.name or str(wording.titled(one.kind.value)),
            wording.titled(one.kind.value),
            "" if one.since is None else when.since(one.since),
        )
        for one in at_side(seen.told.situation)
    ]
