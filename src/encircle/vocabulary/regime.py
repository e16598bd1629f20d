"""Regime: which data-protection law a fact lives under."""

from enum import StrEnum


class Regime(StrEnum):
    """GDPR (Reg. 2016/679) or law enforcement (Dir. 2016/680). A fact from police, prosecutor or court is law enforcement."""

    GDPR = "gdpr"
    LAW_ENFORCEMENT = "law_enforcement"
