"""What is wrong with an answer, in plain words beside its field. No code words and no blame."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encircle.actions.act import Problem
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.web.desk.forms.questions import name_of

Words = str | Promise

OF_THE_ACT = ("happened", "learnt_at", "agency", "said_by")
"""Fields that are asked once for the whole act."""

WORDS: Mapping[str, Words] = {
    "in_the_future": gettext_lazy(
        "This time lies in the future. Say when it happened; of a plan, when the plan was made."
    ),
    "learnt_before": gettext_lazy("Nobody can have learnt it before it happened. Look at both times again."),
    "before_birth": gettext_lazy("This time lies before the child was born. Look at the time again."),
    "not_born": gettext_lazy("This can be said only of a child that is born."),
    "not_on_record": gettext_lazy("This is not on the record of this child. Choose one of the list."),
    "of_another_kind": gettext_lazy("This names another sort of thing. Choose one of the list."),
    "of_another_type": gettext_lazy("The entry that this changes says something else. Open it anew."),
    "about_the_child": gettext_lazy("This is said of the child itself. Open the form anew."),
    "no_such_agency": gettext_lazy("There is no such agency here. Choose one of the list."),
    "not_a_code": gettext_lazy("Choose one of the list."),
    "half_character": gettext_lazy(
        "The text holds half of a letter, which cannot be kept. Type that place anew."
    ),
    "control_character": gettext_lazy("The text holds a sign that nobody can see. Type it anew here."),
    "not_read": gettext_lazy(
        "Read the words once more for places, schools, family names, addresses and numbers. Then answer yes."
    ),
    "a_number": gettext_lazy(
        "Leave out numbers and addresses by which somebody can be found. Write a date with points."
    ),
    "a_name": gettext_lazy(
        "A family name, a place or the name of an office stands in it. Leave it out: somebody else may look on."
    ),
    "over_size": gettext_lazy("All answers together are too long. Shorten the longest one."),
}
_BY_VALUE: Mapping[str, Words] = {
    "bool": gettext_lazy("Choose yes or no."),
    "code": gettext_lazy("Choose one of the answers."),
    "codes": gettext_lazy("Choose at least one of the answers."),
    "ref": gettext_lazy("Choose one of the list."),
    "agency": gettext_lazy("Choose an agency of the list."),
    "text": gettext_lazy("Write something here, at most 20,000 characters."),
    "identifier": gettext_lazy("Write the number or sign here, at most 100 characters in one line."),
    "int": gettext_lazy("Write a whole number from 0 to 100,000."),
}
_TIME = gettext_lazy(
    "This time cannot be read. Write it like 28.11.2026, 28.11.2026 14:30, today, November 2026 or 2026."
)


def told(problems: Sequence[Problem], types: Sequence[str]) -> dict[str, str]:
    """The words for each problem by the name of its form field; the first of a field counts."""
    found: dict[str, str] = {}
    for problem in problems:
        type_name = types[problem.statement]
        name = problem.field if problem.field in OF_THE_ACT else name_of(type_name, problem.field)
        found.setdefault(name, _words(problem, type_name))
    return found


def _words(problem: Problem, type_name: str) -> str:
    if problem.code in WORDS:
        return str(WORDS[problem.code])
    if problem.code == "not_a_time":
        return str(_TIME)
    field = next((one for one in shape(FACT_TYPES[type_name]) if one.name == problem.field), None)
    if field is None:
        return _("This cannot be kept here. Open the form anew.")
    return str(_of_field(field))


def _of_field(field: FieldShape) -> Words:
    if field.value == "when":
        return _TIME
    if not field.choices and field.value in ("code", "codes"):
        if "language" in field.expected:
            return _("Write a language, such as Estonian, or its code, such as et.")
        if "country" in field.expected:
            return _("Write the two capitals of a country, such as EE.")
        return _("Write the code as it stands in the list.")
    return _BY_VALUE[field.value]
