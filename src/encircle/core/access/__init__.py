"""Access: what somebody in a role may see of a record and do with it. Facts in, a decision out; knows no tables."""

from encircle.core.access.decision import NOTHING, Allowed, Denied, Doing, Opened
from encircle.core.access.flagged import flagged
from encircle.core.access.groups import group_of_proceeding, groups_of, text_is_open
from encircle.core.access.needed import needed_for, needed_for_status
from encircle.core.access.own import PURPOSE_OF, decide_own
from encircle.core.access.rule import decide, visits_open
from encircle.core.access.showing import CLOSED, Shown, opened_rows, shown

__all__ = [
    "CLOSED",
    "NOTHING",
    "PURPOSE_OF",
    "Allowed",
    "Denied",
    "Doing",
    "Opened",
    "Shown",
    "decide",
    "decide_own",
    "flagged",
    "group_of_proceeding",
    "groups_of",
    "needed_for",
    "needed_for_status",
    "opened_rows",
    "shown",
    "text_is_open",
    "visits_open",
]
