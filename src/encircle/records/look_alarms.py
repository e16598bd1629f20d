"""Looks that stand out: counted over the journal for each person and each token, told, answered. Plain counts; no points."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.core.journal.pattern import Pattern, Watch
from encircle.core.linkage import KeyKind, keys_of, parts_of
from encircle.records import seal
from encircle.records.array import as_array
from encircle.records.context import Context
from encircle.records.journal.history import PROGRAM_OF_ENTRY
from encircle.records.refusal import rules_told
from encircle.records.seal import DataKey, keys
from encircle.vocabulary.identifier import AgencyId

NOTICE = "W1"
"""Under this code an agency is told that looks of its people stand out."""
UNANSWERED = "W3"
"""Under this code the desk above is told that an agency has not answered in time."""
_AT = "(entry.at AT TIME ZONE %(zone)s::text)::time"
OUTSIDE_HOURS = f"""
    CASE WHEN agency.opens_at = agency.closes_at THEN false
         WHEN agency.opens_at < agency.closes_at THEN NOT ({_AT} >= agency.opens_at AND {_AT} < agency.closes_at)
         ELSE {_AT} >= agency.closes_at AND {_AT} < agency.opens_at END
"""
"""Whether an entry lies outside the hours of its agency; one that opens when it closes is never closed."""
_ALONE = 48_213_907
"""The number of the advisory lock; it means nothing."""


@dataclass(frozen=True, slots=True)
class LookAlarm:
    """One alarm, of a person or of a token. `number`: of the record, where it is about one and the context shows that one.

    `program`: what the agency calls the program that works with the token. `answer`: in words.
    """

    id: str
    pattern: str
    person: str | None
    person_name: str
    token: str | None
    program: str
    role: str
    agency_name: str
    number: str | None
    counted: int
    times: int
    since: datetime
    through: datetime
    made_at: datetime
    answer_by: datetime | None
    answered_at: datetime | None
    answered_by_name: str
    found: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class AlarmsOf:
    """How often looks in an agency stood out, and what became of it; `late`: not answered in time."""

    agency_name: str
    told: int
    answered: int
    pursued: int
    late: int


@dataclass(frozen=True, slots=True)
class Higher:
    """How often a desk was told that an agency had not answered in time; since when something waits still."""

    times: int = 0
    waits_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """A program of an agency: what the agency calls it, and since when its token is good."""

    name: str
    made_at: datetime


def alone() -> bool:
    """Whether nobody else counts just now; holds until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (_ALONE,))
        return bool(cursor.fetchone()[0])


def count(watch: Watch, *, now: datetime, zone: str, answer_by: datetime | None) -> int:
    """Write an alarm for each person and each token whose looks stand out by this pattern now; how many.

    What an earlier alarm has counted is not counted again.
    """
    given = {
        "pattern": watch.pattern.value,
        "times": watch.times,
        "from": now - watch.within,
        "now": now,
        "zone": zone,
        "answer_by": answer_by,
    }
    with connection.cursor() as cursor:
        if watch.pattern is Pattern.OWN_NAME:
            people, hashed = _own_names(watch, now)
            cursor.execute(_NAMED, {**given, "people": as_array(people), "keys": as_array(hashed)})
        else:
            cursor.execute(_COUNTED[watch.pattern], given)
        raised = max(int(cursor.rowcount), 0)
        if watch.pattern in _COUNTED_OF_TOKENS:
            cursor.execute(_COUNTED_OF_TOKENS[watch.pattern], given)
            raised += max(int(cursor.rowcount), 0)
        return raised


def tell() -> None:
    """Tell the agencies of people whose looks stand out, and those above; settle what is answered."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"code": NOTICE})
        cursor.execute(_TELL, {"code": NOTICE})


def tell_higher(roles: Collection[str]) -> int:
    """Tell the agencies of these roles in the country of one that has not answered in time, neither looks that stood out
    nor an opening in an emergency; settle what is answered by now. How many desks are told only now.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE_HIGHER, {"code": UNANSWERED})
        cursor.execute(_TELL_HIGHER, {"code": UNANSWERED, "roles": sorted(roles)})
        return max(int(cursor.rowcount), 0)


