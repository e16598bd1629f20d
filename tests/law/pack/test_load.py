"""Loading the law of a country from packs: what it holds."""

from datetime import date
from pathlib import Path

import pytest

from encircle.law.calendar import Calendar
from encircle.law.duty import Clock, Scope, Standing
from encircle.law.mark import Mark
from encircle.law.pack import load_law
from encircle.law.source import Read
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import parse_span
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from encircle.vocabulary.unknown import Unknown
from tests.law.world import GUARDIAN, LIMIT, NUMBER, SITUATION, TODAY, law, write

PENDING = """
- duty: D43
  title: {en: "Opinion of the child before a transfer of proceedings"}
  when: "true"
  due: {words: "before the request"}
  owner: prosecutor
  evidence:
    - {id: opinion, text: {en: "Opinion"}, needs: "true"}
  sources:
    - {act: CoE-197, at: "5", mark: G, read: null, from: 2027-02-01}
    - {act: CRC-GC14, at: "46", mark: G, read: null}
"""


def test_packs_without_a_fault_are_the_law_of_their_country(tmp_path: Path) -> None:
    found = law(tmp_path)
    assert (found.pack, found.country, found.zone, found.languages) == (
        "ee",
        "EE",
        "Europe/Tallinn",
        ("et", "en"),
    )
    assert found.calendar == Calendar("EE", "Europe/Tallinn")
    assert [(pack.code, pack.version) for pack in found.packs] == [("base", "1"), ("ee", "1")]
    assert [duty.code for duty in found.duties] == ["D02b"]
    assert [rule.code for rule in found.prohibitions] == ["P3"]
    assert [act.code for act in found.acts] == ["CoE-197", "CRC-GC14", "EU-2011/36"]
    assert found.set_aside == ()


def test_a_duty_is_read_with_all_its_parts(tmp_path: Path) -> None:
    duty = law(tmp_path).duty("D02b")
    assert (duty.scope, duty.for_each, duty.clock, duty.unknown_opens) == (
        Scope.CHILD,
        None,
        Clock.KNOWN,
        True,
    )
    assert duty.owner is Role.GUARDIANSHIP_AUTHORITY
    assert duty.from_ == (Mark("child", "reasonable_grounds"),)
    assert duty.when.reads == ("child.reasonable_grounds", "child.parental_care")
    assert [(one.id, one.at) for one in duty.evidence] == [("decision", Mark("guardians", "appointed"))]
    assert [str(ground.because) for ground in duty.lifted_by] == ["A parent cares for the child."]
    assert [str(never) for never in duty.never] == ["A gap"]
    assert duty.due.standing is Standing.WORDS
    assert [str(origin) for origin in duty.origins] == ["packs/base/duties/guardian.yaml:2"]


def test_the_conditions_of_a_duty_can_be_asked(tmp_path: Path) -> None:
    child = {
        "is_child": True,
        "reasonable_grounds": True,
        "reasonable_grounds_at": Unknown("not on record"),
        "reasonable_grounds_known": Unknown("not on record"),
        "parental_care": "absent",
        "turns_18": Unknown("not on record"),
    }
    scope = {
        "child": child,
        "guardians": (),
        "interviews": (),
        "now": parse_span("2026-11-23", "Europe/Tallinn"),
    }
    duty = law(tmp_path).duty("D02b")
    assert duty.when.holds(scope) is True
    assert duty.evidence[0].needs.holds(scope) is False


def test_a_condition_for_each_item_names_it_in_the_singular(tmp_path: Path) -> None:
    rule = law(tmp_path).prohibition("P3")
    assert (rule.for_each, rule.at, rule.clears) == (Kind.INTERVIEW, Mark("interview", "held"), None)


def test_a_country_adds_languages_sources_and_numbers(tmp_path: Path) -> None:
    duty = law(tmp_path, ee__duties__a=GUARDIAN, ee__limits__a=LIMIT).duty("D02b")
    assert (duty.title.in_("et"), duty.title.in_("en")) == ("Eestkostja", "Guardian")
    assert [source.cite() for source in duty.sources] == [
        "Convention against Trafficking 197, 10(4)(a)",
        "Directive 2011/36/EU, 14(2)",
    ]
    assert duty.sources[1].read == Read(date(2026, 11, 23), "EUR-Lex")
    assert duty.due.standing is Standing.LAW
    assert [str(origin) for origin in duty.origins] == [
        "packs/base/duties/guardian.yaml:2",
        "packs/ee/duties/a.yaml:2",
    ]
    assert [(change.pack, change.fields) for change in duty.changes] == [("ee", ("title", "due", "sources"))]


