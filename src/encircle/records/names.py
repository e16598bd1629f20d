"""Name keys: written when a name is stated, corrected or withdrawn, and looked up by a search. Made of facts.

The keys of a name are hashed with a key of the installation: the table tells no name. What it tells is written down in
docs/developer/tables.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from django.db import connection

from encircle.core.child.as_of import AsOf, standing
from encircle.core.linkage import KeyKind, NameKey, keys_of
from encircle.core.linkage.key import Search
from encircle.core.linkage.name import Heard
from encircle.records import seal
from encircle.records.array import as_array
from encircle.records.reading import read_rows
from encircle.records.seen import SeenRoot
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId, RootId

OF_ONE_KEY = 60
"""Rows of one key that are looked at: a beginning of three letters can have thousands."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that has keys of the name that is looked for; its names say whether it is meant."""

    root: SeenRoot
    protection: str | None
    age_basis: str | None


def names_in(fact: Fact) -> tuple[str, ...]:
    """The names that a fact states: used, given, family and others."""
    if not isinstance(fact.payload, NameRecorded):
        return ()
    return tuple(name for name in msgspec.structs.astuple(fact.payload) if isinstance(name, str))


def names_standing(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Those facts of a record that state its names today: not withdrawn, not corrected; of several sources all."""
    found = tuple(facts)
    now = max((fact.recorded for fact in found), default=None)
    events = () if now is None else standing(found, AsOf(now))
    return tuple(fact for event in events for fact in event.facts if names_in(fact))


def follow(fact: Fact) -> None:
    """After a fact is added: write the keys of the name that it states, and take away those of a name that it changes."""
    if fact.corrects is not None or fact.withdraws is not None:
        if isinstance(fact.payload, NameRecorded) or _is_of_names(fact.root, fact.withdraws):
            index(fact.root)
        return
    index_new([fact])


def index_new(facts: Iterable[Fact]) -> None:
    """Write the keys of the names that these facts state, in one statement; none of them changes another one."""
    _write((fact.root, fact.id, key) for fact in facts for key in keys_of(names_in(fact)))


def index(root: RootId) -> int:
    """Write the keys of all names on this record anew; how many there are now. What is erased has none."""
    facts, _ = read_rows(_NAMES, (root, root))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM name_key WHERE root_id = %s", (root,))
    keys = [(root, fact.id, key) for fact in names_standing(facts) for key in keys_of(names_in(fact))]
    _write(keys)
    return len(keys)


def index_each(facts_of: Mapping[RootId, Collection[Fact]]) -> None:
    """As `index` for each of these records, given all its facts. Keys that are there already are not written again."""
    heard: Heard = {}
    keys = [
        (root, fact.id, key)
        for root, facts in facts_of.items()
        for fact in names_standing(_of_names(facts))
        for key in keys_of(names_in(fact), heard)
    ]
    each = list(dict.fromkeys(key for _, _, key in keys))
    hashed = dict(zip(each, seal.name_indexes([key.hashed for key in each]), strict=True))
    wanted = {(root, fact, key.kind.value, hashed[key]): (root, fact, key) for root, fact, key in keys}
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, (list(facts_of),))
        kept = {(root, fact, kind, bytes(key)): row for row, root, fact, kind, key in cursor.fetchall()}
        gone = [row for one, row in kept.items() if one not in wanted]
        if gone:
            cursor.execute("DELETE FROM name_key WHERE id = ANY (%s)", (gone,))
    _write(row for one, row in wanted.items() if one not in kept)


def candidates(search: Search, *, at_most: int) -> tuple[Candidate, ...]:
    """Records that the context shows and that have keys of the name, those with the surest keys first.

    Less sure keys are looked up only where the surer ones do not give as many as are asked for.
    """
    weights: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for kind in _SUREST_FIRST:
            weight_of = _weighed(search, kind)
            if weight_of:
                cursor.execute(_NAMED, (list(weight_of), OF_ONE_KEY))
                for key, root in cursor.fetchall():
                    weights[root] += weight_of[bytes(key)]
            if len(weights) >= at_most:
                break
        best = sorted(weights, key=lambda root: (-weights[root], root))[:at_most]
        cursor.execute(_FOUND, (best,))
        return tuple(_candidate(row) for row in cursor.fetchall())


def numbered(start: str, *, at_most: int) -> tuple[Candidate, ...]:
    """Records that the context shows whose number begins so, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED, (start, f"{start}~", at_most))
        return tuple(_candidate(row) for row in cursor.fetchall())


