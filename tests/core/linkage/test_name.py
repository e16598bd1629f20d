"""Names that must meet and names that must not, in any script; and what no spelling can change."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from encircle.core.linkage import KeyKind, Likeness, Match, keys_of, keys_to_search, likeness, parts_of
from encircle.core.linkage.name import LONGEST_PART, MOST_PARTS

MEET = (
    # Pairs that a peer misses: PEERS, cross-script and Baltic names.
    ("Ozolins", "Ozoliņš", Likeness.SPELLED),
    ("Zydrune", "Žydrūnė", Likeness.SPELLED),
    ("Lukasz", "Łukasz", Likeness.SPELLED),
    ("Олександр", "Oleksandr", Likeness.SPELLED),
    ("محمد", "Mohammed", Likeness.SOUNDS),
    ("Mohammed", "محمد", Likeness.SOUNDS),
    # One name, spelled in Latin letters by different hands.
    ("Mohammed", "Muhamad", Likeness.SOUNDS),
    ("Yulia", "Julia", Likeness.SOUNDS),
    ("Юлия", "Julia", Likeness.SOUNDS),
    ("Alexander", "Oleksandr", Likeness.SOUNDS),
    ("Mueller", "Müller", Likeness.SOUNDS),
    ("Strauss", "Strauß", Likeness.SAME),
    ("Ozolina", "Ozoliņš", Likeness.SOUNDS),
    ("Jelena", "Олена", Likeness.SOUNDS),
    ("Sarunas", "Шарунас", Likeness.SOUNDS),
    ("Šarūnas", "Шарунас", Likeness.SOUNDS),
    ("Bogdan", "Богдан", Likeness.SPELLED),
    ("Bohdan", "Богдан", Likeness.SOUNDS),
    ("Nguyen", "Nguyễn", Likeness.SPELLED),
    ("Michail", "Михаил", Likeness.SOUNDS),
    ("Kshishtof", "Krzysztof", Likeness.SOUNDS),
    ("Gzhegozh", "Grzegorz", Likeness.SOUNDS),
    ("Natalya", "Наталʼя", Likeness.SPELLED),
    ("OBrien", "O’Brien", Likeness.SAME),
    # Arabic, Hebrew, Persian.
    ("Sara", "سارة", Likeness.SOUNDS),
    ("Yusuf", "يوسف", Likeness.SOUNDS),
    ("Youssef", "Yusuf", Likeness.SOUNDS),
    ("Fatima", "فاطمة", Likeness.SOUNDS),
    ("Ahmed", "أحمد", Likeness.SOUNDS),
    ("Hussein", "حسين", Likeness.SOUNDS),
    ("Khaled", "خالد", Likeness.SOUNDS),
    ("Ali", "علي", Likeness.SOUNDS),
    ("Omar", "عمر", Likeness.SOUNDS),
    ("Jamal", "جمال", Likeness.SOUNDS),
    ("Djamal", "Джамал", Likeness.SOUNDS),
    ("Abdul Rahman", "عبدالرحمن", Likeness.SOUNDS),
    ("Abdurrahman", "عبد الرحمن", Likeness.SOUNDS),
    ("Moshe", "משה", Likeness.SOUNDS),
    ("David", "דוד", Likeness.SOUNDS),
    ("Alireza", "علی‌رضا", Likeness.SOUNDS),
    # Ethiopic, Chinese, Georgian.
    ("Frehiwot", "ፍሬሕይወት", Likeness.SOUNDS),
    ("Selam", "ሰላም", Likeness.SPELLED),
    ("Wang Xiaoming", "王小明", Likeness.SPELLED),
    ("Giorgi", "გიორგი", Likeness.SPELLED),
    # Order, parts left out, beginnings, slips.
    ("Tamm Aino", "Aino Tamm", Likeness.SAME),
    ("Shevchenko Oleksandr", "Олександр Петрович Шевченко", Likeness.SPELLED),
    ("Oleksandr Petrovych Shevchenko", "Олександр Шевченко", Likeness.SPELLED),
    ("Annamaria", "Anna-Maria", Likeness.SAME),
    ("Anna Maria", "Annamaria", Likeness.SAME),
    ("Zyd", "Žydrūnė", Likeness.BEGINS),
    ("Ion", "Ionuț", Likeness.BEGINS),
    ("Adeaze", "Adaeze", Likeness.SOUNDS),
    ("Adaez", "Adaeze", Likeness.BEGINS),
    ("Aino Kask", "Aino Tamm", Likeness.PART),
)
APART = (
    ("Aino", "Eva"),
    ("Anna", "Ino"),
    ("Bo", "Bob"),
    ("Marek", "Maria"),
    ("محمد", "خالد"),
    ("سارة", "يوسف"),
    ("Tamm", "Kask"),
)


def meets(asked: str, known: str) -> Match | None:
    """As a search would: only what shares a key is compared at all."""
    parts = parts_of(asked)
    search = keys_to_search(parts)
    wanted = {*search.together, *(key for one in search.alone for key in one)}
    return likeness(parts, parts_of(known)) if wanted & set(keys_of((known,))) else None


@pytest.mark.parametrize(("asked", "known", "why"), MEET)
def test_these_spellings_of_a_name_meet(asked: str, known: str, why: Likeness | None):
    found = meets(asked, known)
    assert (None if found is None else found.likeness) == why


@pytest.mark.parametrize(("asked", "known"), APART)
def test_these_names_do_not_meet(asked: str, known: str):
    assert meets(asked, known) is None


NAMES = st.text(
    st.characters(categories=("Lu", "Ll", "Lo", "Mn")) | st.sampled_from(" -'"), min_size=1, max_size=40
).filter(lambda text: bool(parts_of(text)))


@given(NAMES, st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")), st.randoms(use_true_random=False))
@example("Žydrūnė Ozoliņš", "NFD", None)
def test_a_name_finds_itself_in_any_case_order_and_normal_form(name: str, form: str, chance: object):
    words = name.split()
    if chance is not None:
        chance.shuffle(words)  # type: ignore[attr-defined]  # given by Hypothesis
    asked = unicodedata.normalize(form, " ".join(words)).swapcase()
    if len(parts_of(asked)) == len(parts_of(name)):
        assert meets(asked, name) is not None


@given(st.text(max_size=400))
def test_no_text_is_too_odd_to_be_read(text: str):
    parts = parts_of(text)
    assert len(parts) <= MOST_PARTS
    assert all(part.spelling and part.sounds and len(part.written) <= LONGEST_PART for part in parts)
    assert len(keys_of((text,))) <= 300


@pytest.mark.parametrize("text", ["", "   ", "👶👶", "...", "-", "\u202e", "'"])
def test_what_holds_no_letter_holds_no_name(text: str):
    assert parts_of(text) == ()
    assert keys_of((text,)) == ()


def test_marks_of_writing_direction_change_nothing():
    assert parts_of("\u202bمحمد\u202c") == parts_of("محمد")


def test_the_keys_of_a_name_are_few_and_of_four_kinds():
    keys = keys_of(("Aino Tamm",))
    assert [(key.kind, key.text) for key in keys] == [
        (KeyKind.PAIR, "an tm"),
        (KeyKind.PART, "aino"),
        (KeyKind.PART, "ainotamm"),
        (KeyKind.PART, "tamm"),
        (KeyKind.SOUND, "an"),
        (KeyKind.SOUND, "antm"),
        (KeyKind.SOUND, "tm"),
        (KeyKind.START, "ain"),
        (KeyKind.START, "tam"),
    ]
    assert keys[0].hashed == "pair:an tm"
