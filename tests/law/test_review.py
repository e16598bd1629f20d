"""What a lawyer has still to look at, and the explanation of a rule, over the small law of these tests."""

from pathlib import Path

import pytest

from encircle.law.finding import SEVERITIES, Finding, Lack, Severity
from encircle.law.law import Law
from encircle.law.pack import load_law
from encircle.law.review import review
from encircle.law.saying import words_in_sentences
from tests.law.world import BASE, SITUATION, TODAY, write

EUROPEAN = """
- duty: D26
  title: {en: "Education", et: "Haridus", da: "Uddannelse"}
  when: "true"
  from: [child.reasonable_grounds]
  due: {words: {en: "within two months", et: "kahe kuu jooksul", da: "inden to måneder"}, limit: school}
  owner: education_authority
  evidence:
    - {id: enrolled, text: {en: "Enrolled", et: "Koolis", da: "I skole"}, needs: "true"}
  sources:
    - act: EU-2011/36
      at: "14(1)"
      mark: "S:AT14"
      read: {on: 2026-11-23, where: "EUR-Lex"}
      reviewed: {on: 2026-11-22, role: "lawyer of the ministry"}
"""
LIMIT = """
- limit: school
  title: {en: "School", et: "Kool"}
  amount: 2
  unit: months
  counting: plain
  sources:
    - {act: EU-2011/36, at: "14(1)", mark: G, read: null, until: 2025-01-01}
"""
OWNERS = """
- owner: education_authority
  agency: {en: "School board"}
  sop_source: {en: "Organisation of the test country"}
"""
TEXT = """
- text: {code}
  professional: {{en: "Enrol the child."}}
  "6-9": {{en: "You may go to school."}}
  "10-13": {{en: "You may go to school. Adults must find you a place."}}
  "14-17": {{en: "You have the right to go to school."}}
"""
IN_LANGUAGE = TEXT.replace('."}}', '.", et: "Kooli.", da: "I skole."}}')


def law(tmp_path: Path, country: str = "ee", texts: str = IN_LANGUAGE) -> Law:
    files = {
        "texts/e.yaml": texts.format(code="D26"),
        "duties/e.yaml": EUROPEAN,
        "limits/e.yaml": LIMIT,
        "owners/e.yaml": OWNERS,
    }
    folder = write(tmp_path, {f"{country}/{name}": text for name, text in files.items()})
    return load_law(folder, country, schema=SITUATION, on=TODAY)


def found(tmp_path: Path, country: str, code: str) -> set[tuple[Lack, str, str]]:
    return {
        (one.lack, str(one.origin), one.what) for one in review(law(tmp_path, country)) if one.code == code
    }


def test_a_duty_with_all_that_it_needs_has_nothing_to_look_at(tmp_path: Path) -> None:
    assert found(tmp_path, "ee", "D26") == set()


def test_a_duty_without_a_basis_in_the_country_is_found(tmp_path: Path) -> None:
    what = "no source binds DK. Name another basis, or say that it does not apply."
    assert found(tmp_path, "dk", "D26") == {(Lack.WITHOUT_BASIS, "packs/dk/duties/e.yaml:2", what)}


def test_a_duty_of_general_knowledge_is_found_unverified_unreviewed_unowned_and_untranslated(
    tmp_path: Path,
) -> None:
    source, entry = "packs/base/duties/guardian.yaml:19", "packs/base/duties/guardian.yaml:2"
    cited = "Convention against Trafficking 197, 10(4)(a)"
    assert found(tmp_path, "ee", "D02b") == {
        (Lack.UNVERIFIED, source, f"{cited} has not been read."),
        (Lack.UNREVIEWED, source, f"{cited} has not been reviewed by a lawyer."),
        (Lack.OWNER_MISSING, entry, "no agency is named for the role guardianship_authority."),
        (Lack.LANGUAGE_MISSING, entry, "the title does not exist in et."),
        (Lack.TEXT_MISSING, entry, "it is not said in plain words in texts/."),
        (Lack.PART_UNTRANSLATED, entry, "4 of its parts (words, proofs, reasons) do not exist in et."),
    }


def test_a_number_that_is_no_longer_law_is_found(tmp_path: Path) -> None:
    lacks = {lack for lack, _, _ in found(tmp_path, "ee", "school")}
    assert lacks == {Lack.UNVERIFIED, Lack.UNREVIEWED, Lack.NOT_IN_FORCE, Lack.WITHOUT_BASIS}


