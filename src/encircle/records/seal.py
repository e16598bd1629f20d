"""Data keys and what is sealed with them: one key for each root and compartment, made at its first use.

An unwrapped key lives as long as the call that needs it. There is no cache: unwrapping costs little, and a
key that was destroyed is gone for every process at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection

from encircle.crypto.index import name_index
from encircle.crypto.keyring import (
    InstallationKey,
    Keyring,
    KeyUse,
    data_key_aad,
    new_data_key,
    older_keys,
)
from encircle.crypto.sealed import FactsKey, fact_aad, open_sealed, place, seal
from encircle.crypto.token import Token
from encircle.records.people_keys import Recipient, open_data_keys, seal_data_key
from encircle.records.refusal import rules_told
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.identifier import AgencyId, FactId, RootId

_BODY = b"encircle/journal-body"


@dataclass(frozen=True, slots=True)
class Erased:
    """The key is destroyed: what it sealed cannot be read by anybody. A value, not an error."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Shut:
    """The key is sealed to people, and none who could open it has unlocked theirs in this request."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """An unwrapped key of a root, or of an agency for what belongs to no root."""

    id: str
    owner: str
    compartment: str
    _secret: bytes = field(repr=False)
    _facts: FactsKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ready = FactsKey(self._secret, child_id=self.owner, compartment=self.compartment)
        object.__setattr__(self, "_facts", ready)

    def seal_payload(self, plain: bytes, *, fact: FactId, payload_format: int) -> bytes:
        """The payload of that fact, sealed to its place."""
        return seal(plain, key=self._secret, aad=fact_aad(payload_format, fact, self.owner, self.compartment))

    def open_payload(self, sealed: bytes, *, fact: FactId, payload_format: int) -> bytes:
        """The payload of that fact. Refuses: SealBroken."""
        return self._facts.open(sealed, fact_id=fact, format_version=payload_format)

    def seal_body(self, plain: bytes, *, entry: str) -> bytes:
        """The body of that journal entry, sealed to its place."""
        return seal(plain, key=self._secret, aad=place(_BODY, entry.encode(), self.owner.encode()))

    def open_body(self, sealed: bytes, *, entry: str) -> bytes:
        """The body of that journal entry. Refuses: SealBroken."""
        return open_sealed(sealed, key=self._secret, aad=place(_BODY, entry.encode(), self.owner.encode()))


def key_of_root(root: RootId, compartment: Compartment) -> DataKey:
    """The key that seals new facts of this root in this compartment; made if there is none in use."""
    return _in_use("root_id", root, compartment)


def new_keys(wanted: Iterable[tuple[RootId, Compartment]]) -> Mapping[tuple[RootId, Compartment], DataKey]:
    """New keys for roots that were just opened and have none; all in one statement."""
    made = {}
    rows = []
    for root, compartment in wanted:
        key_id, secret = str(uuid4()), new_data_key()
        aad = data_key_aad(data_key_id=key_id, root_id=root, compartment=compartment.value)
        rows.append((key_id, root, compartment.value, keyring().wrap(secret, aad=aad)))
        made[root, compartment] = DataKey(key_id, root, compartment.value, secret)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO data_key (id, root_id, compartment, kept_by, wrapped) SELECT id, root, compartment, 'installation',"
            " wrapped FROM unnest(%s::uuid[], %s::uuid[], %s::varchar[], %s::bytea[])"
            " AS given (id, root, compartment, wrapped)",
            [list(column) for column in zip(*rows, strict=True)],
        )
    return made


def key_for_people(fact: FactId, root: RootId, compartment: Compartment, to: Sequence[Recipient]) -> DataKey:
    """A new key for this one fact, sealed to these agencies: from here on the server cannot open it by itself."""
    secret = new_data_key()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO data_key (id, root_id, compartment, kept_by, retired_at)"
            " VALUES (%s, %s, %s, 'recipients', clock_timestamp())",
            (fact, root, compartment.value),
        )
    seal_data_key(secret, data_key=fact, root=root, to=to)
    return DataKey(fact, root, compartment.value, secret)


def give_to_people(root: RootId, compartment: Compartment, to: Sequence[Recipient]) -> int:
    """Seal the keys of this compartment that lie here to these agencies, and keep no copy; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, wrapped FROM data_key WHERE root_id = %s AND compartment = %s AND wrapped IS NOT NULL"
            " ORDER BY id FOR UPDATE",
            (root, compartment.value),
        )
        rows = cursor.fetchall()
        for key_id, wrapped in rows:
            aad = data_key_aad(data_key_id=key_id, root_id=root, compartment=compartment.value)
            seal_data_key(keyring().unwrap(bytes(wrapped), aad=aad), data_key=key_id, root=root, to=to)
            cursor.execute(
                "UPDATE data_key SET kept_by = 'recipients', wrapped = NULL,"
                " retired_at = coalesce(retired_at, clock_timestamp()) WHERE id = %s",
                (key_id,),
            )
    return len(rows)


