"""Video: its picture and its sound, packed anew. No track of places, no tag, no words between the frames."""

from collections.abc import Callable
from io import BytesIO
from typing import Final

import av
from av.bitstream import BitStreamFilterContext

from encircle.host.file import sound
from encircle.host.file.sort import NotKnown

BARE: Final = {"fflags": "+bitexact", "empty_hdlr_name": "1"}
_WORDS: Final = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39-40"}
"""Supplemental information (SEI): what a camera writes between the frames."""
_KEPT: Final = {"mp4": ("h264", "hevc", "av1"), "webm": ("vp8", "vp9", "av1")}
_HEARD: Final = {"mp4": ("aac", "mp3"), "webm": ("opus", "vorbis")}


def ready() -> Callable[[bytes], bytes]:
    """What cleans a video; it has tried itself, so that all it needs is loaded."""
    own = BytesIO()
    with av.open(own, "w", format="mp4") as written:
        made = written.add_stream("libx264", rate=10)
        made.width = made.height = 32
        made.pix_fmt = "yuv420p"
        made.codec_context.thread_count = 1
        for frame in (av.VideoFrame(32, 32, "yuv420p") for _ in range(2)):
            written.mux(made.encode(frame))
        written.mux(made.encode(None))
    clean(own.getvalue())
    return clean


def clean(plain: bytes) -> bytes:
    """The video packed anew. Raises NotKnown."""
    out = BytesIO()
    with av.open(BytesIO(plain), "r", metadata_errors="ignore") as given:
        if not given.streams.video:
            return sound.clean(plain)
        name = "webm" if "webm" in given.format.name else "mp4"
        with av.open(out, "w", format=name, options=BARE) as taken:
            seen = given.streams.video[0]
            if seen.codec_context.name not in _KEPT[name] or len(given.streams.audio) > 1:
                raise NotKnown
            ways: dict[int, av.VideoStream | av.AudioStream] = {
                seen.index: taken.add_stream_from_template(seen)
            }
            for heard in given.streams.audio:
                if heard.codec_context.name not in _HEARD[name]:
                    raise NotKnown
                ways[heard.index] = taken.add_stream_from_template(heard)
            for made in ways.values():
                made.metadata.clear()
            if seen.codec_context.name == "hevc":
                ways[seen.index].codec_context.extradata = _without_words(seen.codec_context.extradata or b"")
            words = _WORDS.get(seen.codec_context.name)
            without = BitStreamFilterContext(words, seen) if words else None
            for packet in given.demux([given.streams[index] for index in ways]):
                if packet.dts is None:
                    continue
                way = ways[packet.stream.index]
                bare = without.filter(packet) if without and packet.stream.index == seen.index else [packet]
                for one in bare:
                    one.stream = way
                    taken.mux(one)
    return out.getvalue()


def _without_words(configured: bytes) -> bytes:
    """The set-up of an HEVC track (hvcC) without supplemental information. Raises NotKnown."""
    kept, at = [], 23
    if len(configured) < at or configured[0] != 1:
        raise NotKnown
    for _ in range(configured[22]):
        begun, kind = at, configured[at] & 0x3F
        units, at = int.from_bytes(configured[at + 1 : at + 3]), at + 3
        for _ in range(units):
            at += 2 + int.from_bytes(configured[at : at + 2])
        if kind not in (39, 40):
            kept.append(configured[begun:at])
    return configured[:22] + bytes((len(kept),)) + b"".join(kept)
