"""Files of strangers: cleaned in a process that is shut in; no sign of place, person or device is left."""

import random
import subprocess
import sys
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import av
import pikepdf
import pytest
from PIL import Image

from encircle.host.file import cleaning
from encircle.host.file.cleaning import Copy, NotCleaned, cleaned
from encircle.host.file.sort import HEAD_BYTES, SORTS, sort_of
from tests.host.file.corpus import SIGN, SIGNS, corpus, exif, media, pdf, picture, xmp

TAGS_OF_NOBODY = {
    "encoder",
    "language",
    "vendor_id",
    "major_brand",
    "minor_version",
    "compatible_brands",
    "DURATION",
    "ENCODER",
    "duration",
}


def of_file(plain: bytes, *, veiled: bool = False) -> Copy | NotCleaned:
    return cleaned(plain, sort_of(plain[:HEAD_BYTES]), veiled=veiled)


def tags_left(copy: Copy) -> list[str]:
    """All that still tells something, read by other means than those that cleaned."""
    left = [f"the bytes of {sign!r}" for sign in SIGNS if sign in copy.content]
    if copy.sort.family == "picture":
        with Image.open(BytesIO(copy.content)) as seen:
            left += [f"exif {tag}" for tag in seen.getexif()]
            left += [
                name
                for name in seen.info
                if name not in ("jfif", "jfif_version", "jfif_unit", "jfif_density")
            ]
    if copy.sort.family in ("sound", "video"):
        with av.open(BytesIO(copy.content)) as heard:
            told = [heard.metadata, *(stream.metadata for stream in heard.streams)]
            left += [
                f"{name}={text}" for one in told for name, text in one.items() if name not in TAGS_OF_NOBODY
            ]
            left += [stream.type for stream in heard.streams if stream.type not in ("audio", "video")]
    if copy.sort.code == "pdf":
        with pikepdf.open(BytesIO(copy.content)) as read:
            left += [
                str(name) for name in ("/Metadata", "/Names", "/OpenAction", "/AcroForm") if name in read.Root
            ]
            left += ["/Info"] * ("/Info" in read.trailer) + ["attached"] * len(read.attachments)
            streams = [one for one in read.objects if isinstance(one, pikepdf.Stream)]
            left += ["in a stream" for one in streams if any(sign in one.read_raw_bytes() for sign in SIGNS)]
            plain = [one.read_bytes() for one in streams if one.get("/Subtype") != "/Image"]
            left += ["in an object" for one in plain if any(sign in one for sign in SIGNS)]
    return left


def cleaned_corpus(each: int) -> tuple[int, list[str], list[str]]:
    """How many files; which of them have no copy; what is left in those that have one."""
    many, without, left = 0, [], []
    for code, name, plain in corpus(each):
        many += 1
        assert any(sign in plain for sign in SIGNS) or code in ("png", "pdf"), "the signs are there before"
        copy = of_file(plain)
        if isinstance(copy, NotCleaned):
            without.append(f"{name}: {copy.why}")
        else:
            left += [f"{name}: {one}" for one in tags_left(copy)]
    return many, without, left


def test_no_sign_of_place_person_or_device_is_left_in_fifty_files():
    many, without, left = cleaned_corpus(3)
    assert many >= 50
    assert (without, left) == ([], [])


@pytest.mark.full
def test_no_sign_is_left_in_two_hundred_files():
    many, without, left = cleaned_corpus(12)
    assert many >= 200
    assert (without, left) == ([], [])


def test_a_sign_that_is_left_is_found():
    given = picture("JPEG", random.Random(1))
    assert len(tags_left(Copy(SORTS["jpeg"], given))) > 5
    assert tags_left(Copy(SORTS["m4a"], media("ipod", "aac", 48_000))) != []


def test_a_picture_is_turned_upright_and_a_veiled_one_shows_only_what_it_may_be():
    out, marked = BytesIO(), Image.Exif()
    marked[0x0112] = 6
    Image.new("RGB", (200, 100), "red").save(out, "JPEG", exif=marked)
    copy, veiled = of_file(out.getvalue()), of_file(out.getvalue(), veiled=True)
    assert isinstance(copy, Copy)
    assert isinstance(veiled, Copy)
    with Image.open(BytesIO(copy.content)) as seen:
        assert seen.size == (100, 200)
    with Image.open(BytesIO(veiled.content)) as seen:
        assert seen.resize((12, 24)).size == (12, 24)
        assert len(veiled.content) < 10_000


def of_a_telephone(wide: int, high: int) -> bytes:
    """A HEIC as a telephone makes it: large, with its place (GPS) and its maker in it."""
    out = BytesIO()
    Image.linear_gradient("L").resize((wide, high)).convert("RGB").save(
        out, "HEIF", quality=40, exif=exif(), xmp=xmp()
    )
    return out.getvalue()


