"""The door: somebody reports, is given a code, and comes back with it. Neither who they are nor the minute is kept."""

import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID, uuid4, uuid5

from django.conf import settings

from encircle.actions.reports import files
from encircle.actions.reports.files import File, file_told
from encircle.actions.reports.flood import ARRIVALS, numbers_of
from encircle.actions.reports.receiving import Taken, are_enough, desk_of, receivers, taken_by
from encircle.actions.reports.slow_lane import LANE
from encircle.actions.whose_law import law_for
from encircle.crypto import report as sealing
from encircle.crypto import way_back
from encircle.crypto.people import KeyPair
from encircle.records import reports as rows
from encircle.records.complaints import Standing, standing_of
from encircle.records.context import Context, with_context
from encircle.records.refusal import RuleBroken, rules_told
from encircle.records.reports import Open, Recipient, Seal
from encircle.records.seal import peppers_of_codes
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

LONGEST: Final = 20_000
"""So many signs of one message are kept."""
FEWEST: Final = 2
"""So many agencies have to be enrolled before the door opens: one person on leave is else one child who is not heard."""
FILE: Final = "file"
"""The kind of a part that tells where a file lies and what opens it."""
ANSWERS: Final = ("yes", "no", "unknown")
_NONCE_BYTES, _SIGN_BYTES = 16, 12
SPACE = UUID("6f1f2a0e-9a57-5d2f-8d0b-5c1d4b7e9f30")
_LAST = 1_000_000_000
"""The place within its hour of what has none: after the talk from which a report came."""
_SIGN = b"encircle/door-form/1"
Opened = TypeVar("Opened")


class DoorShut(Refused):
    """Fewer than two agencies are enrolled and have their key in use: nobody is sure to read it."""

    def __init__(self) -> None:
        super().__init__(
            code="door_shut",
            reason="Nobody can receive reports here yet.",
            instead="Call a helpline, or tell an adult whom you trust.",
        )


