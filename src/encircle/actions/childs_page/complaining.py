"""The child complains on its own page: sealed to a body that is not complained of. The record does not tell of it.

The journal of the record names no page of complaints either: who answers for the record reads it.
"""

from uuid import UUID, uuid5

from encircle.actions.childs_page.own import LONGEST, Own, complain, own_page, record_and_number
from encircle.actions.reports.complaint import (
    Complaint,
    NobodyReceives,
    Told,
    complain_on_page,
    complaints_on_page,
    somebody_receives,
)
from encircle.vocabulary.identifier import RootId

__all__ = ["NobodyReceives", "complain_sealed", "complaint_page", "somebody_receives"]


def complaint_page(secret: str) -> tuple[Own, tuple[Told, ...]]:
    """The page, journalled like its first one, and what this child has complained of. Refuses: NotOpen."""
    own = own_page(secret, "home")
    return own, complaints_on_page(RootId(own.record))


def complain_sealed(
    secret: str, words: str, *, about: str, language: str, token: UUID, tell_who: bool, tell_team: bool
) -> None:
    """Send it to the body. `tell_who`: with the number of the record; `tell_team`: on record stands that there is one,
    without a word of it. Sent twice it is there once. Refuses: NotOpen, NobodyReceives.
    """
    root, number = record_and_number(secret)
    known = number if tell_who else ""
    told = Complaint(words[:LONGEST], about=about, complainant="child", language=language, record=known)
    complain_on_page(root, told, token=str(token))
    if tell_team:
        complain(secret, "", about=about, token=uuid5(token, "told"))
