"""Findings: what a check of the law found, where, and how grave it is. Knows no law and no file."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from encircle.law.origin import Origin


class Severity(StrEnum):
    """How grave a finding is: a fault must be mended, a warning looked at, a note is an honest gap."""

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"


class Lack(StrEnum):
    """What is lacking."""

    NOT_LOADED = "not loaded"
    LOOSER_THAN_LAW = "SOP looser than law"
    WORD_AS_NUMBER = "word turned into a number"
    READ_AHEAD = "read ahead of its day"
    LEADING = "question leads"
    ASKS_FOR_IMAGES = "question asks for pictures"
    ASKS_WHO = "question asks who somebody is"
    HELP_TOO_OLD = "help not looked at for a year"
    WITHOUT_BASIS = "without basis"
    LOOSER_THAN_UNREAD = "SOP looser than an unread number"
    STALE = "stale reading"
    HELP_OLD = "help to be looked at again"
    DOOR_ALONE = "no law of its own"
    OWNER_MISSING = "owner missing"
    ORPHAN_ROLE = "orphan role"
    SOP_MISSING = "SOP missing"
    CALENDAR_ENDS = "calendar ends"
    TEXT_MISSING = "text missing"
    LANGUAGE_MISSING = "language missing"
    HARD_TO_READ = "hard to read"
    UNTESTED = "untested"
    PART_UNTRANSLATED = "part not translated"
    TESTED_ONE_WAY = "tested one way"
    UNSAID = "word missing"
    UNUSED = "unused"
    UNVERIFIED = "unverified"
    UNREVIEWED = "unreviewed"
    TRANSLATION_DRAFT = "translation is a draft"
    NOT_IN_FORCE = "not in force"


SEVERITIES: Mapping[Lack, Severity] = MappingProxyType(
    {
        Lack.NOT_LOADED: Severity.FAULT,
        Lack.LOOSER_THAN_LAW: Severity.FAULT,
        Lack.WORD_AS_NUMBER: Severity.FAULT,
        Lack.READ_AHEAD: Severity.FAULT,
        Lack.LEADING: Severity.FAULT,
        Lack.ASKS_FOR_IMAGES: Severity.FAULT,
        Lack.ASKS_WHO: Severity.FAULT,
        Lack.HELP_TOO_OLD: Severity.FAULT,
        Lack.WITHOUT_BASIS: Severity.WARNING,
        Lack.LOOSER_THAN_UNREAD: Severity.WARNING,
        Lack.STALE: Severity.WARNING,
        Lack.HELP_OLD: Severity.WARNING,
        Lack.DOOR_ALONE: Severity.WARNING,
        Lack.OWNER_MISSING: Severity.WARNING,
        Lack.ORPHAN_ROLE: Severity.WARNING,
        Lack.SOP_MISSING: Severity.WARNING,
        Lack.CALENDAR_ENDS: Severity.WARNING,
        Lack.TEXT_MISSING: Severity.WARNING,
        Lack.LANGUAGE_MISSING: Severity.WARNING,
        Lack.HARD_TO_READ: Severity.WARNING,
        Lack.UNTESTED: Severity.WARNING,
        Lack.PART_UNTRANSLATED: Severity.NOTE,
        Lack.TESTED_ONE_WAY: Severity.NOTE,
        Lack.UNSAID: Severity.NOTE,
        Lack.UNUSED: Severity.NOTE,
        Lack.UNVERIFIED: Severity.NOTE,
        Lack.UNREVIEWED: Severity.NOTE,
        Lack.TRANSLATION_DRAFT: Severity.NOTE,
        Lack.NOT_IN_FORCE: Severity.NOTE,
    }
)
"""How grave each lack is. An unread text is honest, not wrong: it is shown as unverified and is no legal limit."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to look at: where, of which code, what is lacking, in a sentence."""

    origin: Origin
    code: str
    lack: Lack
    what: str

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return SEVERITIES[self.lack]

    def __str__(self) -> str:
        return f"{self.origin}: {self.code}: {self.what}"
