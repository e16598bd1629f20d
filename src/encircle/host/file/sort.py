"""Of what sort a file is: read from how it begins. Never from its name, nor from what a browser says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HEAD_BYTES: Final = 4096
"""So much of a file's beginning tells its sort."""


class NotKnown(Exception):
    """Of this file nobody knows what it carries beside what is seen or heard."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort. `family`: picture, sound, video, paper or other; `ending`: of the name under which it is given."""

    code: str
    family: str
    media: str
    ending: str


OTHER: Final = Sort("other", "other", "application/octet-stream", "bin")
SORTS: Final[Mapping[str, Sort]] = {
    one.code: one
    for one in (
        Sort("jpeg", "picture", "image/jpeg", "jpg"),
        Sort("png", "picture", "image/png", "png"),
        Sort("webp", "picture", "image/webp", "webp"),
        Sort("gif", "picture", "image/gif", "gif"),
        Sort("heic", "picture", "image/heic", "heic"),
        Sort("mp4", "video", "video/mp4", "mp4"),
        Sort("webm", "video", "video/webm", "webm"),
        Sort("m4a", "sound", "audio/mp4", "m4a"),
        Sort("mp3", "sound", "audio/mpeg", "mp3"),
        Sort("wav", "sound", "audio/wav", "wav"),
        Sort("ogg", "sound", "audio/ogg", "ogg"),
        Sort("flac", "sound", "audio/flac", "flac"),
        Sort("amr", "sound", "audio/amr", "amr"),
        Sort("aac", "sound", "audio/aac", "aac"),
        Sort("pdf", "paper", "application/pdf", "pdf"),
        Sort(
            "docx", "paper", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
        ),
        OTHER,
    )
}
_BEGINS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"#!AMR", "amr"),
    (b"ID3", "mp3"),
    (b"\x1aE\xdf\xa3", "webm"),
)
_BRANDS: Final[Mapping[bytes, str]] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"), "heic"),
    **dict.fromkeys((b"M4A ", b"M4B "), "m4a"),
}


def sort_of(head: bytes) -> Sort:
    """The sort of a file that begins like this; OTHER, where it is none of those that we know."""
    return SORTS[_code(head)]


def _code(head: bytes) -> str:
    for begin, code in _BEGINS:
        if head.startswith(begin):
            return code
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12], "other")
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "mp4")
    if head[:4] == b"PK\x03\x04":
        return "docx" if b"word/" in head or b"[Content_Types].xml" in head else "other"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0x06 == 0 else "mp3"
    return "other"
