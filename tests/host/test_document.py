"""Papers as PDF: the same bytes for the same words, nothing read as markup, both directions of writing."""

import zlib
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from encircle.host.document import Paper, Section, as_pdf, is_right_to_left

PAPER = Paper(
    "What is recorded about you",
    "en",
    ("Made for Aino.",),
    (Section("Facts", ("One.",), ("a", "b"), ("Day", "What"), (("6 May 2009", "A talk"),), (1, 3)),),
)
ARABIC = replace(PAPER, language="ar", title="ما هو مسجل عنك")


def contents(pdf: bytes) -> bytes:
    """The streams of a PDF, unpacked."""
    found = b""
    for part in pdf.split(b"stream\n")[1:]:
        try:
            found += zlib.decompressobj().decompress(part)
        except zlib.error:
            continue
    return found


@pytest.mark.parametrize("paper", [PAPER, ARABIC])
def test_the_same_words_give_the_same_bytes(paper: Paper):
    assert as_pdf(paper) == as_pdf(replace(paper))
    assert as_pdf(paper) != as_pdf(replace(paper, lead=("Made for somebody else.",)))


def test_it_is_tagged_for_those_who_listen_and_says_its_language():
    pdf = as_pdf(PAPER)
    assert pdf.startswith(b"%PDF-")
    assert b"/Lang(en)" in pdf + contents(pdf)
    assert b"/StructTreeRoot" in pdf + contents(pdf)


@pytest.mark.parametrize(
    "words",
    ["#panic()", '#read("/etc/passwd")', "*bold* _x_ $x^2$ `x`", '#eval("1")', "\\#{", "]#[", "@cite <x>"],
)
def test_no_word_is_read_as_markup(words: str):
    """In a paper of the same length a harmless word takes as many letters; none of it runs or fails."""
    section = Section(words, (words,), (words,), (words, words), ((words, words),), (1, 1))
    pdf = as_pdf(Paper(words, "en", (words,), (section,)))
    assert pdf.startswith(b"%PDF-")
    assert b"root:" not in contents(pdf)


def test_which_languages_are_written_from_the_right():
    assert [is_right_to_left(one) for one in ("ar", "ar-SY", "he", "en", "et")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_paper_that_names_its_instant_is_for_archives_too_and_the_same_on_every_day():
    dated = replace(PAPER, of=datetime(2026, 11, 29, 10, tzinfo=UTC))
    made = as_pdf(dated)
    assert made == as_pdf(replace(dated))
    for pdf, standards in ((made, ("2", "A", "1")), (as_pdf(PAPER), (None, None, "1"))):
        with pikepdf.open(BytesIO(pdf)) as read, read.open_metadata() as told:
            names = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
            assert tuple(told.get(name) for name in names) == standards


def test_no_creation_date_makes_two_papers_differ():
    assert b"CreationDate" not in as_pdf(PAPER) + contents(as_pdf(PAPER))
