"""One condition, three readings: the Python function, PostgreSQL, and cel-python as the oracle."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any, TypeAlias

import celpy
import psycopg
from celpy import celtypes
from celpy.evaluation import CELEvalError
from psycopg import sql

from encircle.law.condition import Condition, Value, to_sql
from encircle.law.condition.document import Json, document
from encircle.law.condition.syntax import Node, Quantified, Quantifier, parts
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

Answer: TypeAlias = bool | None
Database: TypeAlias = psycopg.Connection[tuple[object, ...]]
World: TypeAlias = Mapping[str, Value]

ENVIRONMENT = celpy.Environment()


def by_us(condition: Condition, world: World) -> Answer:
    answer = condition.holds(world)
    return None if isinstance(answer, Unknown) else answer


# The oracle


def to_cel(value: Value) -> Any:
    """What is not known enters the oracle as an error."""
    match value:
        case Unknown(reason=reason):
            return CELEvalError(reason)
        case bool():
            return celtypes.BoolType(value)
        case int():
            return celtypes.IntType(value)
        case str():
            return celtypes.StringType(value)
        case timedelta():
            return celtypes.DurationType(value)
        case Span():
            return celtypes.TimestampType(value.earliest)
        case tuple():
            return celtypes.ListType([to_cel(one) for one in value])
        case Mapping():
            return celtypes.MapType({celtypes.StringType(key): to_cel(one) for key, one in value.items()})
    raise AssertionError(value)


def by_oracle(text: str, world: World) -> Answer:
    """True, false, or None for an error."""
    try:
        return bool(_program(text).evaluate({name: to_cel(value) for name, value in world.items()}))
    except CELEvalError:
        return None


@lru_cache(maxsize=512)
def _program(text: str) -> Any:
    return ENVIRONMENT.program(ENVIRONMENT.compile(text))


def knows_more(node: Node) -> bool:
    """Whether the condition has a part in which an error of the oracle may be an answer of ours.

    `exists_one` and `map` do more with what is known than CEL asks (docs/developer/conditions.md); and
    cel-python lets an error in the list of a quantifier escape from `&&`, where CEL itself absorbs it.
    """
    mine = isinstance(node, Quantified) and (
        node.how in (Quantifier.EXISTS_ONE, Quantifier.MAP) or isinstance(node.over, Quantified)
    )
    return mine or any(knows_more(part) for part in parts(node))


# PostgreSQL


def by_sql(
    database: Database, condition: Condition, worlds: Sequence[World], *, expression: str | None = None
) -> list[Answer]:
    """The answer for every world, in one statement."""
    return of_documents(database, expression or to_sql(condition), [document(world) for world in worlds])


def of_documents(
    database: Database, expression: str, documents: Sequence[Mapping[str, Json]]
) -> list[Answer]:
    words = sql.SQL("SELECT {} FROM jsonb_array_elements({}) WITH ORDINALITY AS t(document, n) ORDER BY n")
    given = sql.Literal(psycopg.types.json.Jsonb(list(documents)))
    rows = database.execute(words.format(sql.SQL(expression), given)).fetchall()  # type: ignore[arg-type]  # written by us
    return [row[0] if row[0] is None else row[0] is True for row in rows]
