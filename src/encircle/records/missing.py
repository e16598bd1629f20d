"""Children that are missing, and those that were found and for whom something is still due: over all records of an agency.

Which they are is asked of the database, so that no list is cut. Reads rows of the ledger and no payload.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.records.seen import SeenRoot
from encircle.records.waiting import MINE, has_few
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.role import Role

RULES = ("D31", "D32", "D31-return")
"""The duties of one time that a child is missing, in the order in which they fall due."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose list: of that agency, for somebody in that role. `everyones`: the role sees what others owe as well.

    `widened_by`: relations under which it does for a record. `without`: records that are not there for who asks.
    `stands`: missing, or found; empty, both.
    """

    agency: AgencyId
    role: Role
    everyones: bool
    widened_by: Collection[str]
    without: Sequence[RootId]
    stands: str = ""


@dataclass(frozen=True, slots=True)
class EpisodeDuty:
    """One duty of one time that a child is missing: whose it is, in which state, by when, what is not there yet.

    `is_own`: the agency of the list owes it, or its role does where no one agency is known to.
    """

    root: RootId
    code: str
    subject: str
    state: str
    owner: str
    agency: AgencyId | None
    agency_name: str
    is_own: bool
    kind: str
    due_latest: datetime | None
    missing: tuple[str, ...]


def roots_of_the_missing(sought: Sought, *, skip: int, at_most: int) -> tuple[SeenRoot, ...]:
    """Records whose child is missing now, those noticed last first; then those of children who were found, by what is due."""
    gone = () if sought.stands == "found" else _roots(_GONE, sought, skip=skip, at_most=at_most)
    if sought.stands == "missing" or len(gone) == at_most:
        return gone
    before = 0 if sought.stands == "found" else skip + len(gone) if gone else _how_many_gone(sought)
    found = _FOUND.format(few=_OF_FEW if has_few(sought.agency) else "")
    return gone + _roots(found, sought, skip=max(0, skip - before), at_most=at_most - len(gone))


def _how_many_gone(sought: Sought) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"without": list(sought.without)})
        return int(cursor.fetchone()[0])


def _roots(query: str, sought: Sought, *, skip: int, at_most: int) -> tuple[SeenRoot, ...]:
    given = {
        "agency": sought.agency,
        "role": sought.role.value,
        "everyones": sought.everyones,
        "widened": sorted(sought.widened_by),
        "without": list(sought.without),
        "skip": skip,
        "at_most": at_most,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return tuple(
            SeenRoot(RootId(root), number, Kind(kind), country)
            for root, number, kind, country in cursor.fetchall()
        )


def duties_of_the_missing(
    roots: Sequence[RootId], sought: Sought
) -> Mapping[RootId, tuple[EpisodeDuty, ...]]:
    """By record, what is still to be done for each time that its child was missing. One query, whatever their number."""
    found: dict[RootId, list[EpisodeDuty]] = {root: [] for root in roots}
    with connection.cursor() as cursor:
        given = {"agency": sought.agency, "role": sought.role.value, "rules": list(RULES)}
        cursor.execute(_DUTIES, {**given, "roots": list(roots)})
        for root, code, subject, state, owner, agency, name, is_own, kind, due, missing in cursor.fetchall():
            found[RootId(root)].append(
                EpisodeDuty(
                    root=RootId(root),
                    code=code,
                    subject=subject,
                    state=state,
                    owner=owner,
                    agency=None if agency is None else AgencyId(agency),
                    agency_name=name,
                    is_own=is_own,
                    kind=kind,
                    due_latest=due,
                    missing=tuple(map(str, missing)),
                )
            )
    return {root: tuple(each) for root, each in found.items()}


_OWN = """
    (duty.agency_id = %(agency)s OR (duty.agency_id IS NULL
        AND duty.owner IN (%(role)s, (SELECT role FROM agency WHERE id = %(agency)s))))
"""

# Whether a talk after the return was held stands in a part that is closed to some roles: for these a record is listed by
# their own duties alone, since that it is there would tell.
_MAY = f"""
    (%(everyones)s OR {_OWN}
     OR EXISTS (SELECT FROM membership AS part WHERE part.root_id = duty.root_id
         AND part.agency_id = %(agency)s AND part.relation = ANY (%(widened)s::varchar[]) AND part.since <= now()
         AND (part.until IS NULL OR part.until > now())
         AND (part.person_id IS NULL OR part.person_id::text = encircle_actor())))
"""
# The codes stand here as words, so that the index of such duties can be walked along its order.
_OPEN = "{0}.urgency IS NOT NULL AND {0}.code IN ('D31', 'D32', 'D31-return')"
_NOT_KEPT = "{0}.root_id <> ALL (%(without)s::uuid[])"
_MISSING = f"listed.location = 'missing' AND {_NOT_KEPT.format('listed')}"
_SHOWN = "SELECT root.id::text, root.number, root.kind, opener.country"
_JOINED = "JOIN root ON root.id = sought.root_id JOIN agency AS opener ON opener.id = root.opened_by_id"
_COUNTED = f"SELECT count(*) FROM situation_row AS listed WHERE {_MISSING}"
_GONE = f"""
    {_SHOWN} FROM (
        SELECT listed.root_id, listed.codes #>> '{{missing_since,0}}' AS since FROM situation_row AS listed
         WHERE {_MISSING}
         ORDER BY listed.codes #>> '{{missing_since,0}}' DESC NULLS LAST, listed.root_id
         LIMIT %(at_most)s OFFSET %(skip)s
    ) AS sought {_JOINED}
     ORDER BY sought.since DESC NULLS LAST, root.id
"""
# Of several duties of one record the most urgent one counts. An agency of few records looks them up, instead of walking
# past those of others.
_OF_FEW = f"AND duty.root_id = ANY (ARRAY({MINE}))"
_FOUND = f"""
    {_SHOWN} FROM (
        SELECT duty.root_id, duty.urgency, duty.due_latest FROM duty_row AS duty
         WHERE {_OPEN.format("duty")} AND {_NOT_KEPT.format("duty")} {{few}} AND {_MAY}
           AND NOT EXISTS (SELECT FROM situation_row AS listed
                            WHERE listed.root_id = duty.root_id AND listed.location = 'missing')
           AND NOT EXISTS (SELECT FROM duty_row AS sooner WHERE sooner.root_id = duty.root_id AND {_OPEN.format("sooner")}
               AND {_MAY.replace("duty.", "sooner.")}
               AND (sooner.urgency, coalesce(sooner.due_latest, 'infinity'), sooner.id)
                 < (duty.urgency, coalesce(duty.due_latest, 'infinity'), duty.id))
         ORDER BY duty.urgency, duty.due_latest, duty.root_id LIMIT %(at_most)s OFFSET %(skip)s
    ) AS sought {_JOINED}
     ORDER BY sought.urgency, sought.due_latest, root.id
"""

_DUTIES = f"""
    SELECT duty.root_id::text, duty.code, duty.subject_id::text, duty.state, duty.owner, duty.agency_id::text,
           coalesce(agency.name, ''), {_OWN}, duty.kind, duty.due_latest, duty.missing
      FROM duty_row AS duty LEFT JOIN agency ON agency.id = duty.agency_id
     WHERE duty.root_id = ANY (%(roots)s::uuid[]) AND duty.code = ANY (%(rules)s::varchar[])
       AND duty.urgency IS NOT NULL AND duty.subject_id IS NOT NULL
     ORDER BY array_position(%(rules)s::varchar[], duty.code), duty.due_latest, duty.id
"""