def told_higher(agency: AgencyId, *, since: datetime) -> Higher:
    """How often this desk was told since then, and since when something waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(made_at) FILTER (WHERE settled_at IS NULL) FROM notice"
            " WHERE agency_id = %s AND kind = 'unanswered' AND made_at >= %s",
            (agency, since),
        )
        return Higher(*cursor.fetchone())


def alarms_told(*, answered: bool, at_most: int, skip: int = 0) -> tuple[LookAlarm, ...]:
    """Alarms that the context shows, the newest first. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, {"answered": answered, "at_most": at_most, "skip": skip})
        rows = cursor.fetchall()
    held = keys(key for *_, key in rows if key is not None)
    return tuple(
        LookAlarm(*(*plain, _opened(sealed, held.get(key), plain[0]))) for *plain, sealed, key in rows
    )


def write_answer(alarm: str, *, found: str, words: str, ctx: Context) -> bool:
    """Write down what was found; False: there is no such alarm for who acts. Refuses: RuleBroken, one that was answered."""
    if ctx.agency is None:
        raise ValueError("somebody of an agency answers")
    key = seal.key_of_agency(ctx.agency)
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE look_alarm SET found = %s, data_key_id = %s, answer = %s WHERE id = %s",
            (found, key.id, key.seal_body(words.encode(), entry=alarm), alarm),
        )
        return bool(cursor.rowcount == 1)


def counts_since(since: datetime) -> tuple[AlarmsOf, ...]:
    """For each agency, how often since then; those with the most first. Under the purpose to account for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency.name, told, answered, pursued, late FROM encircle_look_alarms(%s) AS counted"
            " JOIN agency ON agency.id = counted.agency ORDER BY told DESC, agency.name",
            (since,),
        )
        return tuple(AlarmsOf(*row) for row in cursor.fetchall())


def people_under(agency: AgencyId) -> Mapping[str, str]:
    """The people of that agency and of those that are a part of it: id and name, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"agency": agency})
        return dict(cursor.fetchall())


def programs_under(agency: AgencyId) -> Mapping[str, Program]:
    """The tokens of that agency and of those that are a part of it, also those that are over: by id, by name and time."""
    with connection.cursor() as cursor:
        cursor.execute(_PROGRAMS, {"agency": agency})
        return {token: Program(*rest) for token, *rest in cursor.fetchall()}


def _own_names(watch: Watch, now: datetime) -> tuple[list[str], list[bytes]]:
    """Who has looked in that time, with each hashed part of the own family name; particles such as "von" left out."""
    with connection.cursor() as cursor:
        cursor.execute(_SURNAMES, {"from": now - watch.within, "now": now})
        pairs = [(person, key) for person, surname in cursor.fetchall() for key in _keys(surname)]
    under = seal.name_indexes_to_search([key for _, key in pairs])
    return [person for _ in under for person, _ in pairs], [key for each in under for key in each]


def _keys(surname: str) -> Iterable[str]:
    telling = [part.written for part in parts_of(surname) if not part.is_particle]
    return {key.hashed for key in keys_of(telling) if key.kind is KeyKind.PART}


def _opened(sealed: bytes | None, key: object, alarm: str) -> str | None:
    """What was written; None, where nothing was or the key is not open to who looks."""
    if sealed is None or not isinstance(key, DataKey):
        return None
    return key.open_body(bytes(sealed), entry=alarm).decode()


_INTO = """
    INSERT INTO look_alarm
        (id, pattern, {0}_id, agency_id, root_id, counted, times, since, through, answer_by)
"""
_GONE = """
    entry.at > %(from)s::timestamptz AND entry.at <= %(now)s::timestamptz AND entry.agency_id IS NOT NULL
    AND (told.through IS NULL OR entry.at > told.through)
"""
_EARLIER = """
    LEFT JOIN (SELECT {0}_id, max(through) AS through FROM look_alarm
                WHERE pattern = %(pattern)s::varchar GROUP BY {0}_id) AS told ON told.{0}_id = looker.id
"""
_LOOKS = "entry.kind IN ('look', 'write', 'disclosure', 'export') AND root.kind = 'child'"
_IN_VAIN = "entry.outcome = 'searched' AND cardinality(entry.field_groups) = 0"
"""A search of which no part of any record was shown."""
_OF_A_CHILD = """
    JOIN root ON root.id = entry.root_id
    LEFT JOIN situation_row ON situation_row.root_id = root.id
    JOIN agency ON agency.id = entry.agency_id
"""
_PERSON = "person AS looker ON looker.id::text = entry.actor"
_TOKEN = f"api_token AS looker ON entry.actor LIKE 'token:%%' AND looker.id::text = {PROGRAM_OF_ENTRY}"


