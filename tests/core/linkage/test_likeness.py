"""How like one name is to another, in a word: the surest reason counts, the least sure part decides."""

import pytest

from encircle.core.linkage import Likeness, Match, likeness, parts_of
from encircle.core.linkage.likeness import MOST_AS_ONE
from encircle.core.linkage.name import Heard
from encircle.core.linkage.slip import slips

SAME, SPELLED, BEGINS, SOUNDS, NEAR, PART = Likeness


def alike(asked: str, known: str) -> Match | None:
    return likeness(parts_of(asked), parts_of(known))


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        # One part
        ("Aino", "aino", Match(SAME, 0)),
        ("Zydrune", "Žydrūnė", Match(SPELLED, 0)),
        ("Ion", "Ionuț", Match(BEGINS, 0)),
        ("Io", "Ionuț", None),
        ("Mohammed", "Muhamad", Match(SOUNDS, 0)),
        ("Marek", "Marok", Match(SOUNDS, 0)),
        # Slips: none in a short name, one in a longer one, two in a long one; first or last letter stays.
        ("Kask", "Kast", Match(NEAR, 0)),
        ("Kaks", "Kask", Match(NEAR, 0)),
        ("Eha", "Eva", None),
        ("Tamre", "Tamle", Match(NEAR, 0)),
        ("Tamre", "Tamli", None),
        ("Kristel", "Bristel", Match(NEAR, 0)),
        ("Kristel", "Brispel", Match(NEAR, 0)),
        ("Kristel", "Brispek", None),
        ("Kristel", "Brimpol", None),
        # The least sure part decides, in whatever order
        ("Aino Zydrune", "Žydrūnė Aino", Match(SPELLED, 0)),
        ("Aino Mohammed", "Aino Muhamad", Match(SOUNDS, 0)),
        # What nobody asked for is counted; words between the parts are not
        ("Aino", "Aino Tamm", Match(SAME, 1)),
        ("Aino", "Aino Maria Tamm", Match(SAME, 2)),
        ("Aino Silva", "Aino da Silva", Match(SAME, 0)),
        ("Aino da Silva", "Aino Silva", Match(SAME, 0)),
        ("al", "Al", Match(SAME, 0)),
        # Words that are one in the other
        ("Annamaria", "Anna Maria", Match(SAME, 1)),
        ("Anna Maria", "Annamaria", Match(SAME, 0)),
        ("Anna Maria Liis", "Annamarialiis", Match(SAME, 0)),
        ("Annamarialiis", "Anna Maria Liis", Match(SAME, 2)),
        # One part that is there and one that is not
        ("Aino Kask", "Aino Tamm", Match(PART, 1)),
        ("Aino Kask Pärn", "Aino Tamm", Match(PART, 2)),
        ("Zydrune Kask", "Žydrūnė Tamm", Match(PART, 1)),
        ("Mohammed Kask", "Muhamad Tamm", None),
        ("Aino Kask Pärn Lepp", "Aino Tamm", Match(PART, 3)),
        ("Oja Kask Pärn Lepp", "Aino Tamm", None),
        # A father's name that is not on record does not count against it
        ("Oleksandr Petrovych", "Oleksandr", Match(SAME, 0)),
        ("Muhamad Petrovych", "Mohammed", Match(SOUNDS, 0)),
    ],
)
def test_a_name_that_was_typed_is_so_like_one_on_record(asked: str, known: str, expected: Match | None):
    assert alike(asked, known) == expected


def test_so_many_words_can_be_one():
    words = ["Anna", "Maria", "Liis", "Eva"]
    assert MOST_AS_ONE == 3
    assert alike("".join(words[:3]), " ".join(words[:3])) == Match(SAME, 2)
    assert alike("".join(words), " ".join(words)) is None
    assert alike(" ".join(words), "".join(words)) is None


def test_matches_stand_in_order_of_how_sure_they_are_and_of_what_is_left():
    found = [Match(PART, 0), Match(SAME, 1), Match(SAME, 0), Match(SOUNDS, 0)]
    assert sorted(found) == [Match(SAME, 0), Match(SAME, 1), Match(SOUNDS, 0), Match(PART, 0)]


def test_words_that_were_taken_apart_already_give_the_same_answer():
    heard: Heard = {}
    asked, known = (parts_of(name, heard) for name in ("Anna Maria", "Annamaria"))
    assert likeness(asked, known, heard) == alike("Anna Maria", "Annamaria")
    assert set(heard) == {"anna", "maria", "annamaria"}
    assert parts_of("Anna Maria", heard) == asked == parts_of("Anna Maria")


def test_a_word_is_taken_apart_once():
    maria = parts_of("maria")[0]
    heard: Heard = {"anna": maria}
    assert parts_of("Anna", heard) == (maria,)


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [
        ("aino", "aino", 2, 0),
        ("aino", "ain", 2, 1),
        ("aino", "aiino", 2, 1),
        ("aino", "eino", 2, 1),
        ("aino", "iano", 2, 1),
        ("aino", "eini", 2, 2),
        ("aino", "tamm", 2, 3),
        ("aino", "tamm", 0, 1),
    ],
)
def test_slips_are_counted_up_to_one_more_than_matters(one: str, other: str, most: int, expected: int):
    assert slips(one, other, most=most) == expected
