"""PDF: its pages alone in a new file. No author, no dates, nothing that runs, nothing attached, no tags in its pictures."""

from collections.abc import Callable
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from encircle.host.file.sort import NotKnown

MOST_PAGES: Final = 500
_TOLD: Final = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/A", "/OpenAction", "/Annots", "/Thumb"),
    *("/AF", "/Collection", "/JS", "/JavaScript", "/Names", "/Author", "/Title", "/OC", "/StructParents"),
)


def ready() -> Callable[[bytes], bytes]:
    """What cleans a PDF; it has tried itself, so that all it needs is loaded."""
    own = BytesIO()
    with Pdf.new() as written:
        written.add_blank_page()
        written.save(own)
    clean(own.getvalue())
    return clean


def clean(plain: bytes) -> bytes:
    """The pages in a new file. Raises NotKnown."""
    out = BytesIO()
    with Pdf.open(BytesIO(plain)) as given, Pdf.new() as taken:
        if len(given.pages) > MOST_PAGES:
            raise NotKnown
        given.generate_appearance_streams()
        given.flatten_annotations("all")
        taken.pages.extend(given.pages)
        for one in taken.objects:
            if isinstance(one, (Dictionary, Stream)):
                _bare(one)
        taken.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _bare(one: Dictionary | Stream) -> None:
    for name in _TOLD:
        if name in one:
            del one[name]
    if not isinstance(one, Stream):
        return
    filters = one.get("/Filter")
    last = filters[-1] if isinstance(filters, pikepdf.Array) and len(filters) else filters
    if last == Name.JPXDecode:
        raise NotKnown
    if last == Name.DCTDecode:
        if isinstance(filters, pikepdf.Array) and len(filters) > 1:
            raise NotKnown
        parms = one.get("/DecodeParms")
        given = parms if isinstance(parms, (Dictionary, pikepdf.Array)) else None
        one.write(without_segments(one.read_raw_bytes()), filter=Name.DCTDecode, decode_parms=given)


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG with what its picture needs and nothing else. Raises NotKnown."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and len(jpeg) > at + 3:
        mark, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        if mark == 0xDA:
            end = jpeg.rfind(b"\xff\xd9")
            return b"".join([*kept, jpeg[at : end + 2 if end > at else len(jpeg)]])
        tells = (0xE1 <= mark <= 0xEF and mark != 0xEE) or mark in (0xE0, 0xFE)
        if not tells:
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    raise NotKnown
