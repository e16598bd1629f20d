"""Installation keys: which there are, a new one, moving what hangs on an older one, and whether a safe copy opens all.

Jobs of whoever runs the installation. The pages go on meanwhile: each process reads the keys anew when one was added.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from encircle.actions.keys import is_under_current_key, open_second_factor, seal_second_factor
from encircle.core.journal.entry import EntryKind
from encircle.crypto.keyring import (
    InstallationKey,
    KeyMissing,
    Keyring,
    data_key_aad,
    older_keys,
    retire_key,
    rotate_key,
)
from encircle.crypto.sealed import SealBroken
from encircle.records import journal, moving_keys, names, seal
from encircle.records.context import with_context
from encircle.records.facts import facts_of_each
from encircle.records.moving_keys import PURPOSE
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

ACTOR = "keys"
AT_ONCE = 200
FIRST = "00000000-0000-0000-0000-000000000000"
Tell = Callable[[str], None]


class KeyInUse(Refused):
    """An older key that something still hangs on."""


@dataclass(frozen=True, slots=True)
class KeyShown:
    """One installation key. `made`: when its file was; None where it stands in a setting. `data_keys`: wrapped under it."""

    id: bytes
    is_current: bool
    is_here: bool
    made: datetime | None
    data_keys: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What now hangs on the current key that did not before. `names`: records whose names were looked through."""

    data_keys: int
    factors: int
    names: int


@dataclass(frozen=True, slots=True)
class Drill:
    """What a safe copy opens: of so many data keys. `without`: what a key made up on the spot opens, which is none."""

    key: bytes
    data_keys: int
    opened: int
    without: int

    @property
    def is_passed(self) -> bool:
        """Whether the copy opens everything, and nothing opens without it."""
        return self.opened == self.data_keys and self.without == 0


def keys_shown() -> tuple[KeyShown, ...]:
    """The keys of this installation and those that it lacks, the current one first."""
    ring, hangs = seal.keyring(), _hanging()
    file = Path(settings.INSTALLATION_KEY_FILE)
    made = {InstallationKey.from_file(path, token=seal.token()).id: _made(path) for path in older_keys(file)}
    now = _made(file) if settings.INSTALLATION_KEY is None else None
    here = [KeyShown(ring.current.id, True, True, now, hangs.get(ring.current.id, 0))]
    here += [
        KeyShown(key.id, False, True, made.get(key.id), hangs.get(key.id, 0))
        for key in ring.older
        if key.id != ring.current.id
    ]
    known = {one.id for one in here}
    return (
        *here,
        *(KeyShown(key, False, False, None, many) for key, many in hangs.items() if key not in known),
    )


def make_new_key() -> bytes:
    """A new current key; the one before stays beside it as an older one. Its id.

    Refuses: Refused, where the key stands in a setting, which only its owner can change.
    """
    if settings.INSTALLATION_KEY is not None:
        raise Refused(
            code="key_in_a_setting",
            reason="The installation key stands in the setting ENCIRCLE_INSTALLATION_KEY.",
            instead="Put the line of today's key into the file keys/installation-key.older-1 of the data folder, the new "
            "one into the setting, start Encircle again, and then: encircle keys move",
        )
    made = rotate_key(Path(settings.INSTALLATION_KEY_FILE), token=seal.token())
    _enter("installation_key_made")
    return made.id


def move_everything(tell: Tell) -> Moved:
    """Let everything hang on the current key. Stopped, it is asked again and goes on. Tells how far it is.

    What is written meanwhile is under the current key already.
    """
    data_keys = _move_data_keys(tell)
    factors = sum(map(_move_factor, _factors()))
    looked = _move_names(tell)
    data_keys += _move_data_keys(tell)  # of what was being written while the key was new
    _enter("installation_key_moved")
    return Moved(data_keys, factors, looked)


def retire(key_id: bytes, *, give_up_codes: bool = False) -> Path:
    """Take an older key out of use, after a last move. Where its file lies then.

    Refuses: KeyInUse, while data keys hang on it, or children have codes that were given under it, which cannot be moved
    as nobody knows them (unless `give_up_codes`); KeyRefused, an id that no older key has.
    """
    move_everything(lambda said: None)
    file = Path(settings.INSTALLATION_KEY_FILE)
    hangs = _hanging().get(key_id, 0)
    if hangs:
        raise KeyInUse(
            code="key_in_use",
            reason=f"{hangs} data keys hang on the key {key_id.hex()}.",
            instead="Ask again: encircle keys move",
        )
    with with_context(agency=None, actor=ACTOR, purpose=PURPOSE) as context:
        # Of a key in a setting nobody knows since when it is there: each code that runs may hang on the older one.
        since = _made(file) if settings.INSTALLATION_KEY is None else context.now
        codes = moving_keys.codes_given_before(since)
    if codes and not give_up_codes:
        raise KeyInUse(
            code="codes_in_use",
            reason=f"{codes} children have a code, for their page or for a report, that was given before today's key was "
            "made. Nobody knows a code but the child, so that it cannot be moved.",
            instead="Give these children new codes first, or say that theirs shall open nothing: --give-up-codes",
        )
    aside = retire_key(file, key_id, token=seal.token())
    _enter("installation_key_retired")
    return aside