def test_a_number_of_practice_that_nobody_has_set_is_found(tmp_path: Path) -> None:
    what = "Guardian appointed: EE has set no number, so the words stand alone."
    assert found(tmp_path, "ee", "guardian_within") == {
        (Lack.SOP_MISSING, "packs/base/sops/guardian.yaml:2", what),
        (Lack.LANGUAGE_MISSING, "packs/base/sops/guardian.yaml:2", "the title does not exist in et."),
    }


def test_findings_come_in_the_order_of_files_and_lines_and_read_as_a_line(tmp_path: Path) -> None:
    findings = review(law(tmp_path))
    assert [one.origin for one in findings] == sorted(one.origin for one in findings)
    first = Finding(findings[0].origin, findings[0].code, findings[0].lack, findings[0].what)
    assert str(first) == f"{first.origin}: {first.code}: {first.what}"


def test_a_duty_is_explained_down_to_file_and_line(tmp_path: Path) -> None:
    assert law(tmp_path).explain("D26").lines() == (
        "D26  Education",
        "  owner: education_authority (School board)",
        "  opens when: true",
        "  clock starts: child.reasonable_grounds (known)",
        "  due: within two months",
        "  proved by: Enrolled [enrolled]",
        "  in plain words: Enrol the child.",
        "  to a child of 6-9: You may go to school.",
        "  to a child of 10-13: You may go to school. Adults must find you a place.",
        "  to a child of 14-17: You have the right to go to school.",
        "  source: Directive 2011/36/EU, 14(1) - binds EE; read 2026-11-23 (EUR-Lex)",
        "  stated in: packs/ee/duties/e.yaml:2",
    )


def test_a_source_that_does_not_bind_is_explained_as_such(tmp_path: Path) -> None:
    (standing,) = law(tmp_path, "dk").explain("D26").sources
    assert (standing.binds, standing.because) == (False, "does not bind DK; read 2026-11-23 (EUR-Lex)")


def test_a_prohibition_is_explained(tmp_path: Path) -> None:
    assert law(tmp_path).explain("P3").lines() == (
        "P3  No second interview",
        "  for each: interview",
        "  raised when: interview.held && interview.ordinal > 1",
        "  at: interview.held",
        "  cleared when: acknowledged",
        "  override: two_persons",
        "  instead: Use the recording.",
        "  source: Convention against Trafficking 197, 30 - binds EE; not yet read: unverified",
        "  stated in: packs/base/prohibitions/interviews.yaml:2",
    )


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            '- set: D02b\n  due: {sop: guardian_within}\n  title: {et: "Eestkostja"}\n',
            "  changed by ee: due, title (packs/ee/duties/a.yaml:1)",
        ),
        (
            '- set: D02b\n  replace: [never]\n  never: []\n  because: {en: "None."}\n'
            '  sources:\n    - {act: CoE-197, at: "1", mark: G, read: null}\n',
            "  changed by ee: never, sources (packs/ee/duties/a.yaml:1), because None.",
        ),
        (
            '- not_applicable: D02b\n  because: {en: "Covered by D26."}\n'
            '  sources:\n    - {act: CoE-197, at: "1", mark: G, read: null}\n',
            "  does not apply: Covered by D26.",
        ),
    ],
)
def test_what_a_country_changed_is_explained_with_its_reason(tmp_path: Path, changes: str, line: str) -> None:
    folder = write(tmp_path, {"ee/duties/a.yaml": changes})
    lines = load_law(folder, "ee", schema=SITUATION, on=TODAY).explain("D02b").lines()
    assert line in lines


@pytest.mark.parametrize(
    ("sop", "limit", "number"),
    [
        ("amount: 2\n  unit: working_days", "", "2 working days (SOP, not law; guardian_within)"),
        ("", "mark: G, read: null", "15 days (unverified, not shown as a limit; a_limit)"),
        (
            "",
            'mark: "S:A", read: {on: 2026-11-23, where: x}',
            "15 days (limit of law; a_limit)",
        ),
    ],
)
def test_a_number_is_explained_with_what_it_is(tmp_path: Path, sop: str, limit: str, number: str) -> None:
    files = {}
    if sop:
        files["ee/sops/a.yaml"] = f'- set: guardian_within\n  {sop}\n  sop_source: {{en: "x"}}\n'
    if limit:
        files["ee/duties/a.yaml"] = "- set: D02b\n  due: {limit: a_limit}\n"
        files["ee/limits/a.yaml"] = (
            '- limit: a_limit\n  title: {en: "A limit"}\n  amount: 15\n  unit: days\n  counting: plain\n'
            f'  sources:\n    - {{act: CoE-197, at: "1", {limit}}}\n'
        )
    found_law = load_law(write(tmp_path, files), "ee", schema=SITUATION, on=TODAY)
    assert ("due in numbers", number) in found_law.explain("D02b").says


