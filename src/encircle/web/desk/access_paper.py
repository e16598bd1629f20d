"""The access file in words: one paper for page and print, in the language of who gets it. Decides nothing.

Names of staff are not in it: agencies are. A fact that is left out leaves its reason behind, and nothing else.
"""

from collections.abc import Iterator

import msgspec
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encircle.actions.access_file import AccessFile
from encircle.actions.record import Look
from encircle.core.access import text_is_open
from encircle.core.access_file import Reason, Recipient
from encircle.host.document import Paper, Section
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.disclosures import DisclosureMade
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import parse_span
from encircle.web.desk.facts import FactView, fact_list
from encircle.web.desk.looks import PURPOSES
from encircle.web.page import when, wording

REASONS: dict[Reason, str | Promise] = {
    Reason.OTHER_PERSON: gettext_lazy("Something is left out because it is about somebody else."),
    Reason.INVESTIGATION: gettext_lazy(
        "Something is left out because the police or a court may still be working on it. Ask again when that has ended."
    ),
    Reason.SAFETY: gettext_lazy("Something is left out so that nobody comes to harm."),
    Reason.CONFIDENTIAL: gettext_lazy(
        "Confidential talks are not in it. Ask the lawyer, the therapist or the helpline with whom they were held."
    ),
}
RECIPIENTS: dict[Recipient, str | Promise] = {
    Recipient.CHILD: gettext_lazy("the child"),
    Recipient.ADULT: gettext_lazy("the adult that the child has become"),
    Recipient.GUARDIAN: gettext_lazy("the guardian of this child"),
    Recipient.LAWYER: gettext_lazy("the lawyer of this child"),
}
_NAMES = frozenset({"name", "full_name", "case_lead_name"})
"""Fields that hold the name of somebody other than the child."""


def access_paper(file: AccessFile) -> Paper:
    """The file, in its language."""
    with translation.override(file.row.language):
        own = file.row.recipient in (Recipient.CHILD, Recipient.ADULT)
        views = tuple(fact_list(file.look).by_id.values())
        views = tuple(view for view in views if view.fact.id not in file.out)
        return Paper(
            title=_("What is recorded about you") if own else _("What is recorded about the child"),
            language=file.row.language,
            lead=tuple(_lead(file, own=own)),
            sections=(
                _recorded(views, file.look),
                _passed_on(views, file.look),
                _looked(file),
                _left_out(file),
                _rights(),
            ),
        )


def said(fact: Fact, look: Look) -> Iterator[str]:
    """What a fact says, field by field, without names of others and without what only points to another entry."""
    of = FACT_TYPES[fact.type]
    for field in shape(of):
        value = getattr(fact.payload, field.name)
        if (
            value is msgspec.UNSET
            or field.value == "ref"
            or (field.name in _NAMES and of.about is not Kind.CHILD)
        ):
            continue
        if field.value in ("text", "identifier") and not text_is_open(of.compartment, look.allowed):
            yield _("In words: ask the agency that wrote it.")
            continue
        yield _("{what}: {value}").format(what=_label(field), value=_value(field, value, fact, look))


def _lead(file: AccessFile, *, own: bool) -> Iterator[str]:
    day = when.day(file.row.prepared_at, file.look.law.zone)
    yield _("Record {number}, as it stood on {day}.").format(number=file.look.number, day=day)
    if own:
        yield _(
            "This is everything about you in this record that you may see. You have a right to it. It costs nothing."
        )
    else:
        yield _(
            "This is what the record holds about the child whom you speak for. Keep it where nobody else can read it."
        )
    yield _("Names of people who work with the record are not in it. The agencies are.")


def _recorded(views: tuple[FactView, ...], look: Look) -> Section:
    rows = tuple(
        (
            view.happened,
            ". ".join(part.rstrip(".") for part in (_title(view), *said(view.fact, look)) if part) + ".",
            f"{view.source} ({view.certainty})",
        )
        for view in views
    )
    return Section(
        _("What is recorded"),
        () if rows else (_("Nothing that can be told is recorded."),),
        head=(_("When"), _("What"), _("Who says so")) if rows else (),
        rows=rows,
        widths=(2, 6, 3),
    )


