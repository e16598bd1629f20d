"""Wording: codes as people say them. One closed list for each kind of code that decides how something is read."""

from collections.abc import Iterator
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from encircle.core.access import CLOSED
from encircle.core.child.derived import DERIVED
from encircle.core.duty import DutyState
from encircle.core.prohibition import AlarmState
from encircle.law.duty import Standing
from encircle.law.prohibition import Override
from encircle.law.texts import ENGLISH, Texts
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role
from encircle.web.page.html import filled

Words = str | Promise

STATES: dict[DutyState, Words] = {
    DutyState.OVERDUE: _("Overdue"),
    DutyState.BREACHED: _("Can no longer be done in time"),
    DutyState.DUE_SOON: _("Due soon"),
    DutyState.OPEN: _("Open"),
    DutyState.UNKNOWN: _("Not known: a fact is missing"),
    DutyState.SUSPENDED: _("On hold"),
    DutyState.MET: _("Met"),
    DutyState.LIFTED: _("No longer due"),
    DutyState.NOT_APPLICABLE: _("Not law here"),
}
"""In the order in which they are shown: what waits first."""

GROUPS: dict[FieldGroup, Words] = {
    FieldGroup.MINIMUM: _("the minimum"),
    FieldGroup.ACCOUNT: _("what happened to the child"),
    FieldGroup.LOCATION: _("where the child is"),
    FieldGroup.HEALTH: _("health"),
    FieldGroup.CRIMINAL: _("criminal records"),
    FieldGroup.ASYLUM: _("asylum and residence"),
    FieldGroup.REQUESTS: _("requests to and from other countries"),
    FieldGroup.VIEWS: _("the child's views"),
    FieldGroup.INDICATORS: _("indicators and concerns"),
}
"""The parts of a record."""

STATES_EXPLAINED: dict[DutyState, Words] = {
    DutyState.OVERDUE: _("The time set by law, or by the procedure of this country, has passed."),
    DutyState.BREACHED: _("Something has happened after which it cannot be done in time any more."),
    DutyState.DUE_SOON: _("A quarter of the time or less is left."),
    DutyState.OPEN: _("Somebody has to do it; no limit has passed."),
    DutyState.UNKNOWN: _("Whether it is due depends on something that is not on record."),
    DutyState.SUSPENDED: _("Nothing has to be done while the reason lasts."),
    DutyState.MET: _("All evidence is on record."),
    DutyState.LIFTED: _("The reason for it has gone."),
    DutyState.NOT_APPLICABLE: _("A pack of this country says so, with its source."),
}

ALARMS: dict[AlarmState, Words] = {
    AlarmState.RAISED: _("Raised"),
    AlarmState.ACKNOWLEDGED: _("Acknowledged"),
    AlarmState.CLEARED: _("Cleared"),
}

STANDINGS: dict[Standing, Words] = {
    Standing.LAW: _("Limit of law"),
    Standing.SOP: _("Procedure of this country, not law"),
    Standing.UNVERIFIED: _("Number not verified"),
    Standing.WORDS: _("Words of the law, without a number"),
}

OVERRIDES: dict[Override, Words] = {
    Override.BY_CONSTRUCTION: _("There is no way to do this here."),
    Override.NEVER: _("Nobody can override it."),
    Override.TWO_PERSONS: _("Only two persons together can override it, and they must name the basis."),
}

CERTAINTIES: dict[Certainty, Words] = {
    Certainty.OBSERVED: _("seen by the source"),
    Certainty.REPORTED: _("told to the source"),
    Certainty.INFERRED: _("concluded by the source"),
}

COUNTRIES: dict[str, Words] = {
    "eu": _("European Union law alone"),
    "coe": _("Council of Europe law alone"),
    "de": _("Germany"),
    "dk": _("Denmark"),
    "ee": _("Estonia"),
    "fi": _("Finland"),
    "gb": _("United Kingdom"),
    "is": _("Iceland"),
    "lt": _("Lithuania"),
    "lv": _("Latvia"),
    "no": _("Norway"),
    "pl": _("Poland"),
    "se": _("Sweden"),
}


REFUSALS: dict[str, Words] = {
    "sign_in_refused": _("Login and password do not belong together. Look at both and try again."),
    "too_many_attempts": _(
        "The password was wrong too often. Wait a quarter of an hour and try again, "
        "or ask the coordinator of your agency for a new password."
    ),
}
"""Refusals by their code, in the language of the page."""

PROBLEMS: dict[str, Words] = {
    "as_of": _("As of: write a date such as 2009-05-06, or a time such as 2009-05-06T14:30."),
    "known_as_of": _("As known on: write a date such as 2009-05-06, or a time such as 2009-05-06T14:30."),
    "by": _("This agency has no part in the record. Choose one of the list."),
    "law_of": _(
        "By which law: today, or then for the law that was in force on that day. "
        "That one could not be read from the packs or was not understood, so this is today's law."
    ),
}
"""What could not be read of a question, by its field."""

