"""The sort of a file is read from its bytes; what it is called, and what a browser says of it, count for nothing."""

import pytest

from encircle.host.file.sort import OTHER, SORTS, sort_of


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"\xff\xd8\xff\xe1", "jpeg"),
        (b"\x89PNG\r\n\x1a\n\0", "png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
        (b"\0\0\0\x20ftypheic", "heic"),
        (b"\0\0\0\x20ftypM4A ", "m4a"),
        (b"\0\0\0\x20ftypisom", "mp4"),
        (b"\0\0\0\x20ftyp3gp4", "mp4"),
        (b"OggS\0", "ogg"),
        (b"fLaC", "flac"),
        (b"#!AMR\n", "amr"),
        (b"ID3\x04", "mp3"),
        (b"\xff\xfb\x90", "mp3"),
        (b"\xff\xf1\x50", "aac"),
        (b"\x1aE\xdf\xa3", "webm"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04....[Content_Types].xml", "docx"),
        (b"PK\x03\x04....anything", "other"),
        (b"MZ\x90\0", "other"),
        (b"<svg xmlns", "other"),
        (b"<html>", "other"),
        (b"\xff", "other"),
        (b"", "other"),
    ],
)
def test_the_sort_is_read_from_the_bytes_and_never_from_a_name(head: bytes, code: str):
    assert sort_of(head).code == code


def test_what_a_browser_could_run_is_of_no_sort_that_is_shown():
    assert OTHER.media == "application/octet-stream"
    assert [one for one in SORTS.values() if "html" in one.media or "svg" in one.media] == []
