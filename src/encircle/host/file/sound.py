"""Sound: decoded and written anew as MP3, which every browser plays. No tag, cover or word of the device is carried over."""

import wave
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from typing import Final

import av
from av.audio.resampler import AudioResampler

from encircle.host.file.sort import NotKnown

MOST_SECONDS: Final = 900
RATE: Final = 44_100
BARE: Final = {"id3v2_version": "0", "write_id3v1": "0", "write_xing": "0", "fflags": "+bitexact"}


def ready() -> Callable[[bytes], bytes]:
    """What cleans a sound; it has tried itself, so that all it needs is loaded."""
    clean(silence())
    return clean


def silence() -> bytes:
    """A fifth of a second in which nothing is heard, as WAV: to try oneself on."""
    own = BytesIO()
    with wave.open(own, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8_000)
        written.writeframes(bytes(3_200))
    return own.getvalue()


def clean(plain: bytes) -> bytes:
    """The sound anew, in one voice. Raises NotKnown."""
    out = BytesIO()
    with (
        av.open(BytesIO(plain), "r", metadata_errors="ignore") as given,
        av.open(out, "w", format="mp3", options=BARE) as taken,
    ):
        heard = given.streams.audio[0]
        heard.codec_context.thread_count = 1
        made = taken.add_stream("libmp3lame", rate=RATE, layout="mono")
        made.bit_rate = 96_000
        made.codec_context.thread_count = 1
        turned = AudioResampler(format="s16p", layout="mono", rate=RATE, frame_size=1_152)
        at = 0
        for frame in given.decode(heard):
            frame.pts = None
            for part in turned.resample(frame):
                at = _put(part, made, taken, at)
        for part in turned.resample(None):
            at = _put(part, made, taken, at)
        taken.mux(made.encode(None))
    return out.getvalue()


def _put(part: av.AudioFrame, made: av.AudioStream, taken: av.container.OutputContainer, at: int) -> int:
    if at > MOST_SECONDS * RATE:
        raise NotKnown
    part.pts, part.time_base = at, Fraction(1, RATE)
    taken.mux(made.encode(part))
    return at + part.samples
