"""Files as telephones and programs make them, with the signs of a place, a person and a device in each. Made on the spot."""

import random
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import av
import pikepdf
import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

SIGN = "Canary77"
PLACE = "+59.4370+024.7536/"
"""Tallinn, as telephones write where they are (ISO 6709)."""
SIGNS = (SIGN.encode(), SIGN.encode("utf-16-le"), SIGN.encode("utf-16-be"), PLACE.encode(), b"+59.4370")


def corpus(each: int) -> Iterator[tuple[str, str, bytes]]:
    """So many of each sort: its code, a name, its bytes."""
    chance = random.Random(77)
    for number in range(each):
        for code, make in (
            *((kind.lower(), lambda k=kind: picture(k, chance)) for kind in ("JPEG", "PNG", "WEBP", "GIF")),
            ("heic", lambda: picture("HEIF", chance)),
            *((code, lambda f=form, c=coding, r=rate: media(f, c, r)) for code, form, coding, rate in HEARD),
            *(
                (code, lambda f=form, c=coding, r=rate, v=seen: media(f, c, r, v))
                for code, form, coding, rate, seen in SEEN
            ),
            ("pdf", lambda: pdf(chance)),
            ("docx", docx),
        ):
            yield code, f"{code}-{number}", make()


HEARD = (
    ("m4a", "ipod", "aac", 48_000),
    ("mp3", "mp3", "libmp3lame", 44_100),
    ("wav", "wav", "pcm_s16le", 16_000),
    ("ogg", "ogg", "libopus", 48_000),
    ("flac", "flac", "flac", 44_100),
    ("mp4", "3gp", "aac", 16_000),
)
SEEN = (
    ("mp4", "mp4", "aac", 48_000, "libx264"),
    ("mp4", "mov", "aac", 48_000, "libx264"),
    ("mp4", "mp4", "aac", 48_000, "libx265"),
    ("webm", "webm", "libopus", 48_000, "libvpx"),
)


def exif() -> Image.Exif:
    """Maker, model, artist, serial numbers, an owner, the place and the second."""
    made = Image.Exif()
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x013C, 0x8298, 0x9C9D):
        made[tag] = SIGN
    made[0x0132] = "2026:11:23 20:17:31"
    made[0x0112] = 6
    about = made.get_ifd(0x8769)
    about.update(
        {0xA430: SIGN, 0xA431: SIGN, 0xA435: SIGN, 0x9003: "2026:11:23 20:17:31", 0x927C: SIGN.encode() * 9}
    )
    made.get_ifd(0x8825).update(
        {0: b"\2\3\0\0", 1: "N", 2: (59.0, 26.0, 13.2), 3: "E", 4: (24.0, 45.0, 13.0), 27: SIGN.encode()}
    )
    return made


def xmp() -> bytes:
    """The same in XML."""
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><p exif:GPSLatitude="{PLACE}" dc:creator="{SIGN}"/></x:xmpmeta>'.encode()


def picture(kind: str, chance: random.Random) -> bytes:
    """A picture of chance colours, tagged in every way that its sort knows, and something behind its end."""
    size = (chance.randrange(20, 200), chance.randrange(20, 200))
    colours = Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3))
    out, told = BytesIO(), PngInfo()
    told.add_text("Author", SIGN)
    told.add_itxt("XML:com.adobe.xmp", xmp().decode(), zip=chance.random() < 0.5)
    told.add_text("Serial", SIGN, zip=True)
    ways: dict[str, dict[str, object]] = {
        "JPEG": {"exif": exif(), "xmp": xmp(), "comment": SIGN.encode(), "icc_profile": SIGN.encode() * 20},
        "PNG": {"exif": exif(), "pnginfo": told},
        "WEBP": {"exif": exif(), "xmp": xmp(), "icc_profile": SIGN.encode() * 20},
        "GIF": {"comment": SIGN.encode()},
        "HEIF": {"exif": exif(), "xmp": xmp()},
    }
    colours.save(out, kind, **ways[kind])
    return out.getvalue() + (SIGN.encode() if kind != "HEIF" else b"")


