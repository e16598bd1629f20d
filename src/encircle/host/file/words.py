"""Documents of a word processor: their words alone, as plain text. Nothing that runs, no author, no picture."""

import html
import re
from collections.abc import Callable
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from encircle.host.file.sort import NotKnown

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_PARTS: Final = 2_000
_TEXT = "word/document.xml"
_BITS = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|<w:(tab|br)\b[^>]*/?>|(</w:p>)")


def ready() -> Callable[[bytes], bytes]:
    """What takes the words out; it has tried itself, so that all it needs is loaded."""
    own = BytesIO()
    with ZipFile(own, "w", ZIP_DEFLATED) as written:
        written.writestr(_TEXT, "<w:p><w:r><w:t>ä</w:t></w:r></w:p>")
    clean(own.getvalue())
    return clean


def clean(plain: bytes) -> bytes:
    """The words, in UTF-8. Raises NotKnown."""
    with ZipFile(BytesIO(plain)) as given:
        if len(given.infolist()) > MOST_PARTS or given.getinfo(_TEXT).file_size > MOST_BYTES:
            raise NotKnown
        with given.open(_TEXT) as part:
            text = part.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise NotKnown
    bits = _BITS.finditer(text.decode("utf-8"))
    said = "".join(
        html.unescape(bit[1] or "") + {"tab": "\t", "br": "\n"}.get(bit[2], "") + ("\n" if bit[3] else "")
        for bit in bits
    )
    return said.strip().encode() + b"\n"