def _weighed(search: Search, kinds: Collection[KeyKind]) -> Mapping[bytes, int]:
    """Every key of these kinds hashed, with its weight: two parts together weigh more than any one of them."""
    keys = {*(key for of_part in search.alone for key in of_part), *search.together}
    wanted = [key for key in keys if key.kind in kinds]
    hashed = seal.name_indexes_to_search([key.hashed for key in wanted])
    return {one: _WEIGHTS[key.kind] for of_key in hashed for one, key in zip(of_key, wanted, strict=True)}


def _is_of_names(root: RootId, fact: FactId | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM fact WHERE id = %s AND root_id = %s AND matter ="
            " encircle_matter(root_id, 'name_recorded', root_id))",
            (fact, root),
        )
        found: bool = cursor.fetchone()[0]
    return found


def _of_names(facts: Collection[Fact]) -> tuple[Fact, ...]:
    """Those that state a name, and those that take such a statement back."""
    stated = {fact.id for fact in facts if isinstance(fact.payload, NameRecorded)}
    return tuple(fact for fact in facts if fact.id in stated or fact.withdraws in stated)


def _write(keys: Iterable[tuple[RootId, FactId, NameKey]]) -> None:
    rows = list(keys)
    if not rows:
        return
    hashed = seal.name_indexes([key.hashed for _, _, key in rows])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO name_key (root_id, fact_id, kind, key)"
            " SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::varchar[], %s::bytea[]) ON CONFLICT DO NOTHING",
            (
                as_array(root for root, _, _ in rows),
                as_array(fact for _, fact, _ in rows),
                as_array(key.kind.value for _, _, key in rows),
                as_array(hashed),
            ),
        )


def _candidate(row: Sequence[str]) -> Candidate:
    return Candidate(SeenRoot(RootId(row[0]), row[1], Kind(row[2]), row[3]), row[4], row[5])


_WEIGHTS = {KeyKind.PAIR: 20, KeyKind.PART: 8, KeyKind.SOUND: 3, KeyKind.START: 2}
"""Only the order in which candidates are looked at: two parts that stand together come before one that stands alone."""
_SUREST_FIRST = (
    frozenset({KeyKind.PAIR}),
    frozenset({KeyKind.PART}),
    frozenset({KeyKind.SOUND, KeyKind.START}),
)

_KEPT = "SELECT id, root_id::text, fact_id::text, kind, key FROM name_key WHERE root_id = ANY (%s::uuid[])"

_NAMES = """
    SELECT {columns} FROM fact {learnt}
     WHERE fact.matter = encircle_matter(%s::uuid, 'name_recorded', %s::uuid) ORDER BY fact.seq
"""

# The function finds the records of the agency as the policy of name_key would, whichever are fewer first: those of the
# agency or those with the key. A key that thousands share is read only so far: the names decide among those found, and
# whoever searches is told to write more.
_NAMED = "SELECT DISTINCT of_key, of_root::text FROM encircle_roots_named(%s, %s)"
_FOUND = """
    SELECT root.id::text, root.number, root.kind, opener.country, situation_row.protection,
           situation_row.age_basis
      FROM unnest(%s::uuid[]) WITH ORDINALITY AS best (root_id, place)
      JOIN root ON root.id = best.root_id
      JOIN agency AS opener ON opener.id = root.opened_by_id
      LEFT JOIN situation_row ON situation_row.root_id = root.id
     ORDER BY best.place
"""

_NUMBERED = """
    SELECT root.id::text, root.number, root.kind, opener.country, situation_row.protection,
           situation_row.age_basis
      FROM root
      JOIN agency AS opener ON opener.id = root.opened_by_id
      LEFT JOIN situation_row ON situation_row.root_id = root.id
     WHERE root.number ~>=~ %s AND root.number ~<~ %s
     ORDER BY root.number LIMIT %s
"""
