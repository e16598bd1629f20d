"""The parts of a name: how each is spelled in plain letters and how it sounds. Hashes of these stand in the index.

One that changes in silence would leave children unfound until the index is built anew.
"""

import pytest

from encircle.core.linkage import KeyKind, keys_of, keys_to_search, parts_of
from encircle.core.linkage.key import MOST_IN_PAIRS, NameKey
from encircle.core.linkage.name import LONGEST_PART, MOST_PARTS, MOST_SIGNS, Part, joined


@pytest.mark.parametrize(
    ("name", "spelling", "voice", "sounds"),
    [
        # Marks over letters keep their sound beside the plain spelling.
        ("Žydrūnė", "zydrune", "sidrune", ("sdrn",)),
        ("Krzysztof", "krzysztof", "krsistof", ("krstf", "kstf")),
        # What two languages read otherwise has a sound for each.
        ("Michail", "michail", "misail", ("mgl", "msl")),
        ("Jack", "jack", "iak", ("ak",)),
        # One letter for what sounds alike; a mute h at the end.
        ("Mohammed", "mohammed", "mogamed", ("mgmd",)),
        ("Thomas", "thomas", "tomas", ("tms",)),
        ("Sarah", "sarah", "sara", ("sr",)),
        ("Philip", "philip", "filip", ("flp",)),
        ("Xavier", "xavier", "ksavier", ("ksvr",)),
        ("Cecilia", "cecilia", "sesilia", ("sl",)),
        ("Marius", "marius", "marius", ("mrs",)),
        ("O'Brien", "obrien", "obrien", ("abrn",)),
        # A single consonant says too little: it sounds like its letters.
        ("Bo", "bo", "bo", ("bo",)),
    ],
)
def test_a_word_in_letters_that_write_vowels(name: str, spelling: str, voice: str, sounds: tuple[str, ...]):
    written = name.casefold().replace("'", "")
    assert parts_of(name) == (Part(written, spelling, voice, sounds, vowelless=False),)


@pytest.mark.parametrize(
    ("name", "spelling", "voice", "sounds"),
    [
        ("محمد", "mhmd", "mgmd", ("mgmd",)),
        ("سارة", "srh", "sara", ("sr",)),
        ("علي", "ly", "ali", ("al",)),
        # Abd al-, abdul-, abder- are one name.
        ("عبدالرحمن", "bdlrhmn", "abdalrgmn", ("abdrgmn",)),
        # The article may be a part of the name; what Arabic and Persian read otherwise has both sounds.
        ("الياس", "lys", "alias", ("als", "as")),
        ("ضياء", "dy", "dia", ("dia", "sia")),
    ],
)
def test_a_word_in_letters_that_leave_vowels_out(
    name: str, spelling: str, voice: str, sounds: tuple[str, ...]
):
    assert parts_of(name) == (Part(name, spelling, voice, sounds, vowelless=True),)


def test_signs_that_are_words_are_parts_of_their_own():
    assert [(part.written, part.spelling, part.sounds) for part in parts_of("王小明")] == [
        ("王", "wang", ("vng",)),
        ("小", "xiao", ("ks",)),
        ("明", "ming", ("mng",)),
    ]
    assert [part.spelling for part in parts_of("김민수")] == ["gim", "min", "su"]
    assert len(parts_of("王a")) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Aino-Maria Tamm", ["aino", "maria", "tamm"]),
        ("O'Brien", ["obrien"]),
        ("Aino, Tamm; 2nd", ["aino", "tamm", "2nd"]),
        ("  Aino\u200f  Tamm ", ["aino", "tamm"]),
        ("AINO", ["aino"]),
        ("Ａｉｎｏ", ["aino"]),
    ],
)
def test_words_are_parted_where_people_part_them(name: str, words: list[str]):
    assert [part.written for part in parts_of(name)] == words


def test_a_text_without_end_is_read_only_so_far():
    assert len(parts_of("ab " * 100)) == MOST_PARTS
    assert [len(part.written) for part in parts_of("a" * 100)] == [LONGEST_PART]
    assert parts_of(" " * MOST_SIGNS + "aino") == ()
    assert [part.written for part in parts_of(" " * (MOST_SIGNS - 4) + "aino")] == ["aino"]


def test_neighbours_are_joined_two_and_three_together():
    assert [part.written for part in joined(parts_of("Anna Maria Liis Eva"))] == [
        *("annamaria", "marialiis", "liiseva", "annamarialiis", "marialiiseva")
    ]
    assert joined(parts_of("Anna")) == ()
    long = "a" * 20
    assert [len(part.written) for part in joined(parts_of(f"{long} {long}"))] == [LONGEST_PART]
    assert joined(parts_of(f"{long} {long}a")) == ()


@pytest.mark.parametrize(
    ("word", "particle", "patronymic"),
    [
        ("al", True, False),
        ("van", True, False),
        ("Aino", False, False),
        ("Petrovych", False, True),
        ("Ivanovna", False, True),
        ("Yevna", False, False),
        ("Petrovychenko", False, False),
    ],
)
def test_words_between_parts_and_names_of_the_father_are_known(word: str, particle: bool, patronymic: bool):
    [part] = parts_of(word)
    assert (part.is_particle, part.is_patronymic) == (particle, patronymic)


# Keys


def texts(keys: tuple[NameKey, ...], kind: KeyKind) -> list[str]:
    return [key.text for key in keys if key.kind is kind]


def test_the_keys_of_a_child_are_of_all_its_names():
    keys = keys_of(("Aino da Silva", "Ai"))
    assert {kind: texts(keys, kind) for kind in KeyKind} == {
        KeyKind.PAIR: ["ai an", "ai slv", "an slv"],
        KeyKind.PART: ["ai", "aino", "ainoda", "ainodasilva", "da", "dasilva", "silva"],
        KeyKind.SOUND: ["ai", "an", "and", "andslv", "da", "dslv", "slv"],
        KeyKind.START: ["ain", "sil", "silva"],
    }
    assert list(keys) == sorted(set(keys))


def test_words_of_two_names_are_not_joined():
    assert "ainotamm" in texts(keys_of(("Aino Tamm",)), KeyKind.PART)
    assert "ainotamm" not in texts(keys_of(("Aino", "Tamm")), KeyKind.PART)


def test_what_was_typed_is_looked_up_together_and_then_part_by_part_the_surest_first():
    found = keys_to_search(parts_of("Aino da Silva"))
    assert [key.hashed for key in found.together] == ["pair:an slv"]
    assert [[key.hashed for key in keys] for keys in found.alone] == [
        ["part:aino", "sound:an", "start:ain"],
        ["part:silva", "sound:slv", "start:silva"],
        ["part:ainoda", "sound:and", "start:ainod"],
        ["part:dasilva", "sound:dslv", "start:dasil"],
        ["part:ainodasilva", "sound:andslv", "start:ainod"],
    ]


def test_a_particle_alone_is_looked_up_as_it_is():
    found = keys_to_search(parts_of("al"))
    assert found.together == ()
    assert [[key.hashed for key in keys] for keys in found.alone] == [["part:al", "sound:al"]]


def test_of_a_long_name_the_first_parts_are_paired():
    letters = ["aba", "ada", "aga", "aka", "ala", "ama", "ana"]
    assert len(letters) == MOST_IN_PAIRS + 1
    pairs = texts(keys_of((" ".join(letters),)), KeyKind.PAIR)
    assert len(pairs) == 15
    assert [pair for pair in pairs if "an" in pair.split()] == []