class FormTooOld(Refused):
    """The form was not made here, or the key of this installation has changed since."""

    def __init__(self) -> None:
        super().__init__(
            code="form_too_old", reason="This form is too old.", instead="Press the button once more."
        )


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody reports. `who`: for whom, as a code; `picked`: codes of pictures; `parts`: answers kept apart."""

    text: str = ""
    who: str = ""
    picked: tuple[str, ...] = ()
    language: str = "en"
    danger: str = "unknown"
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """The way back, in both writings."""

    words: str
    digits: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `theirs`: from those who read the report; `picked`, `who`, `parts`: see `Account`."""

    text: str
    theirs: bool
    picked: tuple[str, ...] = ()
    who: str = ""
    hour: datetime | None = None
    kind: str = "message"
    file: File | None = None
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the code opens: the messages in both directions, whether a person has read it, and how far it has come.

    `complaint`: what became of it, where it is one.
    """

    said: tuple[Said, ...]
    is_read: bool
    complaint: Standing | None = None
    is_talk: bool = False
    state: str = ""


def is_open() -> bool:
    """Whether enough agencies are enrolled."""
    with with_context(agency=None, actor=rows.ACTOR, purpose=Purpose.DOOR.value):
        return are_enough(rows.recipients(), Purpose.TRIAGE, fewest=FEWEST)


def new_form() -> str:
    """What a form carries instead of a session: random bytes with our sign, from which its code will follow."""
    nonce = os.urandom(_NONCE_BYTES)
    return urlsafe_b64encode(nonce + _signed(nonce)).decode()


def is_form(form: str) -> bool:
    """Whether that form was made here."""
    try:
        nonce_of(form)
    except FormTooOld:
        return False
    return True


def send(form: str, account: Account) -> Code:
    """Seal the report to all recipients and to its code; the code. Sent twice it is one report, with all that was said.

    Refuses: DoorShut, FormTooOld.
    """
    nonce = nonce_of(form)
    try:
        return _sent(nonce, account)
    except RuleBroken:  # an agency took a new key in this moment: the next reading has it
        return _sent(nonce, account)


def _sent(nonce: bytes, account: Account) -> Code:
    code = code_of_form(nonce)
    with begun(code, account) as (report, key, is_new, context):
        plain = plain_of(account)
        part = str(uuid5(SPACE, report.id + "/" + hmac.digest(key, plain, "sha256").hex()))
        added = add_part(report.id, part, "account", plain, key, context)
        if (_add_files(report.id, nonce, key, context) or added) and not is_new:
            rows.wait_again()
    return code_in_words(code)


def code_of_form(nonce: bytes) -> bytes:
    """The secret of the form with these random bytes: sent twice, it has the same."""
    return way_back.drawn_code(nonce, key=peppers_of_codes()[0])


def code_in_words(code: bytes) -> Code:
    """In both writings."""
    return Code(way_back.in_words(code), way_back.in_digits(code))


@contextmanager
def begun(
    code: bytes, account: Account, *, state: str = "arrived", context: Context | None = None
) -> Iterator[tuple[Open, bytes, bool, Context]]:
    """The report of that code with its key, and whether it begins here; in one transaction, or in that of `context`.

    Refuses: DoorShut.
    """
    pair, index = way_back.pair_of_code(code), way_back.code_index(code, pepper=peppers_of_codes()[0])
    with rows.at_the_door(index, within=context) as inside:
        before = rows.report_at_the_door()
        key = _begin(code, pair, account, inside, state) if before is None else key_of(before.id, pair)
        report = before or rows.report_at_the_door()
        assert report is not None, "It was written just now."
        yield report, key, before is None, inside


def part_of_form(form: str, report: str) -> str:
    """The id of what that form adds to that report: sent twice, it is added once. Refuses: FormTooOld."""
    return str(uuid5(uuid5(SPACE, nonce_of(form).hex()), report))


def countersigned(form: str, what: bytes) -> str:
    """A word which shows that this form came from a page that stated `what`. Refuses: FormTooOld."""
    return hmac.digest(peppers_of_codes()[0], _SIGN + what + nonce_of(form), "sha256")[:_SIGN_BYTES].hex()


def open_inbox(typed: str) -> Inbox | None:
    """What that code opens; None for each that opens nothing, whatever the reason."""
    return with_code(typed, lambda report, key, _context: _inbox(report, key))


def write_back(typed: str, words: str, *, form: str) -> Inbox | None:
    """Add words, and the files of the form, to one's own report; the inbox with them. The same form adds once.

    Refuses: FormTooOld.
    """
    nonce = nonce_of(form)

    def add(report: Open, key: bytes, context: Context) -> Inbox:
        if report.state == rows.TALK:
            return _inbox(report, key)
        plain = plain_of(Account(text=words))
        named = part_of_form(form, report.id)
        added = bool(words.strip()) and add_part(report.id, named, "message", plain, key, context)
        if _add_files(report.id, nonce, key, context) or added:
            rows.wait_again()
        return _inbox(report, key)

    return with_code(typed, add)


def _begin(code: bytes, pair: KeyPair, account: Account, context: Context, state: str) -> bytes:
    """Write the report down with a key of its own; the key of the one that the same form has begun meanwhile."""
    purpose = Purpose.TALK if state == rows.TALK else Purpose.TRIAGE
    enrolled = receivers(purpose, also=context.agency)
    if not are_enough(enrolled, purpose, fewest=FEWEST):
        raise DoorShut
    report, key = str(uuid4()), sealing.new_report_key()
    danger = account.danger if account.danger in ANSWERS else "unknown"
    taken = (
        Taken(desk_of(report, enrolled, purpose))
        if purpose is Purpose.TALK
        else taken_by(report, enrolled, in_danger=danger == "yes", at=context.now)
    )
    begun = rows.add_report(
        report,
        index=way_back.code_index(code, pepper=peppers_of_codes()[0]),
        reply_key=pair.public,
        language=account.language,
        danger=danger,
        owner=taken.desk,
        out_of_hours=taken.out_of_hours,
        held=state == "arrived" and context.agency is None and _is_suspected(account, context),
        ctx=context,
        state=state,
    )
    if not begun:
        found = rows.report_at_the_door()
        assert found is not None, "It is in the way of this one."
        return key_of(found.id, pair)
    to = [(one.agency, one.public_key) for one in enrolled]
    sealed = [(None, pair.public), *to]
    made = [(agency, sealing.seal_report_key(key, public, report=report)) for agency, public in sealed]
    with rules_told():
        rows.add_seals(report, tuple(Seal(agency, one.recipient_key, one.sealed) for agency, one in made))
    return key


def with_code(typed: str, then: Callable[[Open, bytes, Context], Opened]) -> Opened | None:
    """What is done with the report of that code, its key and the transaction; None, where it opens nothing.

    What cannot be a code is looked up too, so that it takes the same time.
    """
    LANE.enter()
    instead = way_back.new_code()
    code = way_back.read_code(typed) or instead
    for pepper in peppers_of_codes():
        with rows.at_the_door(way_back.code_index(code, pepper=pepper)) as context:
            found = rows.report_at_the_door()
            if found is not None:
                return then(found, key_of(found.id, way_back.pair_of_code(code)), context)
    LANE.opened_nothing()
    return None


def _inbox(report: Open, key: bytes) -> Inbox:
    return Inbox(
        tuple(said_in(report.id, key)),
        report.state != "arrived",
        standing_of(report.id),
        report.state == rows.TALK,
        report.state,
    )


def said_in(report: str, key: bytes, *, notes: bool = False) -> Iterator[Said]:
    """The messages of a report, opened with its key, in the order in which they came.

    `notes`: also what a desk has noted for desks. What a caller said is theirs, whoever has written it down.
    """
    found = []
    for one in rows.parts_of(report):
        opened = sealing.open_part(one.sealed, key=key, report=report, part=one.id, kind=one.kind)
        said = json.loads(opened)
        if one.kind != "note" or notes:
            found.append((one.hour, int(said.get("place", _LAST)), one, said))
    for hour, _place, one, said in sorted(found, key=lambda each: each[:2]):
        picked = tuple(said.get("picked", ()))
        theirs = one.from_desk and one.kind != "account"
        file = file_told(one.id, said["file"]) if one.kind == FILE else None
        parts = said.get("parts", {})
        yield Said(said["text"], theirs, picked, said.get("who", ""), hour, one.kind, file, parts)


def _is_suspected(account: Account, context: Context) -> bool:
    """Whether it comes in a flood of reports that are alike; never where there is danger, or practice sets no number."""
    numbers = numbers_of(law_for(settings.COUNTRY), context.now)
    if numbers is None:
        return False
    many, alike = numbers
    codes = (*account.picked, account.who)
    return ARRIVALS.is_suspected(
        account.text, codes, in_danger=account.danger == "yes", many=many, alike=alike
    )


def owner_of(report: str, enrolled: tuple[Recipient, ...]) -> AgencyId:
    """The desk that answers for it: each in its turn by chance, so that nothing has to be counted together."""
    return enrolled[UUID(report).int % len(enrolled)].agency


def key_of(report: str, pair: KeyPair) -> bytes:
    """The key of a report, opened with what follows from its code."""
    (own,) = rows.seals_of(report, None).values()
    return sealing.open_report_key(pair, own, report=report)


def add_part(report: str, part: str, kind: str, plain: bytes, key: bytes, context: Context) -> bool:
    """Whether it is new: a form that is sent twice makes nothing unread again."""
    sealed = sealing.seal_part(plain, key=key, report=report, part=part, kind=kind)
    return rows.add_part(report, part, kind, sealed, ctx=context)


def _add_files(report: str, nonce: bytes, key: bytes, context: Context) -> bool:
    """What waits for the form becomes part of the report, sealed as the report is; whether anything did."""
    taken = files.taken_along(nonce)
    for one in taken:
        plain = json.dumps({"text": "", "file": one.told}).encode()
        add_part(report, one.id, FILE, plain, key, context)
    return bool(taken)


def files_waiting(form: str) -> tuple[File, ...]:
    """The files that wait for that form. Refuses: FormTooOld."""
    return files.waiting(nonce_of(form))


def keep_files(form: str, taken: tuple[files.Taking, ...]) -> tuple[str, ...]:
    """Let these wait for that form; codes of what could not be kept, see `files.keep`. Refuses: FormTooOld."""
    return files.keep(nonce_of(form), taken)


def leave_file_out(form: str, file: str) -> None:
    """Delete one that waits for that form. Refuses: FormTooOld."""
    files.leave_out(nonce_of(form), file)


def plain_of(account: Account) -> bytes:
    """What of it is sealed."""
    text = account.text[:LONGEST].encode("utf-8", "replace").decode()
    told: dict[str, object] = {"text": text, "who": account.who, "picked": list(account.picked)}
    if account.parts:
        told["parts"] = {code: one.encode("utf-8", "replace").decode() for code, one in account.parts.items()}
    return json.dumps(told, sort_keys=True).encode()


def _signed(nonce: bytes) -> bytes:
    return hmac.digest(peppers_of_codes()[0], _SIGN + nonce, "sha256")[:_SIGN_BYTES]


def nonce_of(form: str) -> bytes:
    """The random bytes of that form. Refuses: FormTooOld."""
    try:
        held = urlsafe_b64decode(form.encode("ascii", "replace"))
    except (Error, ValueError) as wrong:
        raise FormTooOld from wrong
    nonce = held[:_NONCE_BYTES]
    if not hmac.compare_digest(held[_NONCE_BYTES:], _signed(nonce)):
        raise FormTooOld
    return nonce