FULL = """
- duty: D06
  title: {en: "Interview", et: "Küsitlus"}
  for_each: interview
  when: "!interview.held"
  due: {words: "without unjustified delay"}
  owner: police
  evidence:
    - {id: held, text: {en: "Held"}, needs: "interview.held", at: interview.held_at}
  suspended_by:
    - {when: "!child.is_child", because: {en: "Why it rests."}}
  breached_by:
    - {when: "interview.ordinal > 3", because: {en: "Why it is too late."}}
  never:
    - {en: "A confrontation"}
  sop_source: {en: "Barnahus practice"}
  sources:
    - {act: CRC-GC14, at: "46", mark: G, read: null}
    - {act: CoE-197, at: "28", mark: G, read: null, pending: true}
    - {act: CoE-197, at: "29", mark: G, read: null, from: 2027-02-01}
    - {act: PROP, at: "1", mark: G, read: null}
"""
PROPOSAL = """
- act: PROP
  title: {en: "Proposal"}
  kind: proposal
  bound: [all]
  mark: G
"""


def test_everything_that_a_duty_can_say_is_explained(tmp_path: Path) -> None:
    folder = write(tmp_path, {"ee/duties/a.yaml": FULL, "ee/acts.yaml": PROPOSAL})
    lines = load_law(folder, "ee", schema=SITUATION).explain("D06").lines()
    assert lines == (
        "D06  Interview",
        "  owner: police",
        "  for each: interview",
        "  opens when: !interview.held",
        "  due: without unjustified delay",
        "  proved by: Held [held]",
        "  suspended: Why it rests. [!child.is_child]",
        "  breached: Why it is too late. [interview.ordinal > 3]",
        "  never: A confrontation",
        "  rests on practice: Barnahus practice",
        "  source: General comment No. 14 CRC-GC14, 46 - does not bind EE; not yet read: unverified",
        "  source: Convention against Trafficking 197, 28 - pending, opens nothing; not yet read: unverified",
        "  source: Convention against Trafficking 197, 29 - binds EE; not yet read: unverified",
        "  source: Proposal PROP, 1 - a proposal, opens nothing; not yet read: unverified",
        "  stated in: packs/ee/duties/a.yaml:2",
    )


def test_a_source_that_is_not_yet_in_force_is_explained_with_the_day(tmp_path: Path) -> None:
    folder = write(tmp_path, {"ee/duties/a.yaml": FULL, "ee/acts.yaml": PROPOSAL})
    sources = load_law(folder, "ee", schema=SITUATION, on=TODAY).explain("D06").sources
    assert sources[2].because == "not in force on 2026-11-23; not yet read: unverified"


def test_a_duty_of_practice_alone_says_whose_practice(tmp_path: Path) -> None:
    text = FULL[: FULL.index("  sources:")]
    folder = write(tmp_path, {"ee/duties/a.yaml": text, "ee/sops/a.yaml": SOP_BY_LAW})
    law_of_practice = load_law(folder, "ee", schema=SITUATION, on=TODAY)
    assert "no source binds EE; it rests on practice (Barnahus practice)." in {
        one.what for one in review(law_of_practice) if one.code == "D06"
    }


SOP_BY_LAW = """
- set: guardian_within
  amount: 2
  unit: days
  sources:
    - {act: CoE-197, at: "10", mark: G, read: null}
"""


def test_a_number_of_practice_that_names_a_source_is_looked_at_too(tmp_path: Path) -> None:
    folder = write(tmp_path, {"ee/sops/a.yaml": SOP_BY_LAW})
    lacks = {
        one.lack for one in review(load_law(folder, "ee", schema=SITUATION)) if one.code == "guardian_within"
    }
    assert lacks == {Lack.UNVERIFIED, Lack.UNREVIEWED, Lack.WORD_AS_NUMBER, Lack.LANGUAGE_MISSING}


def test_the_second_duty_set_aside_is_found_too(tmp_path: Path) -> None:
    aside = """
        - not_applicable: D02b
          because: {en: "One."}
          sources: [{act: CoE-197, at: "1", mark: G, read: null}]
        """
    texts = {
        "ee/duties/a.yaml": aside,
        "ee/prohibitions/a.yaml": aside.replace("D02b", "P3").replace("One", "Two"),
    }
    lines = load_law(write(tmp_path, texts), "ee", schema=SITUATION).explain("P3").lines()
    assert "  does not apply: Two." in lines