@pytest.mark.parametrize(
    ("limit", "number", "country", "standing"),
    [
        (LIMIT, "", "ee", Standing.LAW),
        (LIMIT, NUMBER, "ee", Standing.LAW),
        ("", NUMBER, "ee", Standing.SOP),
        ("", "", "ee", Standing.WORDS),
        (
            LIMIT.replace('"S:AT14", read: {on: 2026-11-23, where: "EUR-Lex"}', "G"),
            "",
            "ee",
            Standing.UNVERIFIED,
        ),
        (
            LIMIT.replace('"S:AT14", read: {on: 2026-11-23, where: "EUR-Lex"}', "G"),
            NUMBER,
            "ee",
            Standing.SOP,
        ),
        (LIMIT, "", "dk", Standing.WORDS),
        (LIMIT, NUMBER, "dk", Standing.SOP),
        (LIMIT.replace("mark:", "from: 2027-02-01, mark:"), "", "ee", Standing.WORDS),
        (LIMIT.replace("mark:", "pending: true, mark:"), "", "ee", Standing.WORDS),
    ],
)
def test_a_number_is_law_only_if_it_was_read_and_binds_here_and_now(
    tmp_path: Path, limit: str, number: str, country: str, standing: Standing
) -> None:
    files = {
        f"{country}__duties__a": GUARDIAN if limit else "",
        f"{country}__limits__a": limit,
        f"{country}__sops__a": number,
    }
    found = law(tmp_path, country, **{name: text for name, text in files.items() if text})
    assert found.duty("D02b").due.standing is standing


def test_an_act_that_does_not_bind_a_country_leaves_the_other_basis(tmp_path: Path) -> None:
    text = GUARDIAN.replace("  due: {limit: a_limit}\n", "")
    estonia = law(tmp_path / "a", "ee", ee__duties__a=text).duty("D02b")
    denmark = law(tmp_path / "b", "dk", dk__duties__a=text).duty("D02b")
    assert [source.act.code for source in estonia.basis("EE", TODAY)] == ["CoE-197", "EU-2011/36"]
    assert [source.act.code for source in denmark.basis("DK", TODAY)] == ["CoE-197"]
    assert len(denmark.sources) == 2


@pytest.mark.parametrize(
    ("on", "duties"),
    [
        (TODAY, ["D02b"]),
        (date(2027, 1, 31), ["D02b"]),
        (date(2027, 2, 1), ["D02b", "D43"]),
        (None, ["D02b", "D43"]),
    ],
)
def test_a_duty_stands_from_the_day_on_which_what_binds_is_in_force(
    tmp_path: Path, on: date | None, duties: list[str]
) -> None:
    found = law(tmp_path, on=on, ee__duties__b=PENDING)
    assert [duty.code for duty in found.duties] == duties
    aside = [(one.code, one.pack, str(one.because)) for one in found.set_aside]
    assert aside == ([] if "D43" in duties else [("D43", None, f"No source of it is in force on {on}.")])


def test_what_a_pack_says_does_not_apply_is_kept_with_its_reason(tmp_path: Path) -> None:
    text = """
        - not_applicable: D02b
          because: {en: "Another duty covers it."}
          sources:
            - {act: EU-2011/36, at: "14", mark: G, read: null}
        """
    found = law(tmp_path, ee__duties__a=text)
    assert found.duties == ()
    (aside,) = found.set_aside
    assert (aside.code, aside.pack, str(aside.because)) == ("D02b", "ee", "Another duty covers it.")
    assert [source.cite() for source in aside.sources] == ["Directive 2011/36/EU, 14"]
    assert [str(one) for one in aside.origins] == [
        "packs/base/duties/guardian.yaml:2",
        "packs/ee/duties/a.yaml:2",
    ]


REGION = """
    pack: harju
    kind: sop
    title: {en: "Harju county"}
    version: "1"
    extends: [ee]
    """


def test_local_practice_changes_numbers_and_takes_its_place_from_the_country(tmp_path: Path) -> None:
    found = law(tmp_path, "harju", harju__pack=REGION, harju__sops__a=NUMBER)
    assert (found.pack, found.country, found.zone) == ("harju", "EE", "Europe/Tallinn")
    assert [pack.code for pack in found.packs] == ["base", "ee", "harju"]
    assert found.duty("D02b").due.standing is Standing.SOP


@pytest.mark.parametrize("country", ["fr", "../ee", "", "ee/", "/etc"])
def test_a_country_without_a_pack_is_refused_and_no_other_folder_is_opened(
    tmp_path: Path, country: str
) -> None:
    folder = write(tmp_path, {})
    with pytest.raises(BadInput) as refused:
        load_law(folder, country, schema=SITUATION)
    assert refused.value.reason == f"There is no pack {country!r} in packs/."


def test_a_country_may_be_written_in_capitals(tmp_path: Path) -> None:
    assert law(tmp_path, "EE").pack == "ee"


def test_a_code_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    found = law(tmp_path)
    with pytest.raises(BadInput) as refused:
        found.duty("D02c")
    assert str(refused.value) == "There is no duty 'D02c' in the law of ee. There are: D02b."
    with pytest.raises(BadInput, match="There is no prohibition 'P9' in the law of ee"):
        found.prohibition("P9")
    with pytest.raises(BadInput, match="There is no duty or prohibition 'X' in the law of ee"):
        found.explain("X")
