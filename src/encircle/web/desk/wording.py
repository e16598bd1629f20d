"""Wording: codes as people say them. One closed list for each kind of code that decides how something is read."""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from encircle.core.child.derived import DERIVED
from encircle.core.duty import DutyState
from encircle.core.prohibition import AlarmState
from encircle.law.duty import Standing
from encircle.law.prohibition import Override
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.facts.shape import shape

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
    "ee": _("Estonia"),
    "gb": _("United Kingdom"),
}


def plain(code: str) -> str:
    """A code as words: `child_protection_service` is told as "child protection service"."""
    return code if any(sign.isupper() for sign in code) else code.replace("_", " ")


def titled(code: str) -> str:
    """A code as a short title."""
    words = plain(code)
    return words[:1].upper() + words[1:]


def language(code: str) -> str:
    """A language by its English name, where Django knows it; else its code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@lru_cache(maxsize=4096)
def attribute(path: str) -> str:
    """What an attribute that a condition read says: `child.placed`, `interviews[1].held_at`."""
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
        return derived.doc
    for fact in FACT_TYPES.values():
        if fact.about is not kind:
            continue
        if name == fact.mark:
            return _clause(fact.doc)
        for field in shape(fact):
            if field.name == name:
                return _clause(field.doc)
    return plain(name)


def _clause(doc: str) -> str:
    """The first sentence, to stand after a colon."""
    first = doc.partition(". ")[0].rstrip(".")
    return first[:1].lower() + first[1:]
