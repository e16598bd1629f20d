"""Sharing agreements in the table: proposed, signed by each side, ended, listed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from encircle.core.sharing import Signed, Terms
from encircle.records.context import Context
from encircle.records.refusal import rules_told
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.visit_purpose import VisitPurpose

_GROUPS = {group.value.lower(): group for group in FieldGroup}


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement with its two sides. `because`: a code that says why it has ended."""

    id: str
    giver: AgencyId
    giver_name: str
    taker: AgencyId
    taker_name: str
    terms: Terms
    basis: str
    signed: Signed
    proposed_at: datetime
    giver_signed_at: datetime | None
    taker_signed_at: datetime | None
    ended_at: datetime | None
    because: str | None

    def waits_for(self, agency: AgencyId) -> bool:
        """Whether that agency is a side that has not signed; of what has ended, nobody."""
        if self.signed.ended:
            return False
        return (agency == self.giver and not self.signed.by_giver) or (
            agency == self.taker and not self.signed.by_taker
        )

    def is_of(self, agency: AgencyId) -> bool:
        """Whether that agency is one of the two sides."""
        return agency in (self.giver, self.taker)


def agreements(
    *, giver: AgencyId | None = None, taker: AgencyId | None = None, side: AgencyId | None = None
) -> tuple[Agreement, ...]:
    """Agreements, the newest first: all, those of that giver, of that taker, or with that agency on either side."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"giver": giver, "taker": taker, "side": side})
        return tuple(_agreement(*row) for row in cursor.fetchall())


def agreement(number: str) -> Agreement | None:
    """That agreement; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, (number,))
        row = cursor.fetchone()
    return None if row is None else _agreement(*row)


def add_agreement(
    number: str, terms: Terms, *, giver: AgencyId, taker: AgencyId, basis: str, ctx: Context
) -> bool:
    """Write it, signed by the side of who proposes it; False where this one was written before."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sharing_agreement (id, giver_id, taker_id, field_groups, ends, onward, basis, first, last,"
            " proposed_by_id) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
            (
                number,
                giver,
                taker,
                ".".join(group.value.lower() for group in FieldGroup if group in terms.groups),
                ".".join(end.value for end in VisitPurpose if end in terms.ends),
                terms.onward.value,
                basis,
                terms.first,
                terms.last,
                ctx.actor,
            ),
        )
        return bool(cursor.rowcount)


def sign(number: str, *, as_giver: bool) -> bool:
    """Sign it for one's own side; False where that side has signed, or it has ended. Refuses: RuleBroken."""
    column = "giver_signed_at" if as_giver else "taker_signed_at"
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE sharing_agreement SET {column} = now()"  # nosec B608  # one of two names above
            f" WHERE id = %s AND {column} IS NULL AND ended_at IS NULL",
            (number,),
        )
        return bool(cursor.rowcount)


def end_agreement(number: str, *, because: str) -> int | None:
    """End it; how many parts opened on it are given their end here. None where it ended before, or is not one's own.

    What was opened on a record in which one takes part no more is closed too: whoever asks looks at the agreement.
    """
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sharing_agreement SET ended_at = now(), ended_because = %s WHERE id = %s AND ended_at IS NULL",
            (because, number),
        )
        if not cursor.rowcount:
            return None
        cursor.execute(
            "UPDATE opened_part SET until = greatest(now(), since) WHERE agreement_id = %s AND until > now()",
            (number,),
        )
        return int(cursor.rowcount)


def _agreement(*row: Any) -> Agreement:
    number, giver, giver_name, taker, taker_name, groups, ends, onward, basis, first, last, *times = row
    proposed, by_giver, by_taker, ended, because = times
    return Agreement(
        id=number,
        giver=AgencyId(giver),
        giver_name=giver_name,
        taker=AgencyId(taker),
        taker_name=taker_name,
        terms=terms_of(groups, ends, onward, first, last),
        basis=basis,
        signed=Signed(by_giver is not None, by_taker is not None, ended is not None),
        proposed_at=proposed,
        giver_signed_at=by_giver,
        taker_signed_at=by_taker,
        ended_at=ended,
        because=because,
    )


def terms_of(groups: str, ends: str, onward: str, first: date, last: date) -> Terms:
    """The terms as the table keeps them; a part or an end that this release does not know is left out."""
    known = {end.value: end for end in VisitPurpose}
    return Terms(
        groups=frozenset(_GROUPS[one] for one in groups.split(".") if one in _GROUPS),
        ends=frozenset(known[one] for one in ends.split(".") if one in known),
        onward=Onward(onward) if onward in set(Onward) else Onward.NOT,
        first=first,
        last=last,
    )


_SELECT = """
    SELECT one.id::text, one.giver_id::text, giver.name, one.taker_id::text, taker.name, one.field_groups, one.ends,
           one.onward, one.basis, one.first, one.last, one.proposed_at, one.giver_signed_at, one.taker_signed_at,
           one.ended_at, one.ended_because
      FROM sharing_agreement AS one
      JOIN agency AS giver ON giver.id = one.giver_id
      JOIN agency AS taker ON taker.id = one.taker_id
"""
_ONE = f"{_SELECT} WHERE one.id = %s"
_ALL = f"""{_SELECT}
     WHERE (%(giver)s::uuid IS NULL OR one.giver_id = %(giver)s)
       AND (%(taker)s::uuid IS NULL OR one.taker_id = %(taker)s)
       AND (%(side)s::uuid IS NULL OR %(side)s IN (one.giver_id, one.taker_id))
     ORDER BY one.proposed_at DESC, one.id
"""
