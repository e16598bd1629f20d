"""What a lawyer has still to look at: channels and mandates on which no law of the country rests, and numbers not set."""

from pathlib import Path

import pytest

from encircle.law.finding import Finding, Lack
from encircle.law.origin import Origin
from encircle.law.pack import load_law
from encircle.law.review import review
from tests.law.pack.test_channels import CHANNEL, LIMIT
from tests.law.world import BASE, SITUATION, TODAY, law, write

READ_AND_BINDING = """  sources:
    - {act: CoE-197, at: "5", mark: "S:A", read: {on: 2026-11-23, where: x}}
"""


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        (READ_AND_BINDING, []),
        (
            READ_AND_BINDING.replace("mark", "not_bound: [EE], mark"),
            [(":2", Lack.WITHOUT_BASIS, "no source binds EE: nothing is sent by it from here.")],
        ),
        (
            '  sop_source: {en: "Practice", et: "Tava"}\n',
            [(":2", Lack.WITHOUT_BASIS, "no source binds EE; it rests on practice (Practice).")],
        ),
    ],
)
def test_a_channel_without_a_basis_in_the_country_is_found(
    tmp_path: Path, sources: str, found: list[tuple[str, Lack, str]]
) -> None:
    text = CHANNEL.partition("  sources:\n")[0] + sources
    folder = write(tmp_path, {"ee/channels/a.yaml": text})
    findings = review(load_law(folder, "ee", schema=SITUATION, on=TODAY))
    assert [
        (str(one.origin).removeprefix("packs/ee/channels/a.yaml"), one.lack, one.what)
        for one in findings
        if one.code == "report" and one.lack is Lack.WITHOUT_BASIS
    ] == found


def test_a_mandate_without_a_basis_in_the_country_is_found_where_it_opens_anything(tmp_path: Path) -> None:
    text = (
        "- mandate: police\n  sees: [M]\n  adds: [M]\n  purposes: [protect]\n  sources:\n"
        '    - {act: EU-2011/36, at: "1", mark: G, read: null}\n'
    )
    blind = text.replace("police", "ngo").replace("sees: [M]", "sees: []")
    folder = write(tmp_path, {"dk/mandates/a.yaml": blind + text})
    findings = review(load_law(folder, "dk", schema=SITUATION, on=TODAY))
    what = "no source binds DK. What this role may see needs a law of the country."
    assert [one for one in findings if one.code.startswith("mandate") and one.lack is Lack.WITHOUT_BASIS] == [
        Finding(Origin("packs/dk/mandates/a.yaml", 7), "mandate police", Lack.WITHOUT_BASIS, what)
    ]


def test_a_number_of_practice_is_missing_in_a_country_and_never_in_a_pseudo_country(tmp_path: Path) -> None:
    head = (
        BASE["ee/pack.yaml"].replace("country: EE", "country: EU").replace("calendar: EE", "calendar: null")
    )
    text = CHANNEL.replace(
        'answer: {words: "no time is set"}', 'answer: {words: "soon", sop: answered_within}'
    )
    sop = '- add: answered_within\n  title: {en: "Answered"}\n'
    files = {"ee/channels/a.yaml": text, "ee/sops/a.yaml": sop}

    def missing(more: dict[str, str]) -> list[str]:
        loaded = load_law(write(tmp_path, {**files, **more}), "ee", schema=SITUATION, on=TODAY)
        return [str(one) for one in review(loaded) if one.lack in (Lack.SOP_MISSING, Lack.OWNER_MISSING)]

    alone = "EE has set no number, so the words stand alone."
    assert missing({}) == [
        "packs/base/duties/guardian.yaml:2: D02b: no agency is named for the role guardianship_authority.",
        f"packs/base/sops/guardian.yaml:2: guardian_within: Guardian appointed: {alone}",
        f"packs/ee/sops/a.yaml:1: answered_within: Answered: {alone}",
    ]
    assert missing({"ee/pack.yaml": head}) == []


@pytest.mark.parametrize(("words", "found"), [("within three months", []), ("soon", ["report"])])
def test_the_time_to_acknowledge_a_request_is_held_against_its_words(
    tmp_path: Path, words: str, found: list[str]
) -> None:
    text = CHANNEL.replace("  answer:", f'  acknowledge: {{words: "{words}", limit: a_limit}}\n  answer:')
    findings = review(law(tmp_path, base__channels__a=text, base__limits__a=LIMIT))
    assert [one.code for one in findings if one.lack is Lack.WORD_AS_NUMBER] == found


def test_an_agency_without_a_name_in_the_language_of_the_country_is_found(tmp_path: Path) -> None:
    text = """
- owner: guardianship_authority
  agency: {en: "Board"}
  sop_source: {en: "Organisation"}
- owner: police
  agency: {en: "Police", et: "Politsei"}
  sop_source: {en: "Organisation"}
"""
    found = [one for one in review(law(tmp_path, ee__owners__a=text)) if "agency has no name" in one.what]
    place = Origin("packs/ee/owners/a.yaml", 2)
    what = "the agency has no name in et."
    assert found == [Finding(place, "guardianship_authority", Lack.LANGUAGE_MISSING, what)]
