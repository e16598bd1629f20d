"""Files at the door: sealed while they come in, waiting for their form, sent with it, opened by who opens the report."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import Final
from uuid import UUID, uuid5
from weakref import finalize

from encircle.crypto import way_back
from encircle.crypto.pieces import PIECE_BYTES, Sealing, open_piece
from encircle.crypto.sealed import OVERHEAD_BYTES, open_sealed, place, seal
from encircle.host.file.cleaning import seconds_of
from encircle.host.file.sort import HEAD_BYTES, SORTS, Sort, sort_of
from encircle.records import report_files as rows
from encircle.records.context import Context, with_context
from encircle.records.reports import at_the_door
from encircle.records.seal import peppers_of_codes
from encircle.vocabulary.purpose import Purpose

MOST_BYTES: Final = 20 * 1024 * 1024
"""So long a file may be: three minutes of sound in any usual form, a picture, half a minute of video."""
VOICE_SECONDS: Final = 180
"""So long a voice message may be. A longer one can be added as a file: nobody has to say it again."""
_GRACE_SECONDS = 15
"""Recorders end late."""
MOST_FILES: Final = 5
"""So many may wait for one form."""
MOST_WAITING: Final = 500
"""So many may wait for all forms together; words are always taken."""
WAITS_HOURS: Final = 24
_IN_MEMORY = 1024 * 1024
_SPACE = UUID("0b7c52a4-3d0e-5c8e-9a3d-5f6f0e1a7c11")
_LABEL, _NAME = b"encircle/file-label", b"encircle/file-name/1"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a report. `digest`: SHA-256 of the original, in hexadecimal signs; `key` opens its pieces."""

    id: str
    sort: Sort
    size: int
    digest: str
    pieces: int
    key: bytes = field(repr=False)

    @property
    def told(self) -> Mapping[str, object]:
        """What is kept of it, to be sealed."""
        key = b64encode(self.key).decode()
        return {
            "sort": self.sort.code,
            "size": self.size,
            "sha256": self.digest,
            "pieces": self.pieces,
            "key": key,
        }


class Taking:
    """One file as it comes in. Its plain bytes are in memory piece by piece; what is put aside is sealed.

    The temporary file has no name, and its key is in memory alone: a server that is killed leaves nothing that opens.
    """

    __slots__ = ("__weakref__", "_head", "_kept", "_sealing", "is_voice", "size")

    def __init__(self, *, is_voice: bool = False) -> None:
        self.is_voice = is_voice
        self._sealing = Sealing()
        self._kept: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(  # noqa: SIM115  # closed once it is read or dropped
            max_size=_IN_MEMORY
        )
        finalize(self, self._kept.close)
        self._head = b""
        self.size = 0

    @property
    def is_too_long(self) -> bool:
        """Whether more came than is taken; the rest is dropped."""
        return self.size > MOST_BYTES

    def take(self, plain: bytes) -> None:
        """Seal what has come in."""
        self.size += len(plain)
        if self.is_too_long:
            self.drop()
            return
        self._head = (self._head + plain[:HEAD_BYTES])[:HEAD_BYTES]
        for sealed in self._sealing.take(plain):
            self._kept.write(sealed)

    def drop(self) -> None:
        """Forget it."""
        self._kept.close()
        self._head = b""

    def is_long_voice(self, file: File) -> bool:
        """Whether it was given as a voice message and is too long for one. What cannot be measured is not."""
        if not self.is_voice:
            return False
        key, of = file.key, file.pieces
        plain = (open_piece(one, key=key, number=at, of=of) for at, one in enumerate(self._stored()))
        seconds = seconds_of(b"".join(plain), file.sort)
        return seconds is not None and seconds > VOICE_SECONDS + _GRACE_SECONDS

    def kept(self, form_key: bytes) -> tuple[File, Iterator[bytes]]:
        """The file, now that it is whole, and its sealed pieces."""
        self._kept.write(self._sealing.end())
        digest = self._sealing.digest
        named = str(uuid5(_SPACE, hmac.digest(form_key, _NAME + digest, "sha256").hex()))
        made = File(
            named, sort_of(self._head), self.size, digest.hex(), self._sealing.pieces, self._sealing.key
        )
        return made, self._pieces()

    def _pieces(self) -> Iterator[bytes]:
        yield from self._stored()
        self._kept.close()

    def _stored(self) -> Iterator[bytes]:
        self._kept.seek(0)
        while sealed := self._kept.read(PIECE_BYTES + OVERHEAD_BYTES):
            yield sealed


