"""The context of a transaction: through whose eyes the database looks. Without one it shows nothing."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

import psycopg
from django.db import InterfaceError, OperationalError, connection, transaction

from encircle.records import adopted
from encircle.records.refusal import Unavailable
from encircle.vocabulary.identifier import AgencyId

logger = logging.getLogger(__name__)

_BEGIN = """
    SELECT set_config('encircle.agency', %s, true), set_config('encircle.actor', %s, true),
           set_config('encircle.purpose', %s, true), set_config('encircle.session', %s, true),
           clock_timestamp(), encircle_practice()::text
"""


def _no_session() -> str:
    return ""


_proof: ContextVar[Callable[[], str]] = ContextVar("proof", default=_no_session)


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts, for which agency, to which purpose, in this transaction. `now` is the database's clock.

    `visit`, `duty`: to what end one record is visited, and the duty that is served; None outside a visit.
    """

    agency: AgencyId | None
    actor: str
    purpose: str
    now: datetime
    visit: str | None = None
    duty: str | None = None


@contextmanager
def in_session(proof: Callable[[], str]) -> Iterator[None]:
    """Inside, each transaction names the session in which it stands. `proof`: of the session as it then is; "": none."""
    before = _proof.set(proof)
    try:
        yield
    finally:
        _proof.reset(before)


@contextmanager
def with_own_session() -> Iterator[None]:
    """One transaction that names the session and nothing else: for what a library writes of a sign-in.

    Raises RuntimeError inside another transaction.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('encircle.session', %s, true)", (_proof.get()(),))
        yield


@contextmanager
def with_context(*, agency: AgencyId | None, actor: str, purpose: str) -> Iterator[Context]:
    """One transaction in which the database knows who acts; at its end the context is gone with it.

    It is in it that the process learns of changes of practice that others have adopted since its last one.

    A connection that was lost since its last use is replaced, once.
    Refuses: Unavailable, if the database does not answer, or is lost on the way: then nothing was saved, but
    for a loss in the very moment of saving (code `not_certain`).
    Raises RuntimeError inside another transaction: a context is not changed half-way.
    """
    finished = False
    try:
        with ExitStack() as open_transaction:
            now = _begin(open_transaction, agency or "", actor, purpose)
            yield Context(agency, actor, purpose, now)
            finished = True
    except (OperationalError, InterfaceError) as lost:
        if not _is_loss(lost):
            raise
        raise _not_certain() if finished else _unavailable() from lost


def _is_loss(error: Exception) -> bool:
    """Whether the connection itself is gone, or the database has no room: no state, class 08 or 53, or 57P01 to 57P03."""
    cause = error.__cause__
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    return state is None or state.startswith(("08", "53", "57P"))


def _begin(open_transaction: ExitStack, agency: str, actor: str, purpose: str) -> datetime:
    try:
        return _enter(open_transaction, agency, actor, purpose)
    except (OperationalError, InterfaceError):
        connection.close()
        now = _enter(open_transaction, agency, actor, purpose)
        logger.warning("database.reconnected")
        return now


def _enter(open_transaction: ExitStack, agency: str, actor: str, purpose: str) -> datetime:
    now: datetime
    with ExitStack() as attempt:
        attempt.enter_context(transaction.atomic(durable=True))
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN, (agency, actor, purpose, _proof.get()()))
            *_, now, token = cursor.fetchone()
        adopted.learn(token)
        open_transaction.push(attempt.pop_all())
    return now


def _unavailable() -> Unavailable:
    return Unavailable(
        code="database_lost",
        reason="The database does not answer just now. Nothing was saved.",
        instead="Wait a moment and try again; what you typed is still here.",
    )


def _not_certain() -> Unavailable:
    return Unavailable(
        code="not_certain",
        reason="The database was lost in the moment of saving, so it is not certain whether this was saved.",
        instead="Open the record again and look before you save once more.",
    )