def pass_on(ids: Sequence[str], root: RootId, to: Sequence[Recipient]) -> int:
    """Seal these keys of people to more agencies, as far as they open in this request; how many opened."""
    opened = open_data_keys(ids)
    for key_id, secret in sorted(opened.items()):
        seal_data_key(secret, data_key=key_id, root=root, to=to)
    return len(opened)


def key_of_agency(agency: AgencyId) -> DataKey:
    """The key for journal bodies of an agency that belong to no root."""
    return _in_use("agency_id", agency, Compartment.GENERAL)


def keys(ids: Iterable[str]) -> Mapping[str, DataKey | Erased | Shut]:
    """These keys, or that they are destroyed or shut; those that the context may not see are left out.

    One query; one more, where something is unlocked and one of them is sealed to people.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, coalesce(root_id, agency_id)::text, compartment, wrapped, destroyed_at"
            " FROM data_key WHERE id = ANY(%s::uuid[]) ORDER BY id",
            (sorted(set(ids)),),
        )
        rows = cursor.fetchall()
    ring = keyring() if rows else None
    opened = open_data_keys(row[0] for row in rows if row[3] is None and row[4] is None)
    return {row[0]: _found(*row, ring=ring, opened=opened) for row in rows}


def destroy_key(root: RootId, compartment: Compartment, *, because: str) -> int:
    """Destroy all keys of this compartment: from now on nobody reads what they sealed. How many there were.

    The wrapped key stays in backups until they expire.
    """
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM data_key_share WHERE root_id = %s AND data_key_id IN"
            " (SELECT id FROM data_key WHERE root_id = %s AND compartment = %s)",
            (root, root, compartment.value),
        )
        cursor.execute(
            "UPDATE data_key SET wrapped = NULL, destroyed_at = clock_timestamp(), destroyed_because = %s"
            " WHERE root_id = %s AND compartment = %s AND destroyed_at IS NULL",
            (because, root, compartment.value),
        )
        return int(cursor.rowcount)


def rewrap_keys(*, at_most: int) -> int:
    """Wrap keys that hang on an older installation key under the current one; how many were done now."""
    ring = keyring()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, coalesce(root_id, agency_id)::text, compartment, wrapped FROM data_key"
            " WHERE wrapped IS NOT NULL AND kept_by = 'installation' AND substr(wrapped, 1, 8) <> %s"
            " ORDER BY id LIMIT %s FOR UPDATE",
            (ring.current.id, at_most),
        )
        rows = cursor.fetchall()
        for key_id, owner, compartment, wrapped in rows:
            aad = data_key_aad(data_key_id=key_id, root_id=owner, compartment=compartment)
            cursor.execute(
                "UPDATE data_key SET wrapped = %s WHERE id = %s", (ring.rewrap(wrapped, aad=aad), key_id)
            )
    return len(rows)


def name_indexes(texts: Iterable[str]) -> list[bytes]:
    """The keyed hashes under which these texts are written down, in their order."""
    key = keyring().derived(KeyUse.NAME_INDEX)[0]
    return [name_index(text, key) for text in texts]


def name_indexes_to_search(texts: Sequence[str]) -> list[list[bytes]]:
    """Those under which they may stand: one list for each installation key, while keys are being changed."""
    return [[name_index(text, key) for text in texts] for key in keyring().derived(KeyUse.NAME_INDEX)]


def keyring() -> Keyring:
    """The installation keys that the settings name. Refuses: KeyRefused, if one can't be used."""
    file = Path(settings.INSTALLATION_KEY_FILE)
    return _keyring(settings.INSTALLATION_KEY, file, _stamp(file))


def _stamp(file: Path) -> tuple[int, int]:
    """Another one when a key was added, replaced or taken away: each process then reads them anew, and none is restarted.

    The time of the folder alone is too coarse: one who reads between two steps of the same tick would never see the second.
    """
    return _seen(file.parent)[0], _seen(file)[1]


