"""From the shape of a type of fact to the questions of a form, and from what was typed back to its values."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from encircle.actions.act import Writing
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.web.desk.forms.choices import agency_options, facts_for, prohibitions_of, subjects_of
from encircle.web.desk.forms.typed import Typed
from encircle.web.desk.forms.typed_time import written
from encircle.web.page import wording
from encircle.web.page.field import Field, FieldKind, Option

FEW = 6
"""So many answers stand below each other; more are a list."""
LONGEST = 20_000
OF_FACTS = frozenset({"by_fact", "used_for"})
"""Fields that hold the id of a fact: people choose it by what it says."""


def name_of(type_name: str, field: str) -> str:
    """The name of a field in the form."""
    return f"{type_name}-{field}"


def questions(
    type_name: str,
    *,
    writing: Writing,
    typed: Typed,
    problems: Mapping[str, str],
    left_out: Iterable[str] = (),
) -> dict[str, Field]:
    """A question for each field of that type; one that names things of which none is on record is left out."""
    found: dict[str, Field] = {}
    for field in shape(FACT_TYPES[type_name]):
        if field.name in left_out:
            continue
        question = _question(type_name, field, writing, typed, problems)
        if question is not None:
            found[field.name] = question
    return found


def _question(
    type_name: str, field: FieldShape, writing: Writing, typed: Typed, problems: Mapping[str, str]
) -> Field | None:
    name = name_of(type_name, field.name)
    label = _label(field)
    listed = _listed(field, writing)
    if listed:
        kind, options, hint = FieldKind.SELECT, _options(listed, typed.many(name)), ""
    else:
        kind, options, hint = _kind(field, writing, typed, name)
    is_choice = field.value == "ref" or field.name in OF_FACTS
    if is_choice and len(options) < 2 and not field.required and not problems.get(name):
        return None
    return Field(
        name=name,
        label=label,
        kind=kind,
        hint=hint,
        value=typed.one(name),
        problem=problems.get(name, ""),
        options=options,
        optional=not field.required,
        longest=LONGEST if kind is FieldKind.LONG_TEXT else 500,
        lang=label.lang,
    )


def _label(field: FieldShape) -> wording.Told:
    """What the field holds, in the words of its type: "Whether it was recorded" is asked as "It was recorded?"."""
    held = wording.asked(field.doc)
    words = held.rstrip(".") or wording.titled(field.name)
    if words.startswith("Whether ") and field.value == "bool":
        words = words.removeprefix("Whether ")
        words = f"{words[:1].upper()}{words[1:]}?"
    elif field.value == "bool" and not wording.is_english():
        words = _("{question}?").format(question=words)
    label = wording.Told(words)
    label.lang = held.lang
    return label


def _kind(
    field: FieldShape, writing: Writing, typed: Typed, name: str
) -> tuple[FieldKind, tuple[Option, ...], str]:
    """How it is asked, what there is to choose, and the hint."""
    given = typed.many(name)
    match field.value:
        case "bool":
            words = {"yes": _("Yes"), "no": _("No")} | ({} if field.required else {"unknown": _("Not known")})
            return FieldKind.YES_NO, _options(words, given), ""
        case "codes" if field.choices:
            return FieldKind.CHOICES, _options(_codes(field.choices), given), _("Tick all that fit.")
        case "code" if field.choices:
            few = len(field.choices) <= FEW
            answers = _codes(field.choices)
            if few:
                return FieldKind.CHOICE, _options(answers, given), ""
            return FieldKind.SELECT, _options({"": _("Choose one")} | answers, given), ""
        case "ref":
            things = subjects_of(writing, Kind(str(field.ref_kind)))
            return FieldKind.SELECT, _options({"": _("None of these")} | dict(things), given), ""
        case "agency":
            none = Option("", _("None of these"), chosen=not given)
            return FieldKind.SELECT, (none, *agency_options(writing, typed.one(name))), ""
        case "text":
            return FieldKind.LONG_TEXT, (), ""
        case "int":
            return FieldKind.NUMBER, (), _("A whole number.")
        case _:
            return FieldKind.TEXT, (), _hint(field)


def _listed(field: FieldShape, writing: Writing) -> dict[str, str]:
    """What a code or id of the record stands for, to be chosen by what it says; nothing for other fields."""
    if field.name in OF_FACTS:
        return {"": _("None of these")} | dict(facts_for(writing, field.name))
    if "prohibition" in field.expected:
        return {"": _("Choose one")} | dict(prohibitions_of(writing.law))
    return {}


def _hint(field: FieldShape) -> str:
    if field.value == "when":
        return _("For example 28.11.2026, 28.11.2026 14:30, today, November 2026 or 2026.")
    if "language" in field.expected:
        return _("A language or its code, such as Estonian or et; several with commas between them.")
    if "country" in field.expected:
        return _("The two capitals of the country, such as EE.")
    if "indicator" in field.expected:
        return _("The code of the sign in the list, such as IND-C2.")
    return ""


def _codes(choices: Iterable[str]) -> dict[str, str]:
    return {code: wording.titled(code) for code in choices}


def _options(words: Mapping[str, str], given: tuple[str, ...]) -> tuple[Option, ...]:
    """What was typed and is no longer offered stays in the list, so that it is not lost."""
    lost = {one: one for one in given if one not in words}
    return tuple(Option(value, text, chosen=value in given) for value, text in {**words, **lost}.items())


def values(type_name: str, typed: Typed, *, now: datetime) -> dict[str, object]:
    """The values of the payload as typed; what cannot be understood stays as it is, and is refused by its field."""
    found: dict[str, object] = {}
    for field in shape(FACT_TYPES[type_name]):
        value = _value(field, typed, name_of(type_name, field.name), now)
        if value not in ("", ()):
            found[field.name] = value
    return found


def _value(field: FieldShape, typed: Typed, name: str, now: datetime) -> object:
    given = typed.one(name)
    match field.value:
        case "codes" if field.choices:
            return list(typed.many(name)) or ""
        case "codes":
            return [_word(field, part.strip()) for part in given.split(",") if part.strip()] or ""
        case "code" if not field.choices:
            return _word(field, given)
        case "bool":
            return {"yes": True, "no": False, "unknown": "" if not field.required else given}.get(
                given, given
            )
        case "int":
            return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else given
        case "when":
            return written(given, now=now) if given else ""
        case _:
            return given


def _word(field: FieldShape, given: str) -> str:
    """A code that was typed: a language by its name, a country or sign in capitals."""
    if "language" in field.expected:
        return _languages().get(given.lower(), given.lower() if len(given) < 4 else given)
    return given.upper()


def _languages() -> Mapping[str, str]:
    """The codes of languages by their English and their own names."""
    return {
        str(info[key]).lower(): code
        for code, info in LANG_INFO.items()
        for key in ("name", "name_local")
        if len(code) < 4 and key in info
    }


def typed_of(type_name: str, payload: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """A payload as it would have been typed: what a correction begins with."""
    found: dict[str, tuple[str, ...]] = {}
    for field in shape(FACT_TYPES[type_name]):
        value = payload.get(field.name)
        name = name_of(type_name, field.name)
        if isinstance(value, bool):
            found[name] = ("yes" if value else "no",)
        elif isinstance(value, list):
            found[name] = tuple(map(str, value)) if field.choices else (", ".join(map(str, value)),)
        elif value is not None:
            found[name] = (str(value),)
    return found
