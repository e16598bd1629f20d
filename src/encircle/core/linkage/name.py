"""Names in any script: their parts, how each is spelled in plain letters, and how it sounds. Knows no tables and no keys.

What is written here is for finding, never for showing: a name is shown as it was written down.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from anyascii import anyascii

MOST_SIGNS = 200
MOST_PARTS = 12
LONGEST_PART = 40
SHORTEST_SOUND = 2
"""A single consonant says too little: such a part sounds like its letters."""

PARTICLES = frozenset(
    (
        *("al", "el", "ul", "ar", "as", "an", "at", "bin", "ibn", "ben", "bint", "bar", "ould", "wuld"),
        *("oglu", "ogly", "qizi", "kyzy", "kizi"),
        *("de", "da", "di", "do", "dos", "das", "du", "la", "le", "van", "von", "der", "den", "ter", "zu"),
    )
)
"""Words between the parts of a name, which one writes and another leaves out."""

_JOINING = frozenset("'’‘`´ʼʻʹʺ·ـ")
"""Written inside a word: O'Brien, Наталʼя, the drawn-out stroke of Arabic."""

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("عاأإآٱىة", "a"),
        "ؤ": "w",
        "ئ": "y",
        "ء": "",
        "غ": "gh",
        **dict.fromkeys("אע", "a"),
        **dict.fromkeys("šşșŝ", "sh"),
        "ś": "sh",
        **dict.fromkeys("čć", "ch"),
        **dict.fromkeys("žź", "zh"),
        **dict.fromkeys("ţț", "ts"),
        "ç": "ch",
        "ñ": "n",
    }
)
"""How letters sound that lose it when they become plain ones; their plain spelling is kept beside it."""

_PERSIAN = str.maketrans(dict.fromkeys("ضذظ", "z") | {"ث": "s", "و": "v"})
"""How Persian, Urdu and Pashto read letters that Arabic reads otherwise."""

_VOWELLESS = re.compile("[\u0590-\u07ff\u08a0-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Hebrew, Arabic, Syriac and their kin: most vowels are not written."""

_SOUNDS = tuple(
    (frozenset(needed), re.compile(found), told)
    for needed, found, told in (
        ("c", "shch|szcz|tsch|tch", "s"),
        ("d", "dzh|dj", "j"),
        ("c", "ch(?=[rl])", "k"),
        ("csz", "sch|sh|sz|ch|cz|zh|ts|tz", "s"),
        ("p", "ph", "f"),
        ("h", "th", "t"),
        ("h", "kh|gh", "g"),
        ("h", "dh", "d"),
        ("cq", "ck|q", "k"),
        ("x", "x", "ks"),
        ("c", "c(?=[eiy])", "s"),
        ("c", "c", "k"),
        ("z", "z", "s"),
        ("w", "w", "v"),
        ("h", "(?<=[aeiouy])h$", ""),
        ("h", "h", "g"),
        ("yj", "[yj]", "i"),
    )
)
"""In this order; each is looked for only where one of its letters is left."""
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiou]")
_SERVANT = re.compile("^abdl(?=.)")
"""Abd al-, abdul-, abder-: the article melts into the next letter."""

_PATRONYMIC = re.compile("(ovich|evich|ovych|evych|iovich|ovna|evna|ivna|yivna)$")


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name.

    `written`: as it was written, in small letters. `spelling`: in plain letters. `voice`: the same with letters that
    sound alike made one. `sounds`: its consonants, in each way in which it can be read. `vowelless`: its script leaves
    vowels out.
    """

    written: str
    spelling: str
    voice: str
    sounds: tuple[str, ...]
    vowelless: bool

    @property
    def is_particle(self) -> bool:
        """Whether it is a word that stands between the parts that tell one name from another."""
        return self.spelling in PARTICLES

    @property
    def is_patronymic(self) -> bool:
        """Whether it is the father's name, which many leave out."""
        return len(self.spelling) > 6 and _PATRONYMIC.search(self.spelling) is not None


Heard = dict[str, Part | None]
"""Words that were taken apart already. It holds names of children: it lives no longer than one search or one batch."""


