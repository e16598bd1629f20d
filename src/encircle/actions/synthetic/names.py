"""Names of children that never were: common given and family names, put together by chance, in four scripts.

Each name stands as it is written in its own language and in Latin letters.
"""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyntheticName:
    """A name in its own script, and in Latin letters. `language`: ISO 639; `nationality`: ISO 3166-1 alpha-2."""

    given: str
    family: str
    given_latin: str
    family_latin: str
    language: str
    nationality: str

    @property
    def is_latin(self) -> bool:
        """Whether the name is written in Latin letters at home."""
        return self.given == self.given_latin


_Pairs = tuple[tuple[str, str], ...]


def _latin(words: str) -> _Pairs:
    return tuple((word, word) for word in words.split())


def _both(native: str, latin: str) -> _Pairs:
    return tuple(zip(native.split(), latin.split(), strict=True))


_COMMUNITIES: tuple[tuple[str, str, _Pairs, _Pairs], ...] = (
    (
        "et",
        "EE",
        _latin("Aino Jürgen Kärt Mihkel Õnne Tõnu Üllar Külli"),
        _latin("Kask Põder Õunapuu Mägi Käär Sõõrumaa"),
    ),
    (
        "lv",
        "LV",
        _latin("Ieva Jānis Līga Mārtiņš Žanete Ģirts Šarlote"),
        _latin("Bērziņš Kalniņa Ozoliņš Zariņa Krūmiņš Ķirse"),
    ),
    (
        "lt",
        "LT",
        _latin("Žydrūnė Šarūnas Ąžuolas Ugnė Jūratė Gintarė"),
        _latin("Kazlauskaitė Žukauskas Šimkutė Paulauskas Ąžuolaitis"),
    ),
    (
        "pl",
        "PL",
        _latin("Marek Łucja Zosia Michał Grażyna Świętosław Żaneta"),
        _latin("Wójcik Zieliński Gąsior Źrebak Łoś Kożuch"),
    ),
    (
        "uk",
        "UA",
        _both(
            "Олена Дмитро Соломія Ярослав Їва Єва Андрій", "Olena Dmytro Solomiia Yaroslav Yiva Yeva Andrii"
        ),
        _both("Шевчук Коваль Ткач Гончар Бондар", "Shevchuk Koval Tkach Honchar Bondar"),
    ),
    (
        "ru",
        "KZ",
        _both("Мадина Алина Тимур Юлия Семён", "Madina Alina Timur Yuliya Semyon"),
        _both("Ахметова Соколова Юсупов Журавль", "Akhmetova Sokolova Yusupov Zhuravl"),
    ),
    (
        "ar",
        "SY",
        _both("سارة يوسف ليلى عمر نور حسن مريم", "Sara Yusuf Layla Omar Nour Hassan Maryam"),
        _both("الحلبي النجار حداد الخطيب صباغ", "Al-Halabi Al-Najjar Haddad Al-Khatib Sabbagh"),
    ),
    (
        "am",
        "ET",
        _both("ፍሬሕይወት አበበ ሳራ ዮሐንስ ሕይወት", "Frehiwot Abebe Sara Yohannes Hiwot"),
        _both("ተስፋዬ ከበደ በቀለ ግርማ", "Tesfaye Kebede Bekele Girma"),
    ),
    (
        "ti",
        "ER",
        _both("ሰላም ሚካኤል ሮቤል ሉላ", "Selam Michael Robel Lula"),
        _both("ተክለ ሃይለ ገብረ ወልዱ", "Tekle Haile Gebre Weldu"),
    ),
    ("vi", "VN", _latin("Linh Minh Đức Thảo Hương Tuấn"), _latin("Nguyễn Trần Phạm Vũ Đặng")),
    ("en", "NG", _latin("Adaeze Chidi Blessing Emeka Ngozi"), _latin("Okafor Eze Balogun Adeyemi")),
    (
        "ro",
        "RO",
        _latin("Ionuț Ștefania Mădălina Răzvan Cătălin"),
        _latin("Popescu Țăran Bălan Șerban Mândru"),
    ),
)


def synthetic_name(chance: random.Random) -> SyntheticName:
    """A name by chance; each community as often as the others."""
    language, nationality, given, family = chance.choice(_COMMUNITIES)
    first, last = chance.choice(given), chance.choice(family)
    return SyntheticName(first[0], last[0], first[1], last[1], language, nationality)


def recorded(name: SyntheticName) -> dict[str, str]:
    """The payload of the fact that states this name; as it sounds in Latin letters, where it is written in others."""
    written = {"name_used": name.given, "given_names": name.given, "family_name": name.family}
    return written if name.is_latin else {**written, "other_names": f"{name.given_latin} {name.family_latin}"}
