"""Acts: the one way by which people write on a record. Statements in; facts, journal and what follows out."""

from encircle.actions.act.afterwards import add_learnt, withdraw
from encircle.actions.act.crossing import Crossed
from encircle.actions.act.perform import Performed, foresee, perform, perform_in
from encircle.actions.act.statement import (
    LABEL,
    READ_NOW,
    AlreadySaved,
    NotTaken,
    Problem,
    Prohibited,
    Statement,
)

__all__ = [
    "LABEL",
    "READ_NOW",
    "AlreadySaved",
    "Crossed",
    "NotTaken",
    "Performed",
    "Problem",
    "Prohibited",
    "Statement",
    "add_learnt",
    "foresee",
    "perform",
    "perform_in",
    "withdraw",
]