def parts_of(text: str, heard: Heard | None = None) -> tuple[Part, ...]:
    """The words of a name, in order. Empty, where the text has no letter and no figure (emoji, punctuation).

    `heard`: the words of this search or batch that were taken apart already; those of this name are added.
    """
    words = _words(unicodedata.normalize("NFKC", text[:MOST_SIGNS]).casefold())
    found = (_once(word[:LONGEST_PART], heard) for long in words for word in _syllables(long))
    return tuple(part for part in found if part is not None)[:MOST_PARTS]


def joined(parts: tuple[Part, ...], heard: Heard | None = None) -> tuple[Part, ...]:
    """Neighbours written as one word, two and three together: Anna Maria is also Annamaria."""
    pairs = [(first.written + second.written) for first, second in pairwise(parts)]
    threes = [
        first.written + second.written + third.written
        for first, second, third in zip(parts, parts[1:], parts[2:], strict=False)
    ]
    found = (_once(word, heard) for word in (*pairs, *threes) if len(word) <= LONGEST_PART)
    return tuple(part for part in found if part is not None)


def _once(word: str, heard: Heard | None) -> Part | None:
    if heard is None:
        return _part(word)
    if word not in heard:
        heard[word] = _part(word)
    return heard[word]


def _words(text: str) -> list[str]:
    signs = []
    for sign in text:
        kind = unicodedata.category(sign)
        if kind[0] in "LM" or kind == "Nd":
            signs.append(sign)
        elif sign not in _JOINING and kind != "Cf":
            signs.append(" ")
    return "".join(sign for sign in signs if sign not in _JOINING).split()


def _syllables(word: str) -> list[str]:
    """A word written in signs that each are a word of plain letters (Chinese, Korean): one by one."""
    return list(word) if all(_is_whole_syllable(sign) for sign in word) else [word]


def _is_whole_syllable(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3" or sign >= "\U00020000"


def _part(word: str) -> Part | None:
    spelling = _plain(word)
    if not spelling:
        return None
    vowelless = _VOWELLESS.search(word) is not None
    heard = _plain(unicodedata.normalize("NFC", word).translate(_LETTERS))
    voice = _voice(heard, vowelless=vowelless)
    readings = {_sound(one) for one in _readings(heard, voice, vowelless=vowelless)}
    if vowelless:
        readings.add(_sound(_voice(_plain(word.translate(_PERSIAN | _LETTERS)), vowelless=True)))
    return Part(word, spelling, voice, tuple(sorted(readings)), vowelless)


def _plain(word: str) -> str:
    return "".join(sign for sign in anyascii(word).lower() if sign.isalnum())


def _voice(heard: str, *, vowelless: bool) -> str:
    voice = heard.removesuffix("h") if vowelless else heard
    for needed, found, told in _SOUNDS:
        if not needed.isdisjoint(voice):
            voice = found.sub(told, voice)
    return _DOUBLE.sub(r"\1", voice) or heard


def _readings(heard: str, voice: str, *, vowelless: bool) -> tuple[str, ...]:
    """The voice, and other ways to read what is ambiguous."""
    found = [voice]
    if vowelless:
        found.append(voice[:1] + voice[1:].replace("v", ""))
        if heard.startswith("al") and len(heard) > 4:
            found += [one[2:] for one in tuple(found)]
    if "ch" in heard:
        found.append(_voice(heard.replace("ch", "gh"), vowelless=vowelless))
    if "rz" in heard:
        found.append(_voice(heard.replace("rz", "zh"), vowelless=vowelless))
    return tuple(found)


def _sound(voice: str) -> str:
    """The consonants, after an "a" where it begins with any vowel. Endings that languages add (-s) are left out."""
    first = "a" if _VOWELS.match(voice) else voice[:1]
    sound = _DOUBLE.sub(r"\1", first + _VOWELS.sub("", voice[1:]))
    if len(sound) < SHORTEST_SOUND:
        return voice
    if len(sound) > 3:
        sound = sound.removesuffix("s")
    return _SERVANT.sub("abd", sound)
