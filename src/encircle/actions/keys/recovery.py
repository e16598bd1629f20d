"""Recovery by two of three institutions: enrolled, rehearsed, and done when nobody of an agency opens its key.

Jobs of whoever runs the installation, with two people of institutions beside them who bring their private keys. A
private key of an institution is never stored here; while a recovery is done, this process holds what it opens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.account import OPERATOR, NoSuchAccount
from encircle.actions.keys.recovery_file import open_recovery_file, read_recovery_file, refused
from encircle.actions.people_keys import forget_passphrase
from encircle.core.journal.entry import EntryKind
from encircle.crypto import people as crypto
from encircle.crypto.report import name_of_key
from encircle.crypto.sealed import SealBroken
from encircle.records import journal, recovery
from encircle.records.agency_keys import nobody_else_has
from encircle.records.context import with_context
from encircle.records.models import AgencyKey, MemberKey, RecoveryKey
from encircle.records.people_keys import seal_agency_key
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose

SEATS: Final = recovery.SEATS


@dataclass(frozen=True, slots=True)
class Institution:
    """One that holds a key of recovery. `fingerprint`: by which it compares its own."""

    code: str
    fingerprint: str
    rehearsed: datetime | None


@dataclass(frozen=True, slots=True)
class Recovery:
    """How things stand. `without`: agencies with a key of which there is no whole set of copies yet."""

    institutions: tuple[Institution, ...]
    agencies: int
    without: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether any two of the three could bring back every key."""
        return len(self.institutions) == SEATS and not self.without


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What two keys opened: of so many copies. `institutions`: whose keys they were."""

    institutions: tuple[str, ...]
    copies: int
    opened: int

    @property
    def is_passed(self) -> bool:
        """Whether everything opened, and there was something to open."""
        return self.copies == self.opened > 0


def enrol(code: str, public: Path) -> str:
    """Let this institution hold a key of recovery; its fingerprint. Refuses: RecoveryRefused, a fourth one."""
    found = read_recovery_file(public)
    if len(found) != crypto.PUBLIC_BYTES:
        raise refused("recovery_file", f"{public} holds no public key.", "Give the file that ends in .pub.")
    with with_context(agency=None, actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        seats = list(RecoveryKey.objects.filter(Q(ended_at=None)))
        free = sorted({1, 2, 3} - {one.seat for one in seats})
        if any(one.institution == code or bytes(one.public) == found for one in seats):
            raise refused(
                "institution_stands", "This institution, or this key, is enrolled.", "End it first."
            )
        if not free:
            raise refused("three_stand", "Three institutions are enrolled.", "End one of them first.")
        RecoveryKey.objects.create(id=str(uuid4()), seat=free[0], institution=code, public=found)
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="recovery_enrolled"), ctx=context)
    return name_of_key(found).hex()


def end(code: str) -> int:
    """Take an institution out; the copies that its key helps to open are deleted. How many there were.

    Refuses: RecoveryRefused.
    """
    with with_context(agency=None, actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        row = RecoveryKey.objects.filter(Q(institution=code, ended_at=None)).first()
        if row is None:
            raise refused(
                "no_institution", "No institution of this code is enrolled.", "Look at the code again."
            )
        gone = recovery.drop_copies_of(str(row.pk))
        RecoveryKey.objects.filter(pk=row.pk).update(ended_at=Now())
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="recovery_ended"), ctx=context)
    return gone


def recovery_stands() -> Recovery:
    """Who is enrolled, and of which agencies' keys there are no copies yet."""
    with with_context(agency=None, actor=OPERATOR, purpose=Purpose.OPERATE.value):
        seats = RecoveryKey.objects.filter(Q(ended_at=None)).order_by("seat")
        return Recovery(
            tuple(
                Institution(one.institution, name_of_key(bytes(one.public)).hex(), one.rehearsed_at)
                for one in seats
            ),
            AgencyKey.objects.filter(Q(retired_at=None)).count(),
            recovery.agencies_without_copy(),
        )


def rehearse(keys: Sequence[tuple[Path, str]]) -> Rehearsed:
    """Whether these two private keys open every copy that is for them. Writes that it was tried, and nothing else.

    `keys`: two files, each with its passphrase. Refuses: RecoveryRefused.
    """
    pairs = _two(keys)
    with with_context(agency=None, actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        of = _institutions(pairs)
        found = recovery.copies(list(of))
        opened = sum(_opens(copy, of) for copy in found)
        told = Rehearsed(tuple(sorted(row.institution for row, _ in of.values())), len(found), opened)
        if told.is_passed:
            RecoveryKey.objects.filter(pk__in=list(of)).update(rehearsed_at=Now())
        outcome = "recovery_rehearsed" if told.is_passed else "recovery_rehearsal_failed"
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome=outcome), ctx=context)
    return told


