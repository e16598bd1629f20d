"""Acts: the one way by which people write on a record. Statements in; facts, journal and what follows out."""

from encircle.actions.act.afterwards import add_learnt, withdraw
from encircle.actions.act.crossing import Crossed
from encircle.actions.act.override import Asking, NotAlone, askings
from encircle.actions.act.perform import (
    Performed,
    answer_override,
    ask_override,
    foresee,
    perform,
    perform_in,
)
from encircle.actions.act.statement import (
    LABEL,
    READ_NOW,
    AlreadySaved,
    NotTaken,
    Problem,
    Prohibited,
    ReadUntil,
    Statement,
)
from encircle.actions.act.writing import Writing, writing_of

__all__ = [
    "LABEL",
    "READ_NOW",
    "AlreadySaved",
    "Asking",
    "Crossed",
    "NotAlone",
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
    "perform",
    "perform_in",
    "withdraw",
    "writing_of",
]
