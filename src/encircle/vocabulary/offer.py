"""Offers, which are referrals that wait for an answer: the closed lists of what may be said before anybody has accepted."""

from enum import StrEnum


class OfferNeed(StrEnum):
    """What the child needs of the agency, in one word: no words of its own, in which a name could stand."""

    SAFE_PLACE = "safe_place"
    PROTECTION_NOW = "protection_now"
    HEALTH_CARE = "health_care"
    LEGAL_HELP = "legal_help"
    REPRESENTATION = "representation"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    STATUS_DECISION = "status_decision"
    SCHOOLING = "schooling"
    DAILY_SUPPORT = "daily_support"


class OfferUrgency(StrEnum):
    """How soon it is needed."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    PLANNED = "planned"


class OfferAge(StrEnum):
    """About how old the child is; never its age or its day of birth."""

    TO_5 = "0-5"
    TO_11 = "6-11"
    TO_14 = "12-14"
    TO_17 = "15-17"
    OVER = "18-over"
    UNKNOWN = "unknown"


class OfferOutcome(StrEnum):
    """How an offer ended before its time."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OfferDeclined(StrEnum):
    """Why an agency does not take part."""

    NO_PLACE = "no_place"
    NOT_OUR_TASK = "not_our_task"
    NOT_OUR_AREA = "not_our_area"
    CONFLICT = "conflict"
    NOT_ENOUGH_KNOWN = "not_enough_known"
