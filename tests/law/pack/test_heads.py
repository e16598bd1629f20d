"""The head of a pack: every fault in it is told with file, line and mend, and packs rest on one another once."""

from pathlib import Path

import pytest

from encircle.law.pack import BadPack
from tests.law.world import faults, law

HEAD = """
pack: fi
kind: country
title: {en: "Finland"}
version: "1"
extends: [base]
country: FI
calendar: FI
zone: Europe/Helsinki
languages: [fi, en]
"""


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("pack: fi", "pack: suomi", "2: pack 'suomi': expected the name of its folder, fi."),
        (
            "kind: country",
            "kind: land",
            "3: kind 'land' is not known. Expected one of base, region, country, sop.",
        ),
        ("kind: country\n", "", "2: 'kind' is missing. Add it."),
        ("extends: [base]", "extends: []", "6: a pack of kind country extends another, such as [base]."),
        ("extends: [base]", "extends: [basis]", "2: extends 'basis': no such pack. Did you mean 'base'?"),
        ("extends: [base]", "extends: [fi]", "2: fi extends fi: a circle. Take one away."),
        (
            "country: FI",
            "country: Finland",
            "7: country 'Finland': expected a code such as EE, or EU or COE.",
        ),
        (
            "calendar: FI",
            "calendar: XX",
            "8: Got calendar 'XX'. Expected a country such as EE, or a part such as GB-ENG.",
        ),
        ("calendar: FI\n", "", "2: 'calendar' is missing. Add it; null says that there is none."),
        (
            "zone: Europe/Helsinki",
            "zone: Helsinki",
            "9: Got time zone 'Helsinki'. Expected a name such as Europe/Tallinn.",
        ),
        ("zone: Europe/Helsinki", "zone: null", "9: no zone. Expected a name such as Europe/Tallinn."),
        ("languages: [fi, en]", "languages: []", "10: no languages. Expected a list such as [et, en]."),
        (
            "version:",
            "versoin:",
            "2: 'version' is missing. Add it.\n5: unknown field 'versoin'. Did you mean 'version'?",
        ),
    ],
)
def test_a_fault_in_the_head_of_a_pack_is_told_with_its_line(
    tmp_path: Path, good: str, bad: str, said: str
) -> None:
    assert law(tmp_path / "good", "fi", fi__pack=HEAD).country == "FI"
    found = faults(tmp_path / "bad", "fi", fi__pack=HEAD.replace(good, bad, 1))
    assert found == [f"packs/fi/pack.yaml:{one}" for one in said.splitlines()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "- pack: fi\n",
            (
                "1: expected named fields: pack, kind, title, version, extends, country, calendar, "
                "zone, languages, translations."
            ),
        ),
        (
            "pack: [fi\n",
            (
                "2: not readable as YAML: did not find expected ',' or ']'. A text with ': ' or '#' "
                "in it goes in quotes."
            ),
        ),
        (HEAD.replace("kind: country", "kind: base"), "6: a pack of kind base extends nothing."),
        (
            HEAD.replace("kind: country", "kind: sop"),
            (
                "7: 'country' comes from the country that this pack extends. Leave it out.\n"
                "8: 'calendar' comes from the country that this pack extends. Leave it out.\n"
                "9: 'zone' comes from the country that this pack extends. Leave it out.\n"
                "10: 'languages' comes from the country that this pack extends. Leave it out."
            ),
        ),
    ],
)
def test_a_head_that_can_not_be_a_head_is_told(tmp_path: Path, text: str, said: str) -> None:
    found = faults(tmp_path, "fi", fi__pack=text)
    assert found == [f"packs/fi/pack.yaml:{one}" for one in said.splitlines()]


def test_a_fault_in_a_pack_below_is_told_with_its_own_file(tmp_path: Path) -> None:
    assert faults(tmp_path, "ee", base__pack="- base\n")[0].startswith(
        "packs/base/pack.yaml:1: expected named fields:"
    )


def test_a_pack_that_two_packs_rest_on_is_read_once(tmp_path: Path) -> None:
    region = (
        HEAD.replace("pack: fi", "pack: ax")
        .replace("country: FI", "country: EU")
        .replace("country\n", "region\n")
    )
    both = HEAD.replace("extends: [base]", "extends: [base, ax]")
    found = law(tmp_path, "fi", fi__pack=both, ax__pack=region)
    assert [pack.code for pack in found.packs] == ["base", "ax", "fi"]


def test_packs_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    one = HEAD.replace("extends: [base]", "extends: [ax]")
    other = HEAD.replace("pack: fi", "pack: ax").replace("extends: [base]", "extends: [fi]")
    assert faults(tmp_path, "fi", fi__pack=one, ax__pack=other) == [
        "packs/ax/pack.yaml:2: fi extends ax extends fi: a circle. Take one away."
    ]


def test_base_alone_is_no_country(tmp_path: Path) -> None:
    assert faults(tmp_path, "base") == [
        "packs/base/pack.yaml:2: base is no country, so it has no law of its own. Use eu, coe or a country."
    ]


def test_what_is_refused_names_its_pack_first_whether_the_head_or_an_entry_is_wrong(tmp_path: Path) -> None:
    for files in (
        {"fi__pack": HEAD.replace("pack: fi", "pack: suomi")},
        {"fi__pack": HEAD, "fi__duties__a": "x"},
    ):
        with pytest.raises(BadPack) as bad:
            law(tmp_path / str(len(files)), "fi", **files)
        assert str(bad.value).splitlines()[0] == "1 problem in packs/fi"
