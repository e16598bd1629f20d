"""A child's own page: opened with the code, read, written on, left. Each look and each refusal is journalled."""

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from encircle.actions.childs_page.code import read_code
from encircle.actions.whose_law import law_for
from encircle.core.band import band
from encircle.core.child import AsOf, fold
from encircle.core.childs_page import ChildsPage, childs_page
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.law.saying import Band
from encircle.records import childs_page as pages
from encircle.records import facts as rows
from encircle.records import journal
from encircle.records.childs_page import OwedToChild, OwnPage, Visit
from encircle.records.context import with_context
from encircle.records.refusal import RuleBroken
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId, RootId
from encircle.vocabulary.moment import point
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.role import Role

__all__ = [
    "LONGEST",
    "NotOpen",
    "OwedToChild",
    "Own",
    "Visit",
    "complain",
    "leave_own_page",
    "open_own_page",
    "own_page",
    "own_rights",
    "record_and_number",
    "record_open_in",
    "say",
    "who_looked",
]

LONGEST = 4_000
"""So many signs are kept of what a child writes."""
SAVED_BEFORE = "fact_pkey"
Answer = TypeVar("Answer")


class NotOpen(Refused):
    """No page is open in this session: never was, was left, was closed, or not used for a quarter of an hour."""

    def __init__(self) -> None:
        super().__init__(code="not_open", reason="No page is open here.", instead="Type the code again.")


@dataclass(frozen=True, slots=True)
class Own:
    """The page as it is read: what it tells, the first names on it, the law that says what is owed to the child.

    `band`: for which age it is said; never shown itself.
    `record`: the record's id, so that what was being written is given back to the same child alone.
    """

    told: ChildsPage
    band: Band
    names: dict[str, str]
    giver: str
    law: Law
    now: datetime
    record: str


def open_own_page(typed: str) -> str | None:
    """The secret of a new session, if that code opens a page; else None, whatever the reason."""
    secret = secrets.token_urlsafe(32)
    code = read_code(typed)
    with with_context(agency=None, actor=pages.ACTOR, purpose=Purpose.OWN_PAGE.value) as context:
        opened = bool(code) and pages.open_page(code, session=_hash(secret))
        if not opened:
            refused = journal.Act(
                kind=EntryKind.REFUSAL, outcome="childs_page_refused", role=Role.CHILD.value
            )
            journal.enter(refused, ctx=context)
    return secret if opened and _is_entered(secret) else None


def own_page(secret: str, page: str) -> Own:
    """What the page tells. `page`: which part is looked at, as a code. Refuses: NotOpen."""

    def read(own: OwnPage) -> Own:
        law = law_for(own.country)
        facts = rows.facts_of(own.root)
        told = childs_page(fold(facts, AsOf(own.context.now), zone=law.zone).earliest, zone=law.zone)
        names = {one.name: pages.given_name_of(one.name) for one in told.helpers if one.name}
        words = band(own.turns_18, in_doubt=own.age_in_doubt, now=own.context.now, zone=law.zone)
        return Own(told, words, names, own.giver, law, own.context.now, own.root)

    return _on(secret, f"childs_page_{page}", read)


def who_looked(secret: str) -> tuple[tuple[Visit, ...], str]:
    """Which kinds of agencies opened the record, why and when last; and the zone of these times. Refuses: NotOpen."""
    return _on(
        secret,
        "childs_page_seen",
        lambda own: (pages.visits(own.root), law_for(own.country).zone),
    )


def own_rights(secret: str) -> tuple[Own, tuple[OwedToChild, ...]]:
    """The page, and how far what adults owe this child has come, as last computed. Refuses: NotOpen."""
    own = own_page(secret, "rights")
    with pages.on_own_page(_hash(secret)) as page:
        return own, () if page is None else pages.owed_to(page.root)


def say(secret: str, words: str, *, about: str, token: UUID) -> None:
    """Put on record what the child thinks, in the child's words, sealed. Sent twice it is there once. Refuses: NotOpen."""
    values = {"method": "in_writing", "words": words[:LONGEST]}
    if about in _choices("view_heard"):
        values["about"] = about
    _write(secret, "view_heard", values, token)


def complain(secret: str, words: str, *, about: str, token: UUID) -> None:
    """Put on record that the child complains. Sent twice it is there once. Refuses: NotOpen.

    Without `words`, where a body has them that is not complained of.
    """
    values = {"complainant": "child", **({"complaint_text": words[:LONGEST]} if words else {})}
    if about in _choices("complaint_made"):
        values["about"] = about
    _write(secret, "complaint_made", values, token)


def leave_own_page(secret: str) -> None:
    """Close it in this session; what is not open is left as well."""
    pages.leave_page(_hash(secret))


def record_open_in(secret: str) -> str:
    """The record whose page is open in this session, as an id; empty, if none is."""
    with pages.on_own_page(_hash(secret)) as own:
        return "" if own is None else own.root


def record_and_number(secret: str) -> tuple[RootId, str]:
    """The record whose page is open in this session, and its number. Refuses: NotOpen."""
    with pages.on_own_page(_hash(secret)) as own:
        if own is not None:
            return own.root, pages.number_of(own.root)
    raise NotOpen


def _is_entered(secret: str) -> bool:
    """Whether the opened page could be journalled as opened, with its record."""
    with pages.on_own_page(_hash(secret)) as own:
        if own is not None:
            _enter(own, EntryKind.SIGN_IN, "childs_page_opened")
    return own is not None


def _on(secret: str, outcome: str, read: Callable[[OwnPage], Answer]) -> Answer:
    with pages.on_own_page(_hash(secret)) as own:
        if own is not None:
            found = read(own)
            _enter(own, EntryKind.LOOK, outcome)
            return found
    raise NotOpen


def _write(secret: str, fact_type: str, values: Mapping[str, object], token: UUID) -> None:
    try:
        with pages.on_own_page(_hash(secret)) as own:
            if own is not None:
                rows.append(_fact(own, fact_type, values, token), follows=None, ctx=own.context)
                pages.compute_own_record_soon()
                _enter(own, EntryKind.WRITE, fact_type, (FACT_TYPES[fact_type].group,))
    except RuleBroken as broken:
        if broken.code != SAVED_BEFORE:
            raise
        return
    if own is None:
        raise NotOpen


def _fact(own: OwnPage, fact_type: str, values: Mapping[str, object], token: UUID) -> Fact:
    """Learnt at once by the agency that gave the page: it answers for its being read."""
    now = own.context.now
    return Fact(
        id=FactId(str(token)),
        type=fact_type,
        root=own.root,
        subject=None,
        happened=point(now, law_for(own.country).zone),
        learnt=(Learnt(own.agency, now),),
        recorded=now,
        agency=own.agency,
        said_by="child",
        certainty=Certainty.REPORTED,
        payload=read_payload(fact_type, dict(values)),
    )


def _choices(fact_type: str) -> Collection[str]:
    """What a statement of that type can be about."""
    return next(field.choices for field in shape(FACT_TYPES[fact_type]) if field.name == "about")


def _enter(own: OwnPage, kind: EntryKind, outcome: str, groups: tuple[FieldGroup, ...] = ()) -> None:
    act = journal.Act(
        kind=kind,
        outcome=outcome,
        root=own.root,
        role=Role.CHILD.value,
        field_groups=groups,
        regime=Regime.GDPR,
    )
    journal.enter(act, ctx=own.context)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