def test_a_text_that_is_not_in_the_language_of_the_country_is_found_for_each_reader(tmp_path: Path) -> None:
    lacks = {one.what for one in review(law(tmp_path, texts=TEXT)) if one.lack is Lack.LANGUAGE_MISSING}
    assert lacks >= {
        "the text for professionals does not exist in et.",
        "the text for a child of 6-9 does not exist in et.",
        "the text for a child of 10-13 does not exist in et.",
        "the text for a child of 14-17 does not exist in et.",
    }


def test_a_sentence_too_long_for_the_age_is_found(tmp_path: Path) -> None:
    long = "You may go to the school that adults must find for you soon now."
    texts = IN_LANGUAGE.replace('"You may go to school."', f'"{long} Good."')
    assert [str(one) for one in review(law(tmp_path, texts=texts)) if one.lack is Lack.HARD_TO_READ] == [
        "packs/ee/texts/e.yaml:2: D26: a sentence of 14 words for 6-9 (en): at most 12."
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You may say “No.” We listen! Is it ok? Yes", (4, 2, 3, 1)),
        ("هل تريد ذلك؟ نعم.", (3, 1)),
        ("One; two: three", (3,)),
        ("", (0,)),
    ],
)
def test_the_words_of_each_sentence_are_counted(text: str, words: tuple[int, ...]) -> None:
    assert words_in_sentences(text) == words


def test_every_lack_has_a_severity_and_what_is_unread_is_no_fault() -> None:
    assert set(SEVERITIES) == set(Lack)
    assert (SEVERITIES[Lack.UNVERIFIED], SEVERITIES[Lack.NOT_LOADED]) == (Severity.NOTE, Severity.FAULT)


def test_a_role_that_owes_a_duty_and_may_see_nothing_is_an_orphan(tmp_path: Path) -> None:
    text = (
        "- mandate: police\n  sees: [M]\n  adds: [M]\n  purposes: [protect]\n"
        '  sources: [{act: CoE-197, at: "1", mark: G, read: null}]\n'
    )
    found_law = load_law(write(tmp_path, {"ee/mandates/a.yaml": text}), "ee", schema=SITUATION, on=TODAY)
    what = "the role guardianship_authority owes it and has no mandate: nobody in it may open the record."
    assert [(one.code, one.what) for one in review(found_law) if one.lack is Lack.ORPHAN_ROLE] == [
        ("D02b", what)
    ]


def test_an_agency_for_a_role_with_nothing_to_do_is_an_orphan(tmp_path: Path) -> None:
    text = OWNERS + OWNERS.replace("education_authority", "interpreter").replace("School board", "Bureau")
    found_law = load_law(write(tmp_path, {"ee/owners/e.yaml": text}), "ee", schema=SITUATION, on=TODAY)
    orphans = [one for one in review(found_law) if one.lack is Lack.ORPHAN_ROLE]
    assert [(str(one.origin), one.code) for one in orphans] == [
        ("packs/ee/owners/e.yaml:2", "education_authority"),
        ("packs/ee/owners/e.yaml:6", "interpreter"),
    ]


def test_a_number_that_nothing_names_and_a_calendar_that_ends_are_found(tmp_path: Path) -> None:
    head = BASE["ee/pack.yaml"].replace("calendar: EE", "calendar: LK")
    sop = '- add: spare\n  title: {en: "Spare"}\n'
    folder = write(tmp_path, {"ee/pack.yaml": head, "ee/sops/a.yaml": sop})
    findings = review(load_law(folder, "ee", schema=SITUATION, on=TODAY))
    assert [(str(one.origin), one.code) for one in findings if one.lack is Lack.UNUSED] == [
        ("packs/ee/sops/a.yaml:1", "spare")
    ]
    assert [str(one.origin) for one in findings if one.lack is Lack.CALENDAR_ENDS] == ["packs/ee/pack.yaml:8"]


def test_a_prohibition_of_the_child_as_a_whole_is_explained_without_each(tmp_path: Path) -> None:
    text = """
- prohibition: P1
  title: {en: "No contact"}
  when: "child.reasonable_grounds"
  at: child.reasonable_grounds
  clears: "!child.is_child"
  override: never
  instead: {en: "Ask the guardian."}
  sources:
    - {act: CoE-197, at: "30", mark: G, read: null}
"""
    folder = write(tmp_path, {"ee/prohibitions/a.yaml": text})
    assert load_law(folder, "ee", schema=SITUATION, on=TODAY).explain("P1").says == (
        ("raised when", "child.reasonable_grounds"),
        ("at", "child.reasonable_grounds"),
        ("cleared when", "!child.is_child"),
        ("override", "never"),
        ("instead", "Ask the guardian."),
    )