def media(form: str, coding: str, rate: int, seen: str = "") -> bytes:
    """A second of sound, and of video where `seen` names a coding, with a title, a place, a maker and a cover name."""
    out = BytesIO()
    with av.open(
        out, "w", format=form, options={"movflags": "use_metadata_tags"} if form in ("mp4", "mov") else {}
    ) as made:
        made.metadata.update(
            dict.fromkeys(
                ("title", "artist", "album", "comment", "make", "model", "com.apple.quicktime.model"), SIGN
            )
        )
        made.metadata.update(
            {
                "location": PLACE,
                "com.apple.quicktime.location.ISO6709": PLACE,
                "creation_time": "2026-11-23T20:17:31Z",
            }
        )
        video = made.add_stream(seen, rate=10) if seen else None
        heard = made.add_stream(coding, rate=rate, layout="mono")
        heard.metadata.update({"title": SIGN, "handler_name": SIGN})
        if video is not None:
            video.width = video.height = 64
            video.pix_fmt = "yuv420p"
            video.metadata.update({"title": SIGN, "handler_name": SIGN})
            if seen == "libx265":
                video.options = {"x265-params": "log-level=none"}
            for _ in range(10):
                made.mux(video.encode(av.VideoFrame(64, 64, "yuv420p")))
            made.mux(video.encode(None))
        many = heard.codec_context.frame_size or 1_024
        for at in range(0, rate, many):
            frame = av.AudioFrame(heard.codec_context.format.name, "mono", many)
            frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            made.mux(heard.encode(frame))
        made.mux(heard.encode(None))
    return out.getvalue()


def pdf(chance: random.Random) -> bytes:
    """A page with a tagged picture, an author, a comment, a program that runs on opening and an attached file."""
    out, given = BytesIO(), picture("JPEG", chance)
    with pikepdf.Pdf.new() as made:
        page = made.add_blank_page()
        shown = pikepdf.Stream(made, given)
        with Image.open(BytesIO(given)) as looked:
            wide, high = looked.size
        shown.Type, shown.Subtype, shown.Filter = (
            pikepdf.Name.XObject,
            pikepdf.Name.Image,
            pikepdf.Name.DCTDecode,
        )
        shown.Width, shown.Height, shown.ColorSpace, shown.BitsPerComponent = (
            wide,
            high,
            pikepdf.Name.DeviceRGB,
            8,
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=shown))
        page.obj.Contents = pikepdf.Stream(made, b"q 100 0 0 100 0 0 cm /I Do Q")
        page.obj.PieceInfo = pikepdf.Dictionary(X=pikepdf.String(SIGN))
        page.obj.Annots = pikepdf.Array(
            [
                made.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Text,
                        Rect=[0, 0, 9, 9],
                        T=SIGN,
                        Contents=SIGN,
                    )
                )
            ]
        )
        made.docinfo["/Author"] = made.docinfo["/Producer"] = SIGN
        with made.open_metadata() as told:
            told["dc:creator"] = [SIGN]
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=SIGN)
        made.attachments["cv.txt"] = SIGN.encode()
        made.save(out, compress_streams=False)
    return out.getvalue()


def docx() -> bytes:
    """A letter with an author, a place, a tracked change and a comment."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(
            "word/document.xml",
            f'<w:document><w:p w:rsidR="{SIGN}"><w:ins w:author="{SIGN}"><w:r><w:t>Dear Bo</w:t></w:r>'
            "</w:ins></w:p></w:document>",
        )
        made.writestr("docProps/core.xml", f"<dc:creator>{SIGN}</dc:creator>")
        made.writestr("docProps/app.xml", f"<Company>{SIGN}</Company>")
        made.writestr("word/comments.xml", f'<w:comment w:author="{SIGN}">{PLACE}</w:comment>')
    return out.getvalue()


pillow_heif.register_heif_opener()
