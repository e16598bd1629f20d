"""What a door says, as packs have it: read whole, an upper pack over a lower one, and every fault named with its line."""

from datetime import date
from pathlib import Path

import pytest

from encircle.law.help import READERS, Help, Need, Topic, Way
from encircle.law.pack import BadPack, Shelf
from encircle.law.pack.helping import has_help, help_in

SEEN = 'seen: [{page: "https://example.org/a", read: 2026-11-01, checked: 2026-11-20}]'
BASE = f"""emergency: {{number: "112", free: true, {SEEN}}}
duty: {{child: {{en: "They must help."}}, adult: {{en: "You must tell."}}, act: {{en: "Act"}}, at: "1", {SEEN}}}
services:
  - {{code: line, name: {{en: "Line"}}, says: {{en: "Listens."}}, number: "116 111", ways: [call], needs: [talk], {SEEN}}}
acts: [{{code: CRC, title: {{en: "Convention"}}, {SEEN}}}]
told:
  - code: heard
    topic: rights
    rests: [{{act: CRC, at: "12"}}]
{"".join(f'    {reader}: {{en: "You may speak."}}{chr(10)}' for reader in READERS)}"""
HEADS = {
    "base": "kind: base\nextends: []\ncountry: null\ncalendar: null\nzone: null\nlanguages: [en]\n",
    "ee": "kind: country\nextends: [base]\ncountry: EE\ncalendar: EE\nzone: Europe/Tallinn\nlanguages: [et]\n",
}


def packs(root: Path, *, base: str = BASE, ee: str = "") -> Path:
    folder = root / "packs"
    for code, text in (("base", base), ("ee", ee)):
        (folder / code / "help").mkdir(parents=True)
        head = f'pack: {code}\ntitle: {{en: "{code}"}}\nversion: "1"\n{HEADS[code]}'
        (folder / code / "pack.yaml").write_text(head, "utf-8")
        if text:
            (folder / code / "help" / "door.yaml").write_text(text, "utf-8")
    return folder


def read(folder: Path) -> Help:
    return help_in(folder, Shelf(folder).chain("ee"))


def faults(root: Path, **texts: str) -> list[str]:
    with pytest.raises(BadPack) as bad:
        read(packs(root, **texts))
    return [str(problem) for problem in bad.value.problems]


def test_what_no_country_says_is_said_by_the_packs_below(tmp_path: Path):
    found = read(packs(tmp_path))
    assert (found.emergency.number, found.emergency.free, found.duty.at) == ("112", True, "1")
    (line,) = found.services
    assert (line.number, line.ways, line.needs, line.is_verified) == (
        "116 111",
        frozenset({Way.CALL}),
        frozenset({Need.TALK}),
        True,
    )
    assert [str(one.words["6-9"]) for one in found.about(Topic.RIGHTS)] == ["You may speak."]
    assert found.told[0].rests[0].seen.checked == date(2026, 11, 20)


def test_a_country_is_heard_before_the_packs_below_and_comes_first(tmp_path: Path):
    said = f"""emergency: {{number: "999", {SEEN}}}
services:
  - {{code: own, name: {{en: "Own"}}, says: {{en: "Ours."}}, ways: [visit], needs: [food], places: [Tartu], {SEEN}}}
  - {{code: line, name: {{en: "Line"}}, says: {{en: "Here."}}, number: "1", needs: [talk], {SEEN}}}
"""
    found = read(packs(tmp_path, ee=said))
    assert (found.emergency.number, found.emergency.free) == ("999", False)
    assert [(one.code, str(one.says)) for one in found.services] == [("own", "Ours."), ("line", "Here.")]
    assert found.places == ("Tartu",)


def test_a_number_that_nobody_has_read_is_not_given_to_a_child_in_a_hurry(tmp_path: Path):
    unread = SEEN.replace("2026-11-01", "null").replace("2026-11-20", "null")
    said = f'services: [{{code: line, name: {{en: "L"}}, says: {{en: "S."}}, number: "1", needs: [talk], {unread}}}]'
    found = read(packs(tmp_path, ee=said))
    assert (found.services[0].is_verified, found.to_talk()) == (False, ())


def test_packs_without_a_door_are_no_fault_and_are_known(tmp_path: Path):
    folder = tmp_path / "packs"
    (folder / "base").mkdir(parents=True)
    head = f'pack: base\ntitle: {{en: "b"}}\nversion: "1"\n{HEADS["base"]}'
    (folder / "base" / "pack.yaml").write_text(head, "utf-8")
    assert not has_help(folder, Shelf(folder).chain("base"))