CODE, READING, FIELD = "code", "reading", "field"
"""Contexts in the catalogues: the words for a code; what an attribute says; what a field of a fact holds."""


def codes() -> Iterator[str]:
    """The codes that every catalogue puts into words. All others are shown by their English words."""
    yield from (kind.value for kind in Kind)
    yield from (role.value for role in Role)
    yield from FACT_TYPES
    for name in ("protection", "location", "age_basis"):
        yield from DERIVED[Kind.CHILD][name].choices
    for fact in FACT_TYPES.values():
        for field in shape(fact):
            yield from field.choices


def readings() -> Iterator[str]:
    """What the derived attributes of a record say, in English: the catalogues have it too."""
    yield from (attribute.doc for of_kind in DERIVED.values() for attribute in of_kind.values())


def held() -> Iterator[str]:
    """What the fields of facts hold, in English: the catalogues have it too."""
    yield from (field.doc for fact in FACT_TYPES.values() for field in shape(fact) if field.doc)


class Told(str):
    """A text of a pack or of a fact. `lang`: the language in which it stands, where that is not the one asked for."""

    lang: str = ""


def told(texts: Texts, language: str) -> Told:
    """The text in that language; else in English, and marked so."""
    text = Told(texts.in_(language))
    text.lang = "" if language in texts.languages else ENGLISH
    return text


def marked(texts: Texts, language: str) -> str:
    """The text in that language; else in English, within an element that says so to whoever reads it aloud.

    For the content of an element; a title or an attribute takes `told`.
    """
    return texts.in_(language) if language in texts.languages else in_english(str(texts))


def in_english(text: str) -> SafeString:
    """That English text as an element that says which language it is, and which way it runs."""
    return filled('<bdi lang="en" dir="ltr">{}</bdi>', text)


def asked(doc: str) -> Told:
    """What a field of a fact holds, in the language of the page; else in English, and marked so."""
    text = Told(pgettext(FIELD, doc) if doc else "")
    text.lang = ENGLISH if text == doc and not is_english() else ""
    return text


def english(code: str) -> str:
    """A code as English words: `child_protection_service` is told as "child protection service"."""
    return code if any(sign.isupper() for sign in code) else code.replace("_", " ")


def plain(code: str) -> str:
    """A code as words in the language of the page, where its catalogue has them."""
    return pgettext(CODE, english(code))


def refused(refusal: Refused) -> str:
    """A refusal as it is told: in English with all that it says, in other languages by its code."""
    words = REFUSALS.get(refusal.code)
    return str(refusal) if words is None or is_english() else str(words)


def problem(field: str, words: str) -> str:
    """What could not be read in that field."""
    return str(PROBLEMS.get(field, words))


def unknown(reason: str) -> str:
    """Why something is not known: in English the reason, in other languages only that it is so."""
    if reason == CLOSED.reason:
        return gettext("not open to your role")
    return reason if is_english() else gettext("not known")


def is_english() -> bool:
    """Whether the page speaks English."""
    return (get_language() or "en").partition("-")[0] == "en"


def titled(code: str) -> str:
    """A code as a short title."""
    words = plain(code)
    return words[:1].upper() + words[1:]


def language(code: str) -> str:
    """A language by its name in the language of the page, where Django knows it; else its code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def attribute(path: str) -> str:
    """What an attribute that a condition read says: `child.placed`, `interviews[1].held_at`."""
    return _attribute(path, get_language() or "en")


@lru_cache(maxsize=8192)
def _attribute(path: str, _language: str) -> str:
    """Kept by path and by the language in which it was put into words."""
    owner, _dot, name = path.partition(".")
    kind = _kind(owner.partition("[")[0])
    if kind is None or not name:
        return plain(path)
    told = _said(kind, name)
    return told if kind is Kind.CHILD else f"{plain(kind.value)}: {told}"


def _kind(word: str) -> Kind | None:
    return next((kind for kind, doc in KINDS.items() if word in (kind.value, doc.plural)), None)


def _said(kind: Kind, name: str) -> str:
    derived = DERIVED.get(kind, {}).get(name)
    if derived is not None:
        return pgettext(READING, derived.doc)
    for fact in FACT_TYPES.values():
        if fact.about is not kind:
            continue
        if name == fact.mark:
            return _clause(fact.doc)
        for field in shape(fact):
            if field.name == name:
                return _clause(asked(field.doc))
    return plain(name)


def _clause(doc: str) -> str:
    """The first sentence, to stand after a colon."""
    first = doc.partition(". ")[0].rstrip(".")
    return first[:1].lower() + first[1:]
