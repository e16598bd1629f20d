"""Numbers of practice: set, or not set on purpose with the reason."""

from pathlib import Path

import pytest

from encircle.law.counting import Counting, Period, Unit
from encircle.law.review import Lack, review
from tests.law.world import NUMBER, faults, law

REGION = """
    pack: harju
    kind: sop
    title: {en: "Harju county"}
    version: "1"
    extends: [ee]
    """

WHY = '- set: guardian_within\n  no_number: {en: "The words stand."}\n'


def test_a_country_that_sets_no_number_says_why_and_then_none_is_missing(tmp_path: Path) -> None:
    its = law(tmp_path, ee__sops__a=WHY)
    assert [str(sop.no_number) for sop in its.sops] == ["The words stand."]
    assert [one for one in review(its) if one.lack is Lack.SOP_MISSING] == []


def test_a_number_set_above_takes_the_place_of_the_reason_for_none(tmp_path: Path) -> None:
    files = {"harju__pack": REGION, "ee__sops__a": WHY, "harju__sops__a": NUMBER}
    (sop,) = law(tmp_path, "harju", **files).sops
    assert (sop.period, sop.no_number) == (Period(2, Unit.DAYS, Counting.PLAIN), None)


@pytest.mark.parametrize(
    ("files", "place", "amount"),
    [
        (
            {"ee__sops__a": NUMBER + '  no_number: {en: "The words stand."}\n'},
            "packs/ee/sops/a.yaml:6",
            "packs/ee/sops/a.yaml:3",
        ),
        (
            {"harju__pack": REGION, "ee__sops__a": NUMBER, "harju__sops__a": WHY},
            "packs/harju/sops/a.yaml:2",
            "packs/ee/sops/a.yaml:3",
        ),
    ],
)
def test_a_number_and_a_reason_for_none_can_not_both_stand(
    tmp_path: Path, files: dict[str, str], place: str, amount: str
) -> None:
    country = "harju" if "harju__pack" in files else "ee"
    assert faults(tmp_path, country, **files) == [
        f"{place}: guardian_within says why it has no number, and has one ({amount})."
        " Write 'amount: null', or leave this out."
    ]