def keep(nonce: bytes, taken: tuple[Taking, ...]) -> tuple[str, ...]:
    """Let these files wait for the form; codes of what could not be kept: empty, too_long, long_voice, too_many,
    not_now."""
    wrong, pepper = [], peppers_of_codes()[0]
    index, key = _of_form(nonce, pepper)
    for place_of, one in enumerate(taken):
        if place_of >= MOST_FILES or not one.size or one.is_too_long:
            wrong.append("too_many" if place_of >= MOST_FILES else "too_long" if one.size else "empty")
            one.drop()
            continue
        made, pieces = one.kept(key)
        if one.is_long_voice(made):
            wrong.append("long_voice")
            one.drop()
            continue
        with at_the_door(index) as context:
            before = [label.file for label in rows.labels()]
            full = len(before) >= MOST_FILES and made.id not in before
            if full or rows.waiting() >= MOST_WAITING:
                wrong.append("too_many" if full else "not_now")
                one.drop()
                continue
            label = seal(json.dumps(made.told).encode(), key=key, aad=place(_LABEL, made.id.encode()))
            rows.add_file(made.id, label, pieces, held_by=index, ctx=context)
    return tuple(dict.fromkeys(wrong))


def waiting(nonce: bytes) -> tuple[File, ...]:
    """The files that wait for this form."""
    index, key = _of_form(nonce, peppers_of_codes()[0])
    with at_the_door(index):
        return tuple(_labelled(one, key) for one in rows.labels())


def leave_out(nonce: bytes, file: str) -> None:
    """Delete one that waits for this form; one that does not wait stays as it is."""
    index, _ = _of_form(nonce, peppers_of_codes()[0])
    try:
        wanted = str(UUID(file))
    except ValueError:
        return
    with at_the_door(index):
        rows.leave_out(wanted)


def taken_along(nonce: bytes) -> tuple[File, ...]:
    """The files that wait for this form, for sending in the open transaction: nobody else sends them too."""
    index, key = _of_form(nonce, peppers_of_codes()[0])
    with rows.standing_at(index):
        return tuple(_labelled(one, key) for one in rows.take_labels())


def file_told(part: str, told: Mapping[str, object]) -> File:
    """A file as it was sealed in a part of the report."""
    return File(
        id=part,
        sort=SORTS.get(str(told["sort"]), SORTS["other"]),
        size=int(str(told["size"])),
        digest=str(told["sha256"]),
        pieces=int(str(told["pieces"])),
        key=b64decode(str(told["key"])),
    )


def plain_bytes(file: File) -> bytes:
    """The original, if the context sees its pieces; at most MOST_BYTES. Refuses: SealBroken, also where one is missing."""
    sealed = [rows.piece(file.id, number) or b"" for number in range(1, file.pieces + 1)]
    return b"".join(open_piece(one, key=file.key, number=at, of=file.pieces) for at, one in enumerate(sealed))


def plain_of_taken(taken: Taking) -> tuple[bytes, Sort]:
    """The bytes of a file that came in, in memory alone, and of what sort it is."""
    made, pieces = taken.kept(b"")
    opened = (open_piece(one, key=made.key, number=at, of=made.pieces) for at, one in enumerate(pieces))
    return b"".join(opened), made.sort


def kept_at_once(content: bytes, key: bytes, ctx: Context) -> File:
    """Seal this as a file of the report with that key, whose part follows in the open transaction."""
    taking = Taking()
    for at in range(0, len(content), PIECE_BYTES):
        taking.take(content[at : at + PIECE_BYTES])
    made, pieces = taking.kept(key)
    index = way_back.code_index(way_back.new_code(), pepper=peppers_of_codes()[0])
    with rows.standing_at(index):
        rows.add_file(made.id, _LABEL, pieces, held_by=index, ctx=ctx)
        rows.take_labels()
    return made


def sweep_files() -> int:
    """Delete what was added a day ago or more and never sent; how many pieces went."""
    with with_context(agency=None, actor="sweeper", purpose=Purpose.SWEEP.value) as context:
        return rows.sweep(context.now - timedelta(hours=WAITS_HOURS))


def _labelled(label: rows.Label, key: bytes) -> File:
    plain = open_sealed(label.sealed, key=key, aad=place(_LABEL, label.file.encode()))
    return file_told(label.file, json.loads(plain))


def _of_form(nonce: bytes, pepper: bytes) -> tuple[bytes, bytes]:
    """The hash by which files of the form are found, and the key of their labels."""
    code = way_back.drawn_code(nonce, key=pepper)
    return way_back.code_index(code, pepper=pepper), way_back.key_of_form(nonce, key=pepper)
