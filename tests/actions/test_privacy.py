"""Record of processing and impact assessment: made from the packs, with what is open in them."""

import pytest

from encircle.actions.law import law_of
from encircle.actions.privacy import MEASURES, impact_assessment, record_of_processing
from encircle.cli import main
from encircle.host.document import Paper, as_pdf


def section(paper: Paper, title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (found,) = (one for one in paper.sections if one.title == title)
    return tuple(row[0] for row in found.rows), (*found.paragraphs, *found.items)


def test_the_record_names_each_mandate_each_way_abroad_and_each_rule_of_retention():
    law, paper = law_of("ee"), record_of_processing("ee")
    roles, _ = section(paper, "Who receives what, for which purposes, on which basis")
    assert roles == tuple(one.role.value.replace("_", " ") for one in law.mandates)
    assert len(section(paper, "Transfers to other countries")[0]) == len(law.channels) > 0
    assert len(section(paper, "How long it is kept")[0]) == len(law.retention) == 7


def test_a_basis_that_is_no_law_of_the_country_says_so():
    (mandates,) = (one for one in record_of_processing("ee").sections if one.head[:1] == ("Role",))
    assert any("no law of the country is named yet" in row[-1] for row in mandates.rows)


def test_the_assessment_holds_what_is_open_and_who_sees_nothing():
    paper = impact_assessment("ee")
    _, told = section(paper, "Open points of the configuration")
    assert any(line.startswith("No number says how long these are kept:") for line in told)
    _, nothing = section(paper, "Why it is necessary, and how far")
    assert {"operator", "ministry"} <= set(nothing)
    assert section(paper, "Measures")[1] == MEASURES


@pytest.mark.parametrize("make", [record_of_processing, impact_assessment])
@pytest.mark.parametrize("country", ["ee", "gb"])
def test_the_same_packs_give_the_same_bytes(make: object, country: str):
    assert callable(make)
    assert as_pdf(make(country)) == as_pdf(make(country))


def test_the_command_prints_both_and_writes_a_pdf(
    capsys: pytest.CaptureFixture[str], tmp_path: pytest.TempPathFactory
):
    for verb in ("record", "assessment"):
        assert main(["privacy", verb, "ee"]) == 0
    assert "How long it is kept" in capsys.readouterr().out
    file = f"{tmp_path}/record.pdf"
    assert main(["privacy", "record", "ee", "--pdf", file]) == 0
    with open(file, "rb") as written:
        assert written.read(5) == b"%PDF-"