def _counted(of: str, what: str, *, joined: str, where: str) -> str:
    """The statement that writes alarms of one pattern: counted is `what`, of the entries for which `where` holds.

    `of`: whose looks they are: "person", or "token", whatever person of its agency the program named.
    """
    return f"""{_INTO.format(of)}
        SELECT gen_random_uuid(), %(pattern)s::varchar, looker.id, entry.agency_id, NULL, {what}, %(times)s::integer,
               min(entry.at), max(entry.at), %(answer_by)s::timestamptz
          FROM journal_entry AS entry JOIN {_PERSON if of == "person" else _TOKEN} {_EARLIER.format(of)} {joined}
         WHERE {_GONE} AND {where}
         GROUP BY looker.id, entry.agency_id HAVING {what} >= %(times)s::integer
    """


def _children(of: str, where: str) -> str:
    return _counted(of, "count(DISTINCT entry.root_id)", joined=_OF_A_CHILD, where=f"{_LOOKS} AND {where}")


def _outside(region: str) -> str:
    return (
        f"{region} <> situation_row.region"
        " AND coalesce(situation_row.case_lead_id, root.opened_by_id) <> entry.agency_id"
    )


def _closed(same: str) -> str:
    return (
        "situation_row.protection = 'closed' AND NOT EXISTS (SELECT FROM journal_entry AS wrote"
        f" WHERE wrote.root_id = entry.root_id AND {same} AND wrote.kind = 'write'"
        " AND wrote.at > %(from)s::timestamptz)"
    )


_COUNTED: Mapping[Pattern, str] = {
    Pattern.MANY: _children("person", "true"),
    Pattern.OUTSIDE: _children("person", _outside("coalesce(looker.region, agency.region)")),
    Pattern.NIGHT: _children("person", OUTSIDE_HOURS),
    Pattern.CLOSED: _children("person", _closed("wrote.actor = entry.actor")),
    Pattern.REFUSED: _counted("person", "count(*)", joined="", where="entry.kind = 'refusal'"),
    Pattern.SEARCHED: _counted("person", "count(*)", joined="", where=_IN_VAIN),
    Pattern.EMERGENCIES: _counted(
        "person", "count(*)", joined="", where="entry.outcome = 'emergency_opened'"
    ),
}
_COUNTED_OF_TOKENS: Mapping[Pattern, str] = {
    Pattern.MANY: _children("token", "true"),
    Pattern.OUTSIDE: _children("token", _outside("agency.region")),
    Pattern.NIGHT: _children("token", OUTSIDE_HOURS),
    Pattern.CLOSED: _children("token", _closed("starts_with(wrote.actor, 'token:' || looker.id::text)")),
    Pattern.REFUSED: _counted("token", "count(*)", joined="", where="entry.kind = 'refusal'"),
    Pattern.SEARCHED: _counted("token", "count(*)", joined="", where=_IN_VAIN),
}
"""A token has no family name, and opens nothing in an emergency."""

_NAMED = f"""{_INTO.format("person")}
    SELECT gen_random_uuid(), %(pattern)s::varchar, person.id, entry.agency_id, entry.root_id, count(DISTINCT entry.id),
           %(times)s::integer, min(entry.at), max(entry.at), %(answer_by)s::timestamptz
      FROM unnest(%(people)s::uuid[], %(keys)s::bytea[]) AS own (person, key)
      JOIN person ON person.id = own.person
      JOIN name_key ON name_key.key = own.key
      JOIN journal_entry AS entry ON entry.root_id = name_key.root_id AND entry.actor = person.id::text
      JOIN root ON root.id = entry.root_id
     WHERE entry.at > %(from)s::timestamptz AND entry.at <= %(now)s::timestamptz AND entry.agency_id IS NOT NULL AND {_LOOKS}
     GROUP BY person.id, entry.agency_id, entry.root_id HAVING count(DISTINCT entry.id) >= %(times)s::integer
    ON CONFLICT DO NOTHING
"""

_SURNAMES = """
    SELECT person.id::text, person.surname FROM person
     WHERE person.surname <> '' AND person.id::text IN (
        SELECT entry.actor FROM journal_entry AS entry
         WHERE entry.at > %(from)s::timestamptz AND entry.at <= %(now)s::timestamptz)
     ORDER BY person.id
"""

