"""Components: every part of a page, drawn by its own call, for who builds and who tests pages. Shows nobody's data."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.page.asset import icon_names
from encircle.web.page.field import Field, FieldKind, Option, TypedDay, TypedTime, problems_of, yes_no
from encircle.web.page.front import recognise
from encircle.web.page.navigation import Item

EXAMPLES = {
    "button": "A button sends a form; with an address it is a link that looks like one.",
    "tag": "A state in a word or two. The colour never says it alone.",
    "notice": "What was saved, or what to know before going on. `tone`: saved, info, warning.",
    "refusal": "Why something cannot be done: what, why, by which source, what to do instead, whom to ask.",
    "conflict": "Two people changed the same: both versions side by side, and the ways out.",
    "empty": "Nothing to show yet, and why.",
    "error_summary": "On top of a form that could not be read: each line leads to its field and takes the focus.",
    "field": "One question of a form (encircle.web.page.field.Field), with hint, problem and what was typed.",
    "check_answers": "All answers before they are put on record, each with its way back.",
    "step": "One question, one page. Its title is the heading of the page.",
    "tabs": "The pages of one record. The frame draws them by itself where an address names a record.",
    "table": "A table that becomes cards on a small screen: each cell has its label.",
    "pagination": "To the page before and the next one.",
    "person": "Somebody around the child.",
    "safety_flag": "Something that everybody must know first.",
    "details": "More, for who wants it.",
    "case_header": "Whose record this is.",
    "as_of": "Which time, and with whose knowledge. It draws the whole page anew.",
    "print_header": "What stands on top of a printed page.",
}
"""By name of the component, the sentence that says what it is for."""
_FOLDER = "components/examples"


@dataclass(frozen=True, slots=True)
class Example:
    """One component: its name, what it is for, the call, the template that makes it."""

    name: str
    says: str
    template: str
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to check. `change`: where it is given anew; nothing where it stands on the same page."""

    label: str
    value: str
    change: str = ""


@purpose(Purpose.OPERATE)
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """All of them on one page."""
    recognise(request)
    return render(
        request, "components/page.html", {"examples": _examples(), "icons": sorted(icon_names()), **_data()}
    )


def _examples() -> tuple[Example, ...]:
    templates = settings.WEB / "templates"
    return tuple(
        Example(name, says, path, (templates / path).read_text("utf-8").strip())
        for name, says in EXAMPLES.items()
        for path in [f"{_FOLDER}/{name}.html"]
    )


def _data() -> dict[str, object]:
    fields = _fields()
    return {
        "fields": fields,
        "question": replace(fields[4], name="example_tonight"),
        "problems": problems_of(fields),
        "answers": (
            Answer(_("Who"), "Bo", "#example-check_answers"),
            Answer(_("Since when"), "6 May 2009", "#example-check_answers"),
            Answer(_("Note"), "", "#example-check_answers"),
        ),
        "tabs": (
            Item(_("Home"), "#example-tabs", "house", current=True),
            Item(_("What happened?"), "#example-tabs", "pencil", current=False),
        ),
        "child": {
            "name": "Aino",
            "is_concern": False,
            "number": "ab12-cd34",
            "age": "15",
            "age_basis": "documented",
            "languages": "Estonian",
            "country": "Estonia",
        },
        "control": {
            "asked": {"as_of": "2009-05-06", "known_as_of": "", "by": "", "law": ""},
            "problems": {"as_of": "", "known_as_of": "", "by": ""},
            "agencies": (),
            "laws": (),
            "zoom": "all",
            "today": "?",
            "before": "?as_of=2009-05-05",
            "after": "",
            "days": "?",
            "past": True,
            "seen": "6 May 2009",
            "knowledge": "everything that is known today, with hindsight",
            "far": "17 years",
        },
    }


def _fields() -> tuple[Field, ...]:
    places = (
        Option("family", _("With a foster family"), chosen=True),
        Option("shelter", _("In a shelter for children"), hint=_("Not one for adults.")),
        Option("other", _("Somewhere else")),
    )
    return (
        Field("example_name", _("Name used"), hint=_("As the child says it."), value="Aino", optional=True),
        Field("example_note", _("What was said"), kind=FieldKind.LONG_TEXT, longest=2000),
        Field(
            "example_count",
            _("How many children"),
            kind=FieldKind.NUMBER,
            value="x",
            unit=_("children"),
            problem=_("Write a number, such as 2."),
        ),
        Field("example_secret", _("Password"), kind=FieldKind.UNSEEN, autocomplete="current-password"),
        Field("example_place", _("Kind of place"), kind=FieldKind.CHOICE, options=places),
        Field(
            "example_needs",
            _("What does the child need now?"),
            kind=FieldKind.CHOICES,
            options=(
                Option("sleep", _("Sleep"), chosen=True),
                Option("doctor", _("A doctor")),
                Option("call", _("A call home")),
            ),
        ),
        Field(
            "example_agency",
            _("Agency"),
            kind=FieldKind.SELECT,
            options=(Option("", _("Choose one")), Option("a", _("Child protection, Tartu"))),
        ),
        yes_no(
            "example_safe", _("Is it safe there tonight?"), problem=_("Choose one. Not known is an answer.")
        ),
        Field(
            "example_when",
            _("When did it happen?"),
            kind=FieldKind.DATE,
            with_time=True,
            coarse=True,
            typed=TypedTime(TypedDay("31", "2", "2026")),
            problem=_("There is no such day. Look at day and month."),
        ),
    )