def test_a_large_heic_of_a_telephone_has_a_copy_within_the_limits_and_its_place_is_gone():
    plain = of_a_telephone(4_032, 3_024)
    with Image.open(BytesIO(plain)) as given:
        assert given.getexif().get_ifd(0x8825)[2] == (59.0, 26.0, 13.2), "before, it told where it was made"
    copy, veiled = of_file(plain), of_file(plain, veiled=True)
    assert isinstance(copy, Copy)
    assert isinstance(veiled, Copy)
    assert (copy.sort.code, tags_left(copy), tags_left(veiled)) == ("jpeg", [], [])
    with Image.open(BytesIO(copy.content)) as seen:
        assert max(seen.size) == 2_560


def test_a_heic_that_is_broken_off_is_said_to_be_damaged():
    assert of_file(of_a_telephone(400, 300)[:700]) == NotCleaned("damaged")


def bomb_of_dots() -> bytes:
    out = BytesIO()
    Image.new("1", (40_000, 40_000)).save(out, "PNG")
    return out.getvalue()


def bomb_of_words() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", bytes(200_000_000))
    return out.getvalue()


def bomb_of_pages() -> bytes:
    out, made = BytesIO(), pikepdf.Pdf.new()
    page = made.add_blank_page()
    page.obj.Contents = pikepdf.Stream(
        made, zlib.compress(bytes(500_000_000)), Filter=pikepdf.Name.FlateDecode
    )
    made.save(out, compress_streams=False)
    return out.getvalue()


@pytest.mark.parametrize("make", [bomb_of_dots, bomb_of_words, bomb_of_pages])
def test_a_bomb_ends_its_own_process_and_nothing_else(make):
    plain = make()
    assert len(plain) < 2_000_000
    copy = of_file(plain)
    assert isinstance(copy, NotCleaned) or len(copy.content) < 2_000_000


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        (b"\xff\xd8\xffno picture at all", "damaged"),
        (b"%PDF-1.7 no paper at all", "damaged"),
        (b"OggS" + bytes(100), "damaged"),
        (b"PK\x03\x04[Content_Types].xml", "damaged"),
        (b"<svg xmlns='x'><script>1</script></svg>", "not_cleaned"),
        (b"MZ\x90\0" + bytes(100), "not_cleaned"),
        (b"", "not_cleaned"),
    ],
)
def test_what_cannot_be_cleaned_is_said(plain: bytes, why: str):
    assert of_file(plain) == NotCleaned(why)


@pytest.mark.parametrize(
    "behind", [b"<html><script>alert(1)</script>", b"PK\x03\x04" + SIGN.encode() * 9, b"%PDF-1.7\n"]
)
def test_what_stands_behind_a_picture_is_not_carried_over(behind: bytes):
    out = BytesIO()
    Image.new("RGB", (20, 20), "blue").save(out, "JPEG")
    copy = of_file(out.getvalue() + behind)
    assert isinstance(copy, Copy)
    assert (copy.sort.code, behind in copy.content) == ("jpeg", False)


def test_a_paper_that_is_also_a_picture_is_of_one_sort_alone():
    out = BytesIO()
    Image.new("RGB", (20, 20)).save(out, "GIF")
    copy = of_file(out.getvalue() + pdf(random.Random(2)))
    assert isinstance(copy, Copy)
    assert (copy.sort.code, b"%PDF" in copy.content) == ("png", False)


TRIED = {
    "a file is read": "open(os.__file__)",
    "a file is made": "__import__('tempfile').TemporaryFile()",
    "the network is asked": "__import__('socket').socket()",
    "a program is started": "__import__('os').execv('/bin/true', ['true'])",
    "a process is made": "__import__('os').fork()",
    "a process is ended": "os.kill(os.getppid(), 0)",
}


@pytest.mark.parametrize("tried", TRIED)
def test_shut_in_nothing_is_opened_asked_or_started(tried: str):
    begin = "import os, socket\nfrom encircle.host.file import sandbox\nsandbox.limit()\n"
    end = f"\ntry:\n    {TRIED[tried]}\nexcept OSError:\n    os._exit(9)\nos._exit(0)"
    ends = [
        subprocess.run([sys.executable, "-I", "-c", begin + shut + end], check=False).returncode
        for shut in ("sandbox.shut()", "pass")
    ]
    assert ends == [9, 0]


def test_a_decoder_that_takes_too_much_memory_or_time_is_ended():
    words = "from encircle.host.file import sandbox\nsandbox.limit()\nbytes(2_000_000_000)"
    assert (
        subprocess.run([sys.executable, "-I", "-c", words], check=False, stderr=subprocess.DEVNULL).returncode
        == 1
    )


def test_a_slow_decoder_is_ended_by_who_waits_for_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cleaning, "PATIENCE_SECONDS", 0.01)
    assert of_file(picture("JPEG", random.Random(3))) == NotCleaned("too_much")


def test_where_nothing_can_be_shut_in_nothing_is_decoded():
    words = (
        "import platform\nplatform.machine = lambda: 'm68k'\n"
        "from encircle.host.file import decoder\nimport sys\nsys.exit(decoder.main(['jpeg', '0', '1']))"
    )
    assert subprocess.run([sys.executable, "-I", "-c", words], check=False).returncode == 5
