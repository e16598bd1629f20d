"""Words: how the codes of the law are said. One closed list for each."""

from collections.abc import Iterable
from datetime import date
from enum import Enum

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from encircle.law.counting import Period
from encircle.law.duty import DueRule, Standing
from encircle.law.law import Law
from encircle.law.source import ActKind, Source
from encircle.law.texts import Texts
from encircle.vocabulary.role import Role
from encircle.web.page import wording
from encircle.web.page.html import filled, isolated
from encircle.web.page.length import period

Words = str | Promise

ACTS: dict[ActKind, Words] = {
    ActKind.TREATY: lazy("Treaty"),
    ActKind.CHARTER: lazy("Charter"),
    ActKind.REGULATION: lazy("Regulation"),
    ActKind.DIRECTIVE: lazy("Directive"),
    ActKind.DECISION: lazy("Decision of the Union"),
    ActKind.NATIONAL_LAW: lazy("National law"),
    ActKind.RECOMMENDATION: lazy("Recommendation"),
    ActKind.GENERAL_COMMENT: lazy("General comment"),
    ActKind.JUDGMENT: lazy("Judgment"),
    ActKind.GUIDANCE: lazy("Guidance"),
    ActKind.STANDARD: lazy("Standard"),
    ActKind.PROPOSAL: lazy("Proposal"),
}


class Reading(Enum):
    """How much of what a rule rests on was read by one of us; the value is the code of an address."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


READINGS: dict[Reading, Words] = {
    Reading.ALL: lazy("Sources: all read"),
    Reading.SOME: lazy("Sources: some read"),
    Reading.NONE: lazy("Sources: none read"),
}
TONES: dict[Reading, str] = {Reading.ALL: "met", Reading.SOME: "open", Reading.NONE: "unknown"}

FIELDS: dict[str, Words] = {
    "title": lazy("what it is called"),
    "scope": lazy("what it hangs on"),
    "for_each": lazy("for what each of them stands"),
    "when": lazy("when it stands"),
    "unknown_opens": lazy("when it stands"),
    "from": lazy("from when its time runs"),
    "clock": lazy("from when its time runs"),
    "due": lazy("by when it is due"),
    "owner": lazy("who owes it"),
    "evidence": lazy("what proves it"),
    "suspended_by": lazy("when it is on hold"),
    "lifted_by": lazy("when it ends"),
    "breached_by": lazy("when it can no longer be done in time"),
    "never": lazy("what must never be done in its name"),
    "sources": lazy("its sources"),
    "sop_source": lazy("whose practice it rests on"),
    "at": lazy("when the alarm is raised"),
    "clears": lazy("when the alarm ends"),
    "override": lazy("who may decide otherwise"),
    "instead": lazy("what to do instead"),
}
"""Fields of a rule, as a sentence names them that tells of a change."""


def told(texts: Texts) -> wording.Told:
    """A text of a pack in the language of the page, else in English and marked so."""
    return wording.told(texts, get_language() or "en")


def shown(texts: Texts) -> SafeString:
    """The same as markup."""
    return isolated(told(texts))


def country(code: str, title: Texts) -> str:
    """Whose law it is; `title`: of its pack, where the window has no words of its own for it."""
    return str(wording.COUNTRIES[code]) if code in wording.COUNTRIES else told(title)


def pack(code: str, law: Law) -> str:
    """A pack by its title; by its code, where this law was not read from it."""
    return next((told(one.title) for one in law.packs if one.code == code), code)


def owner(role: Role, law: Law) -> SafeString:
    """Who stands behind a role here: the agency with its role; the role alone, where no agency is named."""
    found = law.owner(role)
    if found is None:
        return isolated(wording.titled(role.value))
    return filled('{} <span class="soft">({})</span>', shown(found.agency), wording.plain(role.value))


def counting(due: DueRule) -> Period | None:
    """The number that counts here; None where there are words alone."""
    if due.standing is Standing.WORDS:
        return None
    chosen = due.sop if due.standing is Standing.SOP else due.limit
    return None if chosen is None else chosen.period


def by_when(due: DueRule) -> SafeString:
    """The number that counts here and what it is, or the words of the law."""
    number = counting(due)
    if number is None:
        return shown(due.words)
    kind = filled('<span class="mark kind">{}</span>', wording.STANDINGS[due.standing])
    return filled("<strong>{}</strong> {}", period(number), kind)


def day(on: date) -> str:
    """6 May 2009."""
    return date_format(on, "DATE_FORMAT")


def reading(sources: Iterable[Source]) -> Reading:
    """How much of these was read."""
    read = {source.is_read for source in sources}
    if read == {True}:
        return Reading.ALL
    return Reading.SOME if True in read else Reading.NONE


def listed(parts: Iterable[Words]) -> str:
    """Several, each once, in the order given."""
    return _(", ").join(dict.fromkeys(str(part) for part in parts))


def marks(read: Reading) -> SafeString:
    """The state as a tag."""
    return filled('<span class="tag {}">{}</span>', TONES[read], READINGS[read])
