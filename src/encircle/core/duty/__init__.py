"""Duties: what the law asks for this child now, from the situation and the packs. Knows no tables and no clock."""

from encircle.core.duty.ledger import ledger
from encircle.core.duty.row import STANDING, DutyRow, DutyState, EvidenceFound

__all__ = ["STANDING", "DutyRow", "DutyState", "EvidenceFound", "ledger"]
