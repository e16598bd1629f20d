"""What waits to be said to a child: answers to what it wrote, and decisions that nobody has written down for it yet."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from encircle.actions.childs_words import WrittenByChild
from encircle.vocabulary.facts.kind import Kind
from encircle.web.desk.acts import act_for
from encircle.web.desk.ways import Link, may_add, way
from encircle.web.page import when

TITLES: dict[str, str | Promise] = {
    "view_heard": gettext_lazy("The child has written what the child thinks"),
    "complaint_made": gettext_lazy("The child has made a complaint"),
    "decision_made": gettext_lazy("A decision is not yet written down for the child"),
}
ANSWERED_BY = {
    "view_heard": ("view_answered", Kind.VIEW),
    "complaint_made": ("complaint_acknowledged", Kind.COMPLAINT),
    "decision_made": ("decision_put_in_childs_words", Kind.DECISION),
}
"""By type of what was written or decided: the type of fact that answers it, and of what kind of thing both are."""


@dataclass(frozen=True, slots=True)
class WordView:
    """One line. `read`: where the words stand; `answer`: the form of the answer, if one may write it.

    `decided`: it was not the child who wrote.
    """

    title: str | Promise
    at: str
    read: str
    answer: Link | None
    decided: bool = False


def word_view(word: WrittenByChild) -> WordView:
    """That line, without the words."""
    type_, kind = ANSWERED_BY[word.type]
    act = act_for(type_)
    may = act is not None and may_add(act, word.adds)
    return WordView(
        title=TITLES[word.type],
        at=when.minute(word.at, word.law.zone),
        read=reverse("facts", args=[word.number]),
        answer=way(word.number, act, about=kind, subject=word.subject) if act is not None and may else None,
        decided=word.type == "decision_made",
    )