def _seen(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino


def secret_draw() -> Callable[[str], int]:
    """A number for each name, the same one while the installation key is: nobody foresees it who lacks the key."""
    key = keyring().current.derived(KeyUse.STATISTICS_DRAW)
    return lambda name: int.from_bytes(name_index(name, key), "big")


def childs_code_indexes(signs: str) -> list[bytes]:
    """Under what the code of a child's page, or its beginning, may be found: it tells nobody the code.

    One for each installation key, the current one first: that under which a new code is written down.
    """
    return [name_index(signs, key) for key in keyring().derived(KeyUse.CHILDS_CODE)]


def peppers_of_codes() -> tuple[bytes, ...]:
    """The keys under which codes of reports are found, the current first. They lie outside the database."""
    return keyring().derived(KeyUse.WAY_BACK)


def token() -> Token | None:
    """The token that keeps installation keys shut, where the operator has named one."""
    module, pin = settings.PKCS11_MODULE, settings.PKCS11_PIN_FILE
    return None if module is None or pin is None else Token(module, settings.PKCS11_TOKEN, pin)


def make_installation_key() -> None:
    """At the first start: make the installation key, unless the operator gave one or it is there."""
    file = Path(settings.INSTALLATION_KEY_FILE)
    if settings.INSTALLATION_KEY is None and not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        InstallationKey.create_file(file, token=token())


def forget_installation_keys() -> None:
    """Read the key files anew at the next use: after a key was added or taken away."""
    _keyring.cache_clear()


@lru_cache(maxsize=4)
def _keyring(text: str | None, file: Path, stamp: tuple[int, int]) -> Keyring:
    """The current one is read first: one that is taking its place has left it among the older ones by then."""
    if text is None:
        current = InstallationKey.from_file(file, token=token())
    else:
        current = InstallationKey.from_text(text, named="ENCIRCLE_INSTALLATION_KEY")
    return Keyring(
        current, tuple(InstallationKey.from_file(path, token=token()) for path in older_keys(file))
    )


def _in_use(column: str, owner: str, compartment: Compartment) -> DataKey:
    found = _find(column, owner, compartment)
    if found is None:
        _make(column, owner, compartment)
        found = _find(column, owner, compartment)
    if found is None:
        raise LookupError(f"no key of {compartment.value} could be made in this context")
    return found


def _find(column: str, owner: str, compartment: Compartment) -> DataKey | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id::text, wrapped FROM data_key WHERE {column} = %s AND compartment = %s"  # nosec B608  # two names
            " AND retired_at IS NULL AND destroyed_at IS NULL ORDER BY id",
            (owner, compartment.value),
        )
        row = cursor.fetchone()
    return None if row is None else _unwrapped(row[0], owner, compartment.value, row[1])


def _make(column: str, owner: str, compartment: Compartment) -> None:
    """Make a key; if somebody else makes one at the same moment, theirs stays and ours is forgotten."""
    key_id = str(uuid4())
    aad = data_key_aad(data_key_id=key_id, root_id=owner, compartment=compartment.value)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO data_key (id, {column}, compartment, kept_by, wrapped)"  # nosec B608  # two names
            " VALUES (%s, %s, %s, 'installation', %s) ON CONFLICT DO NOTHING",
            (key_id, owner, compartment.value, keyring().wrap(new_data_key(), aad=aad)),
        )


def _found(
    key_id: str,
    owner: str,
    compartment: str,
    wrapped: bytes | None,
    destroyed_at: datetime | None,
    *,
    ring: Keyring | None,
    opened: Mapping[str, bytes],
) -> DataKey | Erased | Shut:
    if destroyed_at is not None:
        return Erased(destroyed_at)
    if wrapped is not None:
        return _unwrapped(key_id, owner, compartment, wrapped, ring=ring)
    return DataKey(key_id, owner, compartment, opened[key_id]) if key_id in opened else Shut()


def _unwrapped(
    key_id: str, owner: str, compartment: str, wrapped: bytes, *, ring: Keyring | None = None
) -> DataKey:
    aad = data_key_aad(data_key_id=key_id, root_id=owner, compartment=compartment)
    return DataKey(key_id, owner, compartment, (ring or keyring()).unwrap(wrapped, aad=aad))
