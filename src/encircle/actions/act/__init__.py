"""Acts: the one way by which people write on a record. Statements in; facts, journal and what follows out."""

from encircle.actions.act.afterwards import add_learnt, withdraw
from encircle.actions.act.crossing import Crossed
from encircle.actions.act.lifting import FlagStays, NotLifted, lifting_decisions
from encircle.actions.act.override import Asking, NotAlone, askings
from encircle.actions.act.perform import (
    Performed,
    answer_override,
    ask_override,
    foresee,
    perform,
    perform_in,
    performed_before,
)
from encircle.actions.act.statement import (
    LABEL,
    READ_NOW,
    AlreadySaved,
    Last,
    NotTaken,
    Problem,
    Prohibited,
    ReadUntil,
    Statement,
)
from encircle.actions.act.writing import Writing, opened_of, writing_of

__all__ = [
    "LABEL",
    "READ_NOW",
    "AlreadySaved",
    "Asking",
    "Crossed",
    "FlagStays",
    "Last",
    "NotAlone",
    "NotLifted",
    "NotTaken",
    "Performed",
    "Problem",
    "Prohibited",
    "ReadUntil",
    "Statement",
    "Writing",
    "add_learnt",
    "answer_override",
    "ask_override",
    "askings",
    "foresee",
    "lifting_decisions",
    "opened_of",
    "perform",
    "perform_in",
    "performed_before",
    "withdraw",
    "writing_of",
]
