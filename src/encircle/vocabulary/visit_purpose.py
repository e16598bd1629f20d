"""Purposes of visits: to what end somebody opens the record of one child. What a page is for is another list (`purpose`)."""

from enum import StrEnum

from encircle.vocabulary.regime import Regime


class VisitPurpose(StrEnum):
    """Mandates say which role may have which, and what is open for it. The order is that in which people are asked."""

    PROTECT = "protect"
    """Keep the child safe, and help it."""
    INVESTIGATE = "investigate"
    """Investigate or prosecute an offence."""
    JUDGE = "judge"
    """Decide in a proceeding of a court."""
    REPRESENT = "represent"
    """Speak for the child: as guardian, representative or lawyer."""
    TREAT = "treat"
    """Examine and treat."""
    RESIDE = "reside"
    """Decide on asylum, residence or return."""
    REQUEST = "request"
    """Ask another country, or answer it."""
    OVERSEE = "oversee"
    """Answer for the work of others, or look into it."""


def regime_of(purpose: VisitPurpose, mandate: Regime) -> Regime:
    """Under which regime a visit to that end is, for a mandate of that regime."""
    is_of_justice = purpose in (VisitPurpose.INVESTIGATE, VisitPurpose.JUDGE)
    return mandate if is_of_justice else Regime.GDPR
