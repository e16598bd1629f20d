"""Behind each role of each country stands an agency, and each number of practice is set or has a reason why it is not."""

import re
import shutil
from pathlib import Path

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.core.child import situation_schema
from encircle.law.pack import load_law
from encircle.law.review import Lack, review

COUNTRIES = ("dk", "ee", "fi", "gb")
LACKS = {Lack.OWNER_MISSING, Lack.SOP_MISSING}
HONEST = re.compile(r"\b(?:Proposal|General knowledge|read (?:on )?2)", re.IGNORECASE)
"""How a word that no provision backs says what it rests on."""


def lacking(packs: Path, country: str) -> set[tuple[Lack, str]]:
    law = load_law(packs, country, schema=situation_schema())
    return {(one.lack, one.code) for one in review(law) if one.lack in LACKS}


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_duty_has_an_agency_and_every_number_is_answered(country: str) -> None:
    assert lacking(packs_folder(), country) == set()


@pytest.mark.parametrize(
    ("file", "entry", "found"),
    [
        ("dk/owners/owners.yaml", "ombudsperson", {(Lack.OWNER_MISSING, "D35")}),
        ("ee/owners/owners.yaml", "identification_authority", {(Lack.OWNER_MISSING, "D15-decision")}),
        ("fi/sops/sops.yaml", "interview_within", {(Lack.SOP_MISSING, "interview_within")}),
        ("gb/sops/sops.yaml", "return_interview_within", {(Lack.SOP_MISSING, "return_interview_within")}),
    ],
)
def test_a_planted_gap_is_found(tmp_path: Path, file: str, entry: str, found: set[tuple[Lack, str]]) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(packs_folder(), packs)
    whole = (packs / file).read_text("utf-8")
    left = re.sub(rf"(?ms)^- (?:owner|set): {entry}\n(?:  .*?\n)+", "", whole)
    assert left != whole
    (packs / file).write_text(left, "utf-8")
    assert lacking(packs, file[:2]) == found


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_agency_and_number_says_where_it_was_read_or_that_it_is_a_proposal(country: str) -> None:
    law = law_of(country)
    told = {owner.role.value: owner.set_by for owner in law.owners}
    told |= {sop.code: sop.set_by for sop in law.sops if sop.period is not None}
    assert [name for name, by in told.items() if by is None or not HONEST.search(str(by))] == []


def test_a_number_that_was_set_for_all_children_says_that_it_was_not_made_for_victims() -> None:
    told = {
        country: next(sop for sop in law_of(country).sops if sop.code == "assessment_completed_within")
        for country in ("dk", "fi", "gb")
    }
    assert [country for country, sop in told.items() if "not made for victims" not in str(sop.set_by)] == []


def test_estonia_sets_no_number_of_its_own_and_says_why_for_each() -> None:
    its = law_of("ee").sops
    own = {sop.code for sop in its if any(origin.file.startswith("packs/ee/") for origin in sop.origins)}
    assert {sop.code for sop in its if sop.period is not None} & own == set()
    without = {sop.code for sop in its if sop.no_number is not None}
    assert own <= without
    assert {
        code for code in without - own if not code.endswith("_kept_for")
    } == set()  # base says why of all times of keeping
    assert len(own) == 11
