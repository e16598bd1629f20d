"""Pictures: decoded, turned upright, and their colours alone written anew. Nothing else of the file is carried over."""

import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

MOST_PIXELS: Final = 60_000_000
LONGEST_SIDE: Final = 2_560
"""A larger one is shown smaller: whoever needs each grain takes the original."""
VEIL: Final = 24
"""So many dots are left of the longer side of a picture that is veiled."""
_SHOWN: Final = 480
_READ = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")


def ready(*, veiled: bool) -> Callable[[bytes], bytes]:
    """What cleans a picture; it has tried itself, so that all it needs is loaded."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    Image.init()
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        own = BytesIO()
        Image.new("RGB", (8, 8)).save(own, kind)
        clean(own.getvalue(), veiled=veiled)
    return lambda plain: clean(plain, veiled=veiled)


def clean(plain: bytes, *, veiled: bool) -> bytes:
    """The picture anew: PNG where it was drawn or is seen through, else JPEG. Of one that moves the first frame."""
    with Image.open(BytesIO(plain), formats=_READ) as found:
        drawn = found.format in ("PNG", "GIF")
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(found)
        colours = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    colours.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if veiled:
        colours.thumbnail((VEIL, VEIL))
        colours = colours.resize((colours.width * _SHOWN // VEIL, colours.height * _SHOWN // VEIL))
    bare = Image.frombytes(colours.mode, colours.size, colours.tobytes())
    out = BytesIO()
    if drawn or bare.mode == "RGBA":
        bare.save(out, "PNG")
    else:
        bare.save(out, "JPEG", quality=88)
    return out.getvalue()