def prepare_token() -> bool:
    """Make the key in the token that shuts installation keys; whether it was made. Refuses: Refused, where none is named."""
    token = seal.token()
    if token is None:
        raise Refused(
            code="no_token",
            reason="No token is named.",
            instead="Set ENCIRCLE_PKCS11_MODULE, ENCIRCLE_PKCS11_TOKEN and ENCIRCLE_PKCS11_PIN_FILE first.",
        )
    return token.prepare()


def copy_key(path: Path) -> bytes:
    """Write the bare current key into a new file, for the safe; its id. It is journalled. Refuses: KeyRefused."""
    current = seal.keyring().current
    current.copy_to(path)
    _enter("installation_key_copied")
    return current.id


def drill(copy: Path) -> Drill:
    """Whether the key in that file opens every data key of this database, as after a loss. Nothing is written.

    Refuses: KeyRefused, a file that holds no usable key.
    """
    with_it = Keyring(
        InstallationKey.from_file(copy), tuple(map(InstallationKey.from_file, older_keys(copy)))
    )
    made_up = Keyring(InstallationKey.of(os.urandom(32)))
    (tried, opened), (_, without) = _tried(with_it), _tried(made_up)
    return Drill(with_it.current.id, tried, opened, without)


def make_sure_of_keys() -> None:
    """At each start: the first one makes the key, every later one asks that each key is here on which something hangs.

    No key is ever made beside a database that was sealed under another.
    Refuses: KeyMissing, with the ids of those that are not here, and the way to bring them back; KeyRefused.
    """
    if settings.INSTALLATION_KEY is None and not Path(settings.INSTALLATION_KEY_FILE).exists():
        missing = [KeyShown(key, False, False, None, many) for key, many in _hanging().items()]
    else:
        missing = [one for one in keys_shown() if not one.is_here]
    if missing:
        raise _lost(missing)
    seal.make_installation_key()


def _lost(keys: list[KeyShown]) -> KeyMissing:
    """A start without a key on which something hangs is refused, and says how it is brought back."""
    named = ", ".join(f"{one.id.hex()} ({one.data_keys} data keys)" for one in keys)
    return KeyMissing(
        code="key_missing",
        reason=f"This installation was sealed under a key that is not here: {named}. Nothing was changed.",
        instead=f"Put it back from its safe copy as {Path(settings.INSTALLATION_KEY_FILE)}, mode 0600, and try it first: "
        "encircle keys drill --copy FILE. Without it nobody can read what was sealed (docs/operator/keys.md).",
    )


def _hanging() -> dict[bytes, int]:
    with with_context(agency=None, actor=ACTOR, purpose=PURPOSE):
        return dict(moving_keys.hanging())


def _move_data_keys(tell: Tell) -> int:
    done = 0
    while True:
        with with_context(agency=None, actor=ACTOR, purpose=PURPOSE):
            moved = seal.rewrap_keys(at_most=AT_ONCE)
        if not moved:
            return done
        done += moved
        tell(f"{done} data keys hang on the new key.")


def _factors() -> list[moving_keys.Factor]:
    with with_context(agency=None, actor=ACTOR, purpose=PURPOSE):
        return list(moving_keys.factors())


def _move_factor(factor: moving_keys.Factor) -> bool:
    if is_under_current_key(factor.sealed):
        return False
    again = seal_second_factor(open_second_factor(factor.sealed))
    with with_context(agency=None, actor=ACTOR, purpose=PURPOSE):
        return moving_keys.reseal_factor(factor, sealed=again)


def _move_names(tell: Tell) -> int:
    done, after = 0, FIRST
    while True:
        with with_context(agency=None, actor=ACTOR, purpose=Purpose.REBUILD.value):
            roots = moving_keys.named_roots(after=after, at_most=AT_ONCE)
            if roots:
                names.index_each(facts_of_each(roots))
        if not roots:
            return done
        done, after = done + len(roots), roots[-1]
        tell(f"The names of {done} records are found by the new key.")


def _tried(ring: Keyring) -> tuple[int, int]:
    """How many data keys there are, and how many these keys open."""
    tried, opened, after = 0, 0, FIRST
    while True:
        with with_context(agency=None, actor=ACTOR, purpose=PURPOSE):
            found = moving_keys.wrapped_keys(after=after, at_most=AT_ONCE)
        if not found:
            return tried, opened
        tried, opened, after = (
            tried + len(found),
            opened + sum(_opens(ring, one) for one in found),
            found[-1].id,
        )


def _opens(ring: Keyring, one: moving_keys.Wrapped) -> bool:
    aad = data_key_aad(data_key_id=one.id, root_id=one.owner, compartment=one.compartment)
    try:
        ring.unwrap(one.wrapped, aad=aad)
    except (KeyMissing, SealBroken):
        return False
    return True


def _made(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _enter(outcome: str) -> None:
    with with_context(agency=None, actor=ACTOR, purpose=PURPOSE) as context:
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome=outcome), ctx=context)