def restore(login: str, keys: Sequence[tuple[Path, str]]) -> None:
    """Give the key of their agency to this person, who has set a passphrase of their own; an older one with it.

    Refuses: RecoveryRefused; NoSuchAccount, where nobody of that login has a passphrase.
    """
    pairs = _two(keys)
    with with_context(agency=None, actor=OPERATOR, purpose=Purpose.OPERATE.value):
        mine = _key_of(login)
        agency = AgencyId(str(mine.agency_id))
        of = _institutions(pairs)
        found = recovery.copies(list(of), agency=agency)
    if not found:
        raise refused(
            "no_copy", "Of this agency's key there is no copy for these two.", "Look: encircle recovery show"
        )
    opened = [(copy, _open(copy, of)) for copy in found]
    with with_context(agency=agency, actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        key_id, public = str(mine.pk), bytes(mine.public)
        for copy, theirs in opened:
            seal_agency_key(theirs, agency=agency, key=copy.key, member_key=key_id, public=public)
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="agency_key_recovered"), ctx=context)


def forget(login: str) -> bool:
    """End the key of somebody who lost the passphrase, so that they set a new one; whether their agency has others left.

    Refuses: NoSuchAccount; RecoveryRefused, where they hold the last key and no copy for recovery is there.
    """
    with with_context(agency=None, actor=OPERATOR, purpose=Purpose.OPERATE.value):
        mine = _key_of(login)
        is_last = nobody_else_has(AgencyId(str(mine.agency_id)), Q(member_key=mine.pk))
        code = str(mine.agency.code)
        if is_last and code in recovery.agencies_without_copy():
            raise refused(
                "last_holder",
                "Nobody else has the key of this agency, and there is no copy for recovery.",
                "Without the passphrase what is sealed to this agency is lost; keep the key, it may be remembered.",
            )
    agency = AgencyId(str(mine.agency_id))
    with with_context(agency=agency, actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        forget_passphrase(str(mine.pk))
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="passphrase_forgotten"), ctx=context)
    return not is_last


def _key_of(login: str) -> MemberKey:
    row = (
        MemberKey.objects.filter(Q(person__account__login=login, ended_at=None))
        .select_related("agency")
        .first()
    )
    if row is None:
        raise NoSuchAccount(
            code="no_passphrase",
            reason="Nobody of this login has set a passphrase.",
            instead="They sign in and set one first: account, keys.",
        )
    return row


def _two(keys: Sequence[tuple[Path, str]]) -> list[crypto.KeyPair]:
    pairs = [open_recovery_file(path, passphrase) for path, passphrase in keys]
    if len({pair.public for pair in pairs}) != 2:
        raise refused("two_keys", "Two keys of different institutions are needed.", "Give two files.")
    return pairs


def _institutions(pairs: Sequence[crypto.KeyPair]) -> dict[str, tuple[RecoveryKey, crypto.KeyPair]]:
    """By the id of their rows: whose keys these are. Refuses: RecoveryRefused, one that is not enrolled."""
    by_public = {pair.public: pair for pair in pairs}
    rows = [row for row in RecoveryKey.objects.filter(Q(ended_at=None)) if bytes(row.public) in by_public]
    if len(rows) != len(pairs):
        raise refused(
            "not_enrolled", "One of these keys is not enrolled here.", "Look: encircle recovery show"
        )
    return {str(row.pk): (row, by_public[bytes(row.public)]) for row in rows}


def _open(copy: recovery.Copy, of: dict[str, tuple[RecoveryKey, crypto.KeyPair]]) -> crypto.KeyPair:
    try:
        return recovery.open_copy(copy, of[copy.outer][1], of[copy.inner][1])
    except SealBroken as broken:
        raise refused(
            "copy_broken", "The copy does not open: it was altered.", "Try another two."
        ) from broken


def _opens(copy: recovery.Copy, of: dict[str, tuple[RecoveryKey, crypto.KeyPair]]) -> bool:
    try:
        recovery.open_copy(copy, of[copy.outer][1], of[copy.inner][1])
    except SealBroken:
        return False
    return True
