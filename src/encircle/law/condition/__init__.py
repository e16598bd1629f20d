"""Conditions: what a pack may ask of a situation, in a small subset of CEL with three answers. Pure.

`parse` reads, checks and compiles; `Condition.holds` answers true, false or Unknown; `explain` says why; `to_sql`
writes the same question for PostgreSQL, asked of a `document`.
The language is described in docs/developer/conditions.md.
"""

from encircle.law.condition.condition import Condition, Expression, parse, parse_value
from encircle.law.condition.document import document
from encircle.law.condition.fault import ConditionError, Place
from encircle.law.condition.schema import Bool, Duration, Int, ListOf, Record, Str, Time, Type
from encircle.law.condition.sql import to_sql
from encircle.law.condition.tracing import Reading, explain
from encircle.law.condition.value import Scope, Value, misfits
from encircle.law.condition.writing import write

__all__ = [
    "Bool",
    "Condition",
    "ConditionError",
    "Duration",
    "Expression",
    "Int",
    "ListOf",
    "Place",
    "Reading",
    "Record",
    "Scope",
    "Str",
    "Time",
    "Type",
    "Value",
    "document",
    "explain",
    "misfits",
    "parse",
    "parse_value",
    "to_sql",
    "write",
]
