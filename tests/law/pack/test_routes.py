"""Indicators and routes as files: read with their settings and sources; a country adds to them; each fault has its line."""

from pathlib import Path

import pytest

from encircle.law.careful_asking import careful_asking
from encircle.law.finding import Lack
from encircle.law.indicator import Setting
from encircle.law.law import Law
from encircle.law.pack import BadPack, load_law
from tests.law.world import SITUATION, TODAY, write

INDICATORS = """
- indicator: IND-G2
  title: {en: "Looks intimidated"}
  settings: [anybody]
  seen:
    - {on: 2026-11-20, where: "a page"}
- indicator: IND-S7
  title: {en: "Several children with one adult"}
  settings: [street, hotel]
  seen: null
"""
ROUTES = """
- route: anybody
  say:
    - {id: glad, text: {en: "It is good that you told me."}}
  seen: null
- route: hotel
  first:
    - {id: log, text: {en: "Write down the time."}}
  seen:
    - {on: 2026-11-20, where: "another page"}
"""
ESTONIAN = """
- add: IND-EE-S1
  title: {en: "One of Estonia", et: "Üks Eestist"}
  settings: [hotel]
  seen: null
- set: IND-G2
  title: {et: "Tundub hirmutatud"}
"""


def loaded(folder: Path, indicators: str = INDICATORS, routes: str = ROUTES) -> Law:
    files = {
        "base/indicators/all.yaml": indicators,
        "base/routes/all.yaml": routes,
        "ee/indicators/ee.yaml": ESTONIAN,
    }
    return load_law(write(folder, files), "ee", schema=SITUATION, on=TODAY)


def test_what_is_of_a_setting_comes_before_what_is_met_everywhere(tmp_path: Path) -> None:
    forms = loaded(tmp_path).forms
    assert [one.code for one in forms.indicators_at(Setting.HOTEL)] == ["IND-EE-S1", "IND-S7", "IND-G2"]
    assert [one.code for one in forms.indicators_at(Setting.BORDER)] == ["IND-G2"]
    assert [one.setting for one in forms.routes_at(Setting.HOTEL)] == [Setting.ANYBODY, Setting.HOTEL]
    assert [one.setting for one in forms.routes_at(Setting.ANYBODY)] == [Setting.ANYBODY]
    intimidated = forms.indicators_at(Setting.BORDER)[0]
    assert intimidated.title.in_("et") == "Tundub hirmutatud"
    assert [one.where for one in intimidated.seen] == ["a page"]


def test_what_nobody_has_read_is_told_and_what_leads_is_a_fault(tmp_path: Path) -> None:
    found = [(one.code, one.lack) for one in careful_asking(loaded(tmp_path))]
    assert ("IND-S7", Lack.UNVERIFIED) in found
    assert ("route anybody", Lack.UNVERIFIED) in found
    assert ("route hotel", Lack.UNVERIFIED) not in found
    assert Lack.LEADING not in {lack for _, lack in found}
    leads = ROUTES.replace("It is good that you told me.", "Did he touch you?")
    planted = careful_asking(loaded(tmp_path / "second", routes=leads))
    assert ("route anybody", Lack.LEADING) in [(one.code, one.lack) for one in planted]


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ("settings: [anybody]", "settings: [moon]", "settings 'moon' is not known."),
        ("settings: [anybody]", "settings: []", "settings: offered nowhere."),
        ("route: hotel", "route: moon", "route 'moon': no such setting."),
        ("{id: log, text:", "{id: log, weight: 2, text:", "unknown field 'weight'."),
        ("seen: null", "seen: yesterday", "'seen': expected a list"),
        ("indicator: IND-G2", "indicator: G2", "indicator: G2 is no code."),
    ],
)
def test_a_fault_is_told(tmp_path: Path, good: str, bad: str, told: str) -> None:
    indicators, routes = INDICATORS.replace(good, bad, 1), ROUTES.replace(good, bad, 1)
    assert (indicators, routes) != (INDICATORS, ROUTES)
    with pytest.raises(BadPack) as refused:
        loaded(tmp_path, indicators, routes)
    assert any(told in str(one) for one in refused.value.problems)