_UNDER = "(alarm.agency_id = notice.agency_id OR agency.part_of_id = notice.agency_id)"
_SETTLE = f"""
    UPDATE notice SET settled_at = now(), send_at = NULL
     WHERE root_id IS NULL AND code = %(code)s AND settled_at IS NULL AND NOT EXISTS (
        SELECT FROM look_alarm AS alarm JOIN agency ON agency.id = alarm.agency_id
         WHERE alarm.found IS NULL AND {_UNDER})
"""

_TELL = """
    INSERT INTO notice (kind, code, agency_id, acted_id)
        SELECT DISTINCT 'looks_stand_out', %(code)s, told.agency, alarm.agency_id
          FROM look_alarm AS alarm JOIN agency ON agency.id = alarm.agency_id
         CROSS JOIN LATERAL (VALUES (agency.id), (agency.part_of_id)) AS told (agency)
         WHERE alarm.found IS NULL AND told.agency IS NOT NULL
    ON CONFLICT DO NOTHING
"""

_LATE = """
    WITH late AS (
        SELECT agency_id AS agency FROM look_alarm WHERE found IS NULL AND answer_by < now()
        UNION
        SELECT coalesce(waiting.case_lead_id, root.opened_by_id) FROM emergency_access AS opened
          JOIN root ON root.id = opened.root_id LEFT JOIN situation_row AS waiting ON waiting.root_id = root.id
         WHERE opened.found IS NULL AND opened.review_by < now()
    )
"""
_TELL_HIGHER = f"""{_LATE}
    INSERT INTO notice (kind, code, agency_id, acted_id)
        SELECT DISTINCT ON (desk.id) 'unanswered', %(code)s, desk.id, own.id
          FROM late JOIN agency AS own ON own.id = late.agency
          JOIN agency AS desk ON desk.country = own.country AND desk.role = ANY (%(roles)s::varchar[])
         WHERE desk.ended_at IS NULL AND desk.id <> own.id
         ORDER BY desk.id, own.id
    ON CONFLICT DO NOTHING
"""
_SETTLE_HIGHER = f"""{_LATE}
    UPDATE notice SET settled_at = now(), send_at = NULL
     WHERE root_id IS NULL AND code = %(code)s AND settled_at IS NULL AND NOT EXISTS (
        SELECT FROM late JOIN agency AS own ON own.id = late.agency
          JOIN agency AS desk ON desk.country = own.country WHERE desk.id = notice.agency_id)
"""

_NAME = "coalesce(nullif(trim({0}.given_name || ' ' || {0}.surname), ''), {0}_account.login, '')"
_TOLD = f"""
    SELECT alarm.id::text, alarm.pattern, person.id::text, {_NAME.format("person")}, token.id::text,
           coalesce(token.name, ''), coalesce(person.role, token.role), agency.name,
           root.number, alarm.counted, alarm.times, alarm.since, alarm.through, alarm.made_at, alarm.answer_by,
           alarm.answered_at, {_NAME.format("answerer")}, alarm.found, alarm.answer, alarm.data_key_id::text
      FROM look_alarm AS alarm
      JOIN agency ON agency.id = alarm.agency_id
      LEFT JOIN person ON person.id = alarm.person_id
      LEFT JOIN api_token AS token ON token.id = alarm.token_id
      LEFT JOIN account AS person_account ON person_account.id = person.account_id
      LEFT JOIN root ON root.id = alarm.root_id
      LEFT JOIN person AS answerer ON answerer.id = alarm.answered_by_id
      LEFT JOIN account AS answerer_account ON answerer_account.id = answerer.account_id
     WHERE (alarm.found IS NOT NULL) = %(answered)s::boolean
     ORDER BY alarm.made_at DESC, alarm.id LIMIT %(at_most)s OFFSET %(skip)s
"""

_PEOPLE = f"""
    SELECT person.id::text, {_NAME.format("person")} AS name
      FROM person JOIN agency ON agency.id = person.agency_id
      LEFT JOIN account AS person_account ON person_account.id = person.account_id
     WHERE agency.id = %(agency)s OR agency.part_of_id = %(agency)s
     ORDER BY name, person.id
"""
_PROGRAMS = """
    SELECT token.id::text, token.name, token.made_at
      FROM api_token AS token JOIN agency ON agency.id = token.agency_id
     WHERE agency.id = %(agency)s OR agency.part_of_id = %(agency)s
     ORDER BY token.name, token.made_at, token.id
"""
