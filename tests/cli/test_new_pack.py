"""`encircle pack new`: what it writes loads, has no fault, and says what is still to be read and filled in."""

import io
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from encircle.actions.law import packs_folder
from encircle.cli import main
from encircle.core.child import situation_schema
from encircle.law.pack import BadPack, load_law

UKRAINE = (
    "ua",
    "--name",
    "Ukraine",
    "--own-name",
    "Україна",
    "--languages",
    "uk",
    "en",
    "--zone",
    "Europe/Kyiv",
)
TODAY = date(2026, 11, 28)


class Answers(io.StringIO):
    """Somebody at a terminal who answers line by line."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder of the packs that a new country can rest on, without their stories."""
    return beside(tmp_path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder with Ukraine begun in it; nobody writes there."""
    packs = beside(tmp_path_factory.mktemp("begun"))
    new(packs, *UKRAINE)
    return packs


def beside(folder: Path) -> Path:
    for name in ("base", "eu", "coe"):
        leave = shutil.ignore_patterns("cases", "tests")
        shutil.copytree(packs_folder() / name, folder / "packs" / name, ignore=leave)
    return folder / "packs"


def new(packs: Path, *words: str, status: int = 0) -> None:
    assert main(["pack", "new", *words, "--packs", str(packs)]) == status


def files(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_new_country_loads_and_rests_on_what_binds_it(begun: Path) -> None:
    law = load_law(begun, "ua", schema=situation_schema(), on=TODAY)
    told = (law.country, law.zone, law.calendar.code, law.languages, [pack.code for pack in law.packs])
    assert told == ("UA", "Europe/Kyiv", "UA", ("uk", "en"), ["base", "ua"])
    assert str(law.packs[-1].title.in_("uk")) == "Україна"
    assert law.duty("D02b").basis("UA", TODAY)


def test_a_member_of_the_union_rests_on_its_law(packs: Path) -> None:
    new(packs, "lv", "--name", "Latvia", "--languages", "lv")
    law = load_law(packs, "lv", schema=situation_schema(), on=TODAY)
    assert [pack.code for pack in law.packs] == ["base", "eu", "lv"]
    assert (law.zone, law.calendar.code) == ("Europe/Riga", "LV")


def test_what_is_written_has_no_fault_and_says_what_is_still_to_be_read(
    packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new(packs, *UKRAINE)
    said = capsys.readouterr().out
    assert "It loads and has 0 faults; " in said
    assert re.search(r"^Still to be read: [0-9]+ of [0-9]+ sources, in$", said, re.MULTILINE)
    assert re.search(r"^  [A-Z].+: [0-9]+ provisions?$", said, re.MULTILINE)
    assert main(["pack", "lint", "ua", "--packs", str(packs)]) == 0


def test_no_word_of_the_template_is_left_open(begun: Path) -> None:
    written = files(begun / "ua")
    assert set(written) == {
        *("README.md", "pack.yaml", "tests/README.md", "sheets/acts.yaml", "sheets/owners.yaml"),
        *("sheets/sops.yaml", "sheets/titles.yaml", "sheets/texts.yaml"),
    }
    assert [name for name, text in written.items() if re.search(r"\$[a-z]", text)] == []


def test_a_sheet_names_each_role_and_each_number_that_is_wanted(begun: Path) -> None:
    law = load_law(begun, "ua", schema=situation_schema(), on=TODAY)
    owners = re.findall(r"^- owner: (\w+)$", files(begun / "ua")["sheets/owners.yaml"], re.MULTILINE)
    assert owners == sorted({rule.owner.value for rule in law.duties})
    sops = re.findall(r"^- set: (\w+)$", files(begun / "ua")["sheets/sops.yaml"], re.MULTILINE)
    assert sops == [sop.code for sop in law.sops if sop.period is None and sop.no_number is None]


def test_an_entry_of_a_sheet_is_filled_in_and_moved(begun: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(begun, packs)
    sheet = (packs / "ua" / "sheets" / "titles.yaml").read_text("utf-8")
    entry = '- set: D01\n  title: {uk: ""}\n'
    assert entry in sheet
    place = packs / "ua" / "duties" / "titles.yaml"
    place.parent.mkdir()
    place.write_text(entry, "utf-8")
    with pytest.raises(BadPack, match="title: the text in 'uk' is empty"):
        load_law(packs, "ua", schema=situation_schema(), on=TODAY)
    place.write_text(entry.replace('""', '"Назва"'), "utf-8")
    law = load_law(packs, "ua", schema=situation_schema(), on=TODAY)
    assert law.duty("D01").title.in_("uk") == "Назва"


def test_an_english_speaking_country_is_not_asked_for_what_is_there(packs: Path) -> None:
    new(packs, "ie", "--name", "Ireland", "--languages", "en", "ga")
    assert not {"sheets/titles.yaml", "sheets/texts.yaml"} & set(files(packs / "ie"))
    assert 'title: {en: "Ireland"}' in files(packs / "ie")["pack.yaml"]


def test_a_country_without_a_calendar_counts_saturdays_and_sundays(packs: Path) -> None:
    new(packs, *UKRAINE, "--calendar", "none", "--extends", "base")
    assert load_law(packs, "ua", schema=situation_schema(), on=TODAY).calendar.code is None


def test_what_is_not_given_is_asked_for(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = "Ukraine\nuk en\n\n\nУкраїна\nEurope/Kyiv\n"
    monkeypatch.setattr("sys.stdin", Answers(answers))
    new(packs, "UA")
    law = load_law(packs, "ua", schema=situation_schema(), on=TODAY)
    assert (law.languages, law.calendar.code, law.zone) == (("uk", "en"), "UA", "Europe/Kyiv")


def test_questions_that_are_not_answered_write_nothing(
    packs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Answers("Ukraine\n"))
    new(packs, "UA", status=2)
    assert "Nothing was written." in capsys.readouterr().err
    assert not (packs / "ua").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("u1",), "'U1' is no country. Expected a code of two letters, such as UA."),
        (("eu",), "Packs/eu is there already."),
        (("ua",), "--name is missing, and there is nobody to ask. Give it."),
        ((*UKRAINE, "--extends", "bass"), "There is no pack 'bass' to rest on. Did you mean 'base'?"),
        ((*UKRAINE, "--calendar", "ZZ"), "Got calendar 'ZZ'. Expected a country such as EE,"),
        ((*UKRAINE, "--zone", "Kyiv"), "Got time zone 'Kyiv'. Expected a name such as Europe/Tallinn."),
        ((*UKRAINE, "--languages", "Ukrainian"), "'Ukrainian' is no language. Expected a code such as uk."),
        ((*UKRAINE, "--name", "a\nb"), "'a\\nb' is no name of a country. Expected one line of text."),
        ((*UKRAINE, "--languages", "en"), "The main language is English: the name is said once."),
    ],
)
def test_what_cannot_be_a_country_is_refused_and_nothing_is_written(
    packs: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    before = files(packs)
    new(packs, *words, status=2)
    assert (
        capsys.readouterr()
        .err.replace("There are none. ", "")
        .splitlines()[-1]
        .startswith(f"encircle: {said}")
    )
    assert files(packs) == before


def test_a_pack_is_not_left_behind_when_what_it_rests_on_is_broken(packs: Path) -> None:
    (packs / "base" / "acts.yaml").write_text("- act: 1\n", "utf-8")
    new(packs, *UKRAINE, "--extends", "base", status=2)
    assert not (packs / "ua").exists()