def _title(view: FactView) -> str:
    told = str(wording.plain(view.fact.type))
    told = f"{told[:1].upper()}{told[1:]}"
    return told if view.does_count else f"{told} ({view.why_not})"


def _passed_on(views: tuple[FactView, ...], look: Look) -> Section:
    rows = tuple(
        (
            view.happened,
            ", ".join(_to_whom(view.fact.payload, look)),
            ", ".join(wording.plain(code) for code in view.fact.payload.data),
            wording.plain(view.fact.payload.purpose),
        )
        for view in views
        if isinstance(view.fact.payload, DisclosureMade)
    )
    return Section(
        _("Who was told something"),
        () if rows else (_("That something was passed on to others is not recorded."),),
        head=(_("When"), _("To whom"), _("What"), _("For what")) if rows else (),
        rows=rows,
        widths=(2, 3, 3, 3),
    )


def _to_whom(told: DisclosureMade, look: Look) -> Iterator[str]:
    yield wording.plain(told.given_to_role.value)
    if isinstance(told.given_to_agency, str) and AgencyId(told.given_to_agency) in look.agencies:
        yield look.agencies[AgencyId(told.given_to_agency)].name
    if isinstance(told.to_country, str):
        yield told.to_country


def _looked(file: AccessFile) -> Section:
    zone = file.look.law.zone
    rows = tuple(
        (
            one.agency_name,
            ", ".join(str(PURPOSES.get(purpose, wording.plain(purpose))) for purpose in one.purposes or ()),
            str(one.times),
            when.day(one.first, zone),
            when.day(one.last, zone),
        )
        for one in file.looks
    )
    return Section(
        _("Who has looked at this record"),
        () if rows else (_("Nobody has looked at it yet."),),
        head=(_("Agency"), _("Why"), _("Times"), _("First"), _("Last")) if rows else (),
        rows=rows,
        widths=(4, 5, 1, 2, 2),
    )


def _left_out(file: AccessFile) -> Section:
    reasons = set(file.out.values())
    items = [str(words) for reason, words in REASONS.items() if reason in reasons]
    if Reason.SEALED in reasons:
        items.append(
            _(
                "Where the child is, is recorded, but sealed: it was not open to who made this file."
                " It can be opened by: {agencies}."
            ).format(agencies=", ".join(file.holders))
        )
    closed = ", ".join(str(wording.GROUPS[group]) for group in file.closed)
    if closed:
        items.append(
            _(
                "These parts are kept by other agencies. Ask them, or let your case lead ask for you: {parts}."
            ).format(parts=closed)
        )
    return Section(
        _("What is not in it"),
        () if items else (_("Nothing was left out."),),
        items=tuple(items),
    )


def _rights() -> Section:
    return Section(
        _("What you can do now"),
        items=(
            _("If something is wrong, say so: it is corrected, or your word is put beside it."),
            _(
                "You can ask that something is not used for a time, or that it is erased. You get an answer with reasons."
            ),
            _(
                "If you do not agree with an answer, you can complain, also to the authority that watches over data."
            ),
        ),
    )


def _label(field: FieldShape) -> str:
    held = str(wording.asked(field.doc)) if not wording.is_english() else wording.titled(field.name)
    return held.rstrip(".?")


def _value(field: FieldShape, value: object, fact: Fact, look: Look) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(wording.plain(str(one)) for one in value)
    if field.value in ("text", "identifier", "int"):
        return str(value)
    if field.value == "agency":
        known = look.agencies.get(AgencyId(str(value)))
        return "" if known is None else known.name
    if field.value == "when":
        return when.span(parse_span(str(value), fact.happened.zone))
    return wording.plain(str(value))
