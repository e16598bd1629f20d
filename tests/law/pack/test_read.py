"""Reading a pack file: what is taken, and how plainly all else is refused, with file and line."""

from pathlib import Path

import pytest

from encircle.law.origin import Origin
from encircle.law.pack.problem import BadPack, Problem, Problems, meant
from encircle.law.pack.read import DEEPEST, LARGEST_FILE, read_file, read_text
from encircle.law.pack.tree import Fields, Items, Leaf, Tree

NAME = "packs/ee/duties/a.yaml"


def at(line: int) -> Origin:
    return Origin(NAME, line)


def read(text: str) -> tuple[Tree | None, tuple[str, ...]]:
    problems = Problems()
    tree = read_text(text, name=NAME, problems=problems)
    return tree, tuple(str(one) for one in problems.found)


def test_every_value_keeps_its_line() -> None:
    tree, problems = read('- duty: D01\n  title:\n    en: "Presume"\n- duty: D02b\n')
    assert problems == ()
    assert isinstance(tree, Items)
    first, second = tree.items
    assert isinstance(first, Fields)
    assert isinstance(second, Fields)
    title = first.fields["title"]
    assert isinstance(title, Fields)
    places = (first.origin, first.place("title"), title.place("en"), second.origin, second.place("not there"))
    assert places == (at(1), at(2), at(3), at(4), at(4))


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("14", "14"),
        ("4.10", "4.10"),
        ("NO", "NO"),
        ("true", "true"),
        ("2026-11-23", "2026-11-23"),
        ('"null"', "null"),
        ("null", None),
        ("~", None),
        ("", None),
        ("'14(2)'", "14(2)"),
    ],
)
def test_a_value_is_taken_as_it_is_written(written: str, taken: str | None) -> None:
    tree, problems = read(f"a: {written}\n")
    assert problems == ()
    assert tree == Fields({"a": Leaf(taken, at(1))}, {}, at(1))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- duty: D01\n  duty: D02\n", 2, "'duty' stands twice; first on line 1. Keep one."),
        ("a: 1\n\tb: 2\n", 2, "a tab at the beginning of the line. Use spaces."),
        (
            "a: &x 1\n",
            1,
            "an anchor or alias (& or *). Write the text out, so that it can be read on its own.",
        ),
        (
            "a: &x [1]\nb: *x\n",
            2,
            "an anchor or alias (& or *). Write the text out, so that it can be read on its own.",
        ),
        (
            "a: !!python/object:os.system x\n",
            1,
            (
                "a tag (tag:yaml.org,2002:python/object:os.system). Leave it out; put the value in "
                "quotes if it begins with '!'."
            ),
        ),
        (
            "a: [1, 2\nb: 3\n",
            2,
            (
                "not readable as YAML: did not find expected ',' or ']'. A text with ': ' or '#' in "
                "it goes in quotes."
            ),
        ),
        (
            "a: due: soon\n",
            1,
            (
                "not readable as YAML: mapping values are not allowed in this context. A text with "
                "': ' or '#' in it goes in quotes."
            ),
        ),
        ("a: 1\n---\nb: 2\n", 2, "a second document (---). Expected one list in one file."),
        ("a: \x07\n", 1, "a character that is not text. Remove it."),
        ('a: "\\ud800"\n', 1, "half of a character (a lone surrogate). Write the character itself."),
        ("[1, 2]: x\n", 1, "a name that is a list or a mapping. Expected a word followed by a colon."),
        ("", 1, "the file is empty."),
        ("# a remark only\n", 1, "the file is empty."),
        ("[" * (DEEPEST + 1), 1, "nested more than 12 deep. Expected entries as in the format."),
        ("[" * 100_000, 1, "nested more than 12 deep. Expected entries as in the format."),
    ],
)
def test_what_a_lawyer_would_not_write_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    tree, problems = read(text)
    assert tree is None
    assert f"{NAME}:{line}: {said}" in problems


def test_two_faults_in_one_file_are_both_told() -> None:
    _, problems = read("- a: 1\n  a: 2\n- b: 1\n  b: 2\n")
    assert problems == (
        f"{NAME}:2: 'a' stands twice; first on line 1. Keep one.",
        f"{NAME}:4: 'b' stands twice; first on line 3. Keep one.",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: \xff\n", "the file is not UTF-8 text. Save it as UTF-8."),
        (
            b"#" * (LARGEST_FILE + 1),
            f"the file has {LARGEST_FILE + 1} bytes; expected at most {LARGEST_FILE}. Split it.",
        ),
    ],
)
def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    problems = Problems()
    assert read_file(path, name=NAME, problems=problems) is None
    assert [one.what for one in problems.found] == [said]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    problems = Problems()
    assert read_file(tmp_path / "a.yaml", name=NAME, problems=problems) is None
    assert problems.found == (Problem(at(1), "the file can't be read: No such file or directory."),)


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    problems = Problems()
    assert read_file(path, name=NAME, problems=problems) == Fields({"a": Leaf("1", at(1))}, {}, at(1))


def test_a_bad_pack_lists_every_problem_once_in_the_order_of_lines() -> None:
    bad = BadPack("packs/ee", [Problem(at(9), "b."), Problem(at(2), "a."), Problem(at(9), "b.")])
    assert str(bad) == f"2 problems in packs/ee\n{NAME}:2: a.\n{NAME}:9: b."
    assert (bad.code, bad.where) == ("bad_pack", f"{NAME}:2")


def test_the_nearest_name_is_offered() -> None:
    assert meant("ownr", ["owner", "due"]) == "Did you mean 'owner'?"
    assert meant("x", ["due", "owner"]) == "Expected one of due, owner."
    assert meant("x", []) == "There are none."


def test_what_is_written_alike_is_the_same_wherever_it_stands() -> None:
    one, other, more = (
        Fields({"a": Leaf(text, at(line))}, {"a": at(line)}, at(line))
        for text, line in (("1", 1), ("1", 9), ("2", 1))
    )
    assert (one == other, one == more, one == "a") == (True, False, False)
    assert {one, other} == {one}
