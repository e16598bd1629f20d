"""By which proposal a number of practice holds: its number, since when, and in which roles two people decided it."""

from django.utils.translation import gettext as _

from encircle.law.sop import SopRule
from encircle.web.page import when, wording


def adopted(sop: SopRule | None, zone: str) -> str:
    """By whose decision that number holds; nothing, where it stands in a pack or nobody has set one."""
    if sop is None or sop.by is None:
        return ""
    return _("Proposal {number}, proposed as {one}, approved as {other}, in force since {since}").format(
        number=sop.by.number,
        one=wording.plain(sop.by.proposed_as.value),
        other=wording.plain(sop.by.approved_as.value),
        since=when.minute(sop.by.since, zone),
    )
