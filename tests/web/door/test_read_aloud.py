"""Pages read aloud: a player stands where somebody has read exactly these words, and nowhere else; nothing is faked."""

import math
import re
import shutil
import struct
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import av
import pytest
from django.conf import settings
from django.test import Client

from encircle.actions import recordings
from encircle.law.pack import BadPack, Shelf
from encircle.law.pack.recording import recordings_in
from encircle.law.recording import digest_of
from encircle.web.door.read_aloud import spoken
from encircle.web.door.screens import screens
from tests.database import TestDatabase
from tests.web.door.test_door import Child
from tools.read_aloud import add, in_pdf, in_table, in_text, script, states

PACKS = Path(__file__).parents[3] / "packs"
TODAY = date(2026, 11, 29)


def tone(form: str, coding: str, rate: int) -> bytes:
    """A second of a tone, as a real file."""
    out = BytesIO()
    with av.open(out, "w", format=form) as made:
        heard = made.add_stream(coding, rate=rate, layout="mono")
        many = heard.codec_context.frame_size or 960
        for at in range(0, rate, many):
            frame = av.AudioFrame(heard.codec_context.format.name, "mono", many)
            frame.sample_rate, frame.pts = rate, at
            wave = (math.sin(math.tau * 440 * (at + step) / rate) / 4 for step in range(many))
            is_whole = heard.codec_context.format.name.startswith("s16")
            values = [int(one * 32_000) if is_whole else one for one in wave]
            plain = struct.pack(f"<{many}{'h' if is_whole else 'f'}", *values)
            frame.planes[0].update(plain.ljust(frame.planes[0].buffer_size, b"\0"))
            made.mux(heard.encode(frame))
        made.mux(heard.encode(None))
    return out.getvalue()


OPUS, MP3 = tone("ogg", "libopus", 48_000), tone("mp3", "libmp3lame", 44_100)


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: TestDatabase) -> Iterator[Path]:
    """The packs in a folder of their own, in which recordings can be laid."""
    folder = tmp_path / "packs"
    shutil.copytree(PACKS, folder)
    monkeypatch.setattr(recordings, "packs_folder", lambda: folder)
    yield folder
    recordings.recordings_of.cache_clear()


def lay(
    packs: Path, screen: str, content: bytes = OPUS, *, ending: str = ".opus", language: str = "et"
) -> None:
    file = packs.parent / f"voice{ending}"
    file.write_bytes(content)
    add(packs / "ee", language=language, screen=screen, file=file, by="A radio", on=TODAY)
    recordings.recordings_of.cache_clear()


def test_nothing_is_recorded_yet_so_no_page_has_a_player_and_none_weighs_more(packs: Path):
    before = Child().press("device", language="et")
    assert "<audio" not in before.said_in_html()
    assert "media-src" not in before.page.headers["Content-Security-Policy"]
    lay(packs, "danger")
    after = Child().press("device", language="et")
    weighed = [re.sub(r'value="[^"]*"|nonce="[^"]*"', "", one.said_in_html()) for one in (before, after)]
    assert weighed[0] == weighed[1]
    assert not list(PACKS.glob("*/audio")), "a pack with a recording says so in the goals of the door"


@pytest.mark.parametrize(
    ("content", "ending", "media"), [(OPUS, ".opus", "audio/ogg"), (MP3, ".mp3", "audio/mpeg")]
)
def test_where_these_words_were_read_a_player_stands_that_loads_nothing_before_it_is_pressed(
    packs: Path, content: bytes, ending: str, media: str
):
    without = len(Child().press("device", language="et").page.content)
    lay(packs, "device", content, ending=ending)
    child = Child().press("device", language="et")
    (player,) = re.findall(r"<audio [^>]*>", child.said_in_html())
    assert 'controls preload="none"' in player
    assert "Kuula seda lehte" in player
    assert len(child.page.content) - without < 200
    assert "media-src 'self'" in child.page.headers["Content-Security-Policy"]
    address = re.findall(r'src="([^"]+)"', player)[0]
    heard = Client().get(address)
    assert (heard.content, heard.headers["Content-Type"].split(";")[0]) == (content, media)
    assert heard.headers["Cache-Control"] == "no-store"
    assert not heard.cookies
    part = Client().get(address, headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.content) == (206, content[2:6])
    assert "<audio" not in Child().said_in_html(), "English was not read"
    assert "<audio" not in Child().press("danger", language="et").said_in_html()


def test_what_reads_other_words_than_the_page_shows_is_not_played_and_is_told_to_be_stale(packs: Path):
    lay(packs, "device")
    listed = packs / "ee" / "audio" / "recordings.yaml"
    assert states("et", recordings.recordings_of(packs, "ee"))["device"] == "recorded"
    listed.write_text(re.sub(r"words: \w+", f"words: '{digest_of(('Other words.',))}'", listed.read_text()))
    recordings.recordings_of.cache_clear()
    assert "<audio" not in Child().press("device", language="et").said_in_html()
    found = states("et", recordings.recordings_of(packs, "ee"))
    assert (found["device"], found["danger"]) == ("stale", "missing")
    assert Client().get(f"/hello/hear/{'0' * 32}/").status_code == 404


def test_what_is_to_be_read_aloud_is_what_the_pages_show(packs: Path):
    told = dict(script("et"))
    child = Child().press("device", language="et")
    assert spoken(child.said_in_html()) == told["device"]
    for step in ("unsafe", "danger", "files", "code"):
        assert spoken(child.press(step, language="et").said_in_html()) == told[step]


def test_each_screen_is_in_the_script_of_each_language_also_as_a_table_and_a_paper():
    names = [name for name, _ in script("en")]
    assert {"device", "danger", "story", "child_account", "sent", "complain", "read"} <= set(names)
    for language, _name in settings.PUBLIC_LANGUAGES:
        found = script(language)
        assert [name for name, _ in found] == names
        assert all(lines for _, lines in found)
    assert "# device" in in_text(script("ar"))
    assert in_table(script("ar")).startswith("screen,line,text")
    assert "'=1+1" in in_table([("planted", ("=1+1",))])
    assert in_pdf([("device", ("مرحبا",))], "ar").startswith(b"%PDF-")
    assert {one.name for one in screens("et")} == set(names)


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("file: et/gone.opus", "is not there"),
        ("file: ../../pack.yaml", "no name of a recording"),
        ("file: et/device.exe", "no name of a recording"),
        ("words: short", "no digest of words"),
    ],
)
def test_a_list_with_a_fault_is_refused_and_the_door_stays_open_without_it(
    packs: Path, planted: str, told: str
):
    lay(packs, "device")
    listed = packs / "ee" / "audio" / "recordings.yaml"
    name = planted.partition(":")[0]
    listed.write_text(re.sub(rf"{name}: .*", planted, listed.read_text()))
    recordings.recordings_of.cache_clear()
    with pytest.raises(BadPack) as refused:
        recordings_in(packs, Shelf(packs).chain("ee"))
    assert told in str(refused.value)
    page = Child().press("device", language="et")
    assert (page.page.status_code, "<audio" in page.said_in_html()) == (200, False)


def test_a_recording_that_is_too_long_or_of_another_sort_or_of_no_screen_is_not_taken(packs: Path):
    for screen, ending, content in (
        ("device", ".opus", bytes(1_000_001)),
        ("device", ".exe", OPUS),
        ("none", ".mp3", MP3),
    ):
        with pytest.raises(SystemExit):
            lay(packs, screen, content, ending=ending)
