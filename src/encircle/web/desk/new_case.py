"""Open a case: a few questions, then a look whether the child is known already, then the record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.act import NotTaken
from encircle.actions.case import Begun, NewCase, begun_from, may_open_case, open_case
from encircle.actions.context import Who
from encircle.actions.people import colleagues_of
from encircle.actions.search import FoundRecord, search
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed import Typed
from encircle.web.gate import purpose
from encircle.web.page.field import Field, FieldKind, Words, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

MOST_YEARS = 120
PROBLEM_OF = {
    "claimed_years": "years",
    "date_of_birth_claimed": "birth",
    "languages": "language",
    "name_used": "name",
    "text": "why",
}
"""Where a problem of a fact is shown."""


@purpose(Purpose.OPEN_CASE)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new_record(request: HttpRequest, who: Who) -> HttpResponse:
    """The form; who is alike among the records of one's agency; the opening."""
    may_open_case(who)
    typed = asking.sent(request)
    concern = typed.one("concern") or request.GET.get("concern", "").strip().lower()[:32].replace("\0", "")
    begun = begun_from(who, concern) if concern else None
    if request.method != "POST":
        return _form(request, who, Asking(typed), begun)
    problems = _problems(typed, begun)
    if problems:
        return _form(request, who, Asking(typed, problems), begun)
    name = typed.one("name") or _known_name(begun)
    alike = search(who, name, purpose=Purpose.OPEN_CASE).records if name else ()
    alike = tuple(one for one in alike if one.number != concern)
    if alike and request.POST.get("do") != "open":
        return _alike(request, Asking(typed), alike)
    try:
        number = open_case(who, _new(typed, concern), token=Asking(typed).token)
    except NotTaken as refused:
        named = {
            PROBLEM_OF.get(problem.field, "name"): _("This cannot be right. Look at it again.")
            for problem in refused.problems
        }
        return _form(request, who, Asking(typed, named), begun)
    except Refused as refused:
        return _form(request, who, Asking(typed, {"lead": str(why_not(refused))}), begun)
    return redirect(reverse("record", args=[number]))


def _form(request: HttpRequest, who: Who, form: Asking, begun: Begun | None) -> HttpResponse:
    fields = _fields(who, form, begun)
    shown = {
        "fields": fields,
        "problems": problems_of(fields),
        "token": form.token,
        "concern": "" if begun is None else begun.number,
    }
    return render(request, "desk/new_case.html", shown, status=422 if form.problems else 200)


def _alike(request: HttpRequest, form: Asking, alike: tuple[FoundRecord, ...]) -> HttpResponse:
    shown = {"alike": alike, "pairs": tuple(form.typed.also(token=form.token).pairs())}
    return render(request, "desk/new_case_alike.html", shown)


def _fields(who: Who, form: Asking, begun: Begun | None) -> tuple[Field, ...]:
    agencies, staff = colleagues_of(who, () if begun is None else begun.agencies)
    asked = [
        form.line(
            "name",
            _("Name that the child uses"),
            hint=_("As the child says it. Leave it empty if you do not know it."),
            optional=True,
        ),
        form.line(
            "years",
            _("Age in years, as the child says"),
            hint=_("Whoever says to be a child is treated as one until it is decided otherwise."),
            optional=True,
        ),
        form.line(
            "birth",
            _("Date of birth, as the child says"),
            hint=_("For example 2011, 2011-05 or 2011-05-06."),
            optional=True,
        ),
        form.line(
            "language",
            _("Language that the child understands best"),
            hint=_("Its short code, such as et, en, uk or ar."),
            optional=True,
        ),
    ]
    if begun is None:
        asked += [
            form.yes_no("danger_now", _("Is the child in danger now?")),
            form.text("why", _("Why is the case opened?"), hint=_("What was seen or heard, by whom.")),
        ]
    elif agencies:
        asked.append(
            form.choice(
                "agency",
                _("Who takes part from the start?"),
                agencies,
                kind=FieldKind.CHOICES,
                hint=_("Each sees what its own mandate opens, and no more."),
                optional=True,
            )
        )
    asked = [field for field in asked if field.name not in _known_fields(begun)]
    asked.append(
        form.choice("lead", _("Who leads the case?"), staff, kind=FieldKind.SELECT, chosen=(who.person,))
    )
    return tuple(asked)


def _known_name(begun: Begun | None) -> str:
    """The name by which triage knows the child already."""
    stated = () if begun is None else begun.names
    return stated[0] if stated else ""


def _known_fields(begun: Begun | None) -> tuple[str, ...]:
    """Questions that the concern has answered: they are not asked again."""
    if begun is None:
        return ()
    return (*(("name",) if begun.names else ()), *(("birth",) if begun.born else ()))


def _problems(typed: Typed, begun: Begun | None) -> dict[str, Words]:
    found: dict[str, Words] = {}
    years = typed.one("years")
    if years and not (years.isascii() and years.isdigit() and int(years[:4]) <= MOST_YEARS):
        found["years"] = _("Write a number, such as 15.")
    if begun is None and not typed.one("why"):
        found["why"] = _("Write why the case is opened. One sentence is enough.")
    if begun is None and typed.one("danger_now") not in ("yes", "no", "unknown"):
        found["danger_now"] = _("Choose one. Not known is an answer.")
    return found


def _new(typed: Typed, concern: str) -> NewCase:
    years = typed.one("years")
    return NewCase(
        name=typed.one("name"),
        years=int(years) if years else None,
        birth=typed.one("birth"),
        language=typed.one("language"),
        danger_now={"yes": True, "no": False}.get(typed.one("danger_now")),
        why=typed.one("why"),
        concern=concern,
        agencies=tuple(AgencyId(one) for one in typed.many("agency")),
        lead=typed.one("lead"),
    )