SERVICE = '- {code: own, name: {en: "Own"}, says: {en: "Ours."}, number: "1", needs: [food], PLANTED'


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("number2: 1, SEEN", "unknown field 'number2'"),
        ("needs: [money], SEEN", "needs 'money' is not known"),
        ("needs: [], SEEN", "needs: say what it is for"),
        ('number: "call us", SEEN', "expected a telephone number such as 116 111"),
        ('page: "example.org", SEEN', "expected an address such as https://example.org"),
        ('page: "javascript:x", SEEN', "expected an address such as https://example.org"),
        ('mail: "nobody", SEEN', "expected an address such as help@example.org"),
        ("languages: [Estonian], SEEN", "'Estonian' is no language"),
        ('always: true, hours: {en: "9-5"}, SEEN', "hours and always. Keep one"),
        ("number: null, SEEN", "nobody could reach it"),
        ("number: null, page: 'https://a.b', ways: [call], SEEN", "a call or message needs a number"),
        ("seen: []", "'seen' is missing"),
        ('seen: [{page: "https://a.b", read: 2026-11-01}]', "'checked' is missing"),
        ('seen: [{page: "https://a.b", read: null, checked: 2026-11-01}]', "checked, and never read"),
        ('seen: [{page: "https://a.b", read: 2026-11-01, checked: null}]', "read, and never checked"),
        ('seen: [{page: "https://a.b", read: yesterday, checked: null}]', "expected a date such as"),
        ('seen: [{page: "a book", read: null, checked: null}]', "expected the address of the page"),
    ],
)
def test_a_planted_fault_is_told_with_its_line(tmp_path: Path, planted: str, fault: str):
    name = planted.partition(":")[0]
    entry = SERVICE.replace("PLANTED", planted).replace("SEEN", SEEN)
    if name in ("number", "needs"):
        entry = entry.replace(', number: "1"' if name == "number" else ", needs: [food]", "", 1)
    found = faults(tmp_path, ee=f"services:\n  {entry}}}\n")
    assert [one for one in found if one.startswith("packs/ee/help/door.yaml:2: ") and fault in one], found


@pytest.mark.parametrize(
    ("ee", "fault"),
    [
        ("- list\n", "expected named fields: emergency, duty, services, acts, told."),
        ("helplines: []\n", "unknown field 'helplines'"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, ee: str, fault: str):
    assert [one for one in faults(tmp_path, ee=ee) if fault in one]


def test_a_code_that_stands_twice_and_an_act_that_is_not_there_are_told(tmp_path: Path):
    twice = "  " + SERVICE.replace("PLANTED", SEEN) + "}\n"
    found = faults(
        tmp_path,
        ee=f"services:\n{twice}{twice}",
        base=BASE.replace("act: CRC", "act: CRCC"),
    )
    assert [one for one in found if "'own' stands twice; first in packs/ee/help/door.yaml:2" in one]
    assert [one for one in found if "act 'CRCC' is not among 'acts' here. Did you mean 'CRC'?" in one]


def test_a_door_without_emergency_number_duty_or_a_text_for_some_age_is_refused(tmp_path: Path):
    found = faults(
        tmp_path, base=BASE.partition("services:")[2].join(("services:", "")).replace("    6-9:", "    6-8:")
    )
    assert [one for one in found if "names 'emergency'" in one]
    assert [one for one in found if "names 'duty'" in one]
    assert [one for one in found if "unknown field '6-8'" in one]
    assert [one for one in found if "'6-9' is missing" in one]


def test_the_phrases_of_packs_say_what_the_door_says_in_other_languages_those_of_an_upper_pack_first(
    tmp_path: Path,
):
    folder = packs(tmp_path)
    for code, said in (
        (
            "base",
            '"They must help.": {uk: "Вони", pl: "Oni"}\n"You may speak.": {uk: "Можна"}\n"Act": {uk: "Закон"}',
        ),
        ("ee", '"They must help.": {uk: "Усі вони"}\n"Listens.": {uk: "Слухає."}'),
    ):
        (folder / code / "phrases").mkdir()
        (folder / code / "phrases" / "help.yaml").write_text(said, "utf-8")
    found = read(folder)
    assert found.duty.child.by_language == (("en", "They must help."), ("pl", "Oni"), ("uk", "Усі вони"))
    assert (found.duty.act.in_("uk"), found.services[0].says.in_("uk")) == ("Закон", "Слухає.")
    assert {one.in_("uk") for one in found.told[0].words.values()} == {"Можна"}


def test_phrases_with_a_fault_are_named_where_they_stand(tmp_path: Path):
    folder = packs(tmp_path)
    (folder / "ee" / "phrases").mkdir()
    (folder / "ee" / "phrases" / "help.yaml").write_text('"Act": {uk: ""}', "utf-8")
    with pytest.raises(BadPack) as bad:
        read(folder)
    assert [str(one) for one in bad.value.problems] == [
        "packs/ee/phrases/help.yaml:1: Act: the text in 'uk' is empty."
    ]
