"""Channels across borders as packs state them: read, laid over one another, and their faults."""

from pathlib import Path

import pytest

from encircle.law.duty import Standing
from encircle.law.review import review
from encircle.vocabulary.need import Need
from encircle.vocabulary.role import Role
from tests.law.world import TODAY, faults, law

CHANNEL = """
- channel: report
  need: situation_report
  title: {en: "Report"}
  used_when: {en: "It has to be known how the child lives there."}
  instrument: hague_1996
  from_roles: [central_authority]
  to_role: central_authority
  contents:
    - {id: reasons, text: {en: "Why"}}
  first:
    - {id: guardian, text: {en: "A guardian"}, needs: "guardians.exists(g, g.appointed)"}
  answer: {words: "no time is set"}
  stopped_by:
    - {when: "child.reasonable_grounds", because: {en: "Not now."}}
  safeguards:
    - {en: "Only what is needed."}
  sources:
    - {act: CoE-197, at: "5", mark: G, read: null}
"""
OVER = """
- add: other
  need: situation_report
  title: {en: "Other"}
  used_when: {en: "By practice."}
  instrument: other
  from_roles: [ngo]
  to_role: ngo
  contents:
    - {id: reasons, text: {en: "Why"}}
  answer: {words: "soon"}
  sop_source: {en: "Practice"}
- set: report
  answer: {limit: a_limit}
  contents:
    - {id: language, text: {en: "A translation"}}
  yields_to: [other]
"""
LIMIT = """
- limit: a_limit
  title: {en: "A limit"}
  amount: 3
  unit: months
  counting: plain
  sources:
    - {act: EU-2011/36, at: "11", mark: "S:T", read: {on: 2026-11-23, where: "EUR-Lex"}}
"""


def test_a_channel_is_read_with_all_its_parts(tmp_path: Path) -> None:
    found = law(tmp_path, base__channels__a=CHANNEL).channel("report")
    assert found is not None
    assert (found.need, found.instrument, found.from_roles, found.to_role) == (
        Need.SITUATION_REPORT,
        "hague_1996",
        frozenset({Role.CENTRAL_AUTHORITY}),
        Role.CENTRAL_AUTHORITY,
    )
    assert [content.id for content in found.contents] == ["reasons"]
    assert [one.needs.text for one in found.first] == ["guardians.exists(g, g.appointed)"]
    assert [ground.because.in_("en") for ground in found.stopped_by] == ["Not now."]
    assert [str(origin) for origin in found.origins] == ["packs/base/channels/a.yaml:2"]


def test_a_country_lays_its_number_and_contents_over_a_channel(tmp_path: Path) -> None:
    found = law(tmp_path, base__channels__a=CHANNEL, ee__channels__a=OVER, ee__limits__a=LIMIT)
    report = found.channel("report")
    assert report is not None
    assert [content.id for content in report.contents] == ["reasons", "language"]
    assert report.yields_to == frozenset({"other"})
    assert report.standing(report.answer, ("EE",), TODAY) is Standing.LAW
    assert report.standing(report.answer, ("EE", "DK"), TODAY) is Standing.WORDS
    assert found.channel("nowhere") is None


def test_the_review_names_what_nobody_has_read_of_a_channel(tmp_path: Path) -> None:
    remarks = [str(one) for one in review(law(tmp_path, base__channels__a=CHANNEL)) if one.code == "report"]
    assert remarks == [
        "packs/base/channels/a.yaml:2: report: the title does not exist in et.",
        "packs/base/channels/a.yaml:2: report: 6 of its parts (words, proofs, reasons) do not exist in et.",
        "packs/base/channels/a.yaml:19: report: Convention against Trafficking 197, 5 has not been reviewed by a lawyer.",
        "packs/base/channels/a.yaml:19: report: Convention against Trafficking 197, 5 has not been read.",
    ]


def test_the_faults_of_a_channel_are_named_with_their_line(tmp_path: Path) -> None:
    wrong = (
        CHANNEL.replace("situation_report", "gossip")
        .replace("hague_1996", "pigeon")
        .replace('contents:\n    - {id: reasons, text: {en: "Why"}}', "contents: []")
        .replace("  stopped_by", "  yields_to: [nowhere]\n  stopped_by")
    )
    found = [one.partition(": ")[2].split(". ")[0] for one in faults(tmp_path, base__channels__a=wrong)]
    assert found == [
        "need 'gossip' is not known",
        "instrument 'pigeon' is not known",
        "no contents",
        "yields_to 'nowhere' is no channel",
    ]


def test_a_content_that_stands_twice_is_refused(tmp_path: Path) -> None:
    twice = CHANNEL.replace(
        '    - {id: reasons, text: {en: "Why"}}\n', '    - {id: reasons, text: {en: "Why"}}\n' * 2
    )
    assert faults(tmp_path, base__channels__a=twice) == [
        "packs/base/channels/a.yaml:11: contents 'reasons' stands twice. Give each its own id."
    ]


def test_channels_that_yield_without_a_circle_are_taken_and_every_circle_is_named(tmp_path: Path) -> None:
    def one(code: str, *after: str) -> str:
        text = CHANNEL.replace("channel: report", f"channel: {code}")
        return text + f"  yields_to: [{', '.join(after)}]\n"

    fan = one("first", "second", "third") + one("fourth") + one("second", "fourth") + one("third", "fourth")
    found = law(tmp_path / "good", base__channels__a=fan)
    assert {channel.code: channel.yields_to for channel in found.channels} == {
        "first": {"second", "third"},
        "second": {"fourth"},
        "third": {"fourth"},
        "fourth": frozenset(),
    }
    ring = one("first", "second") + one("second", "third") + one("self", "self") + one("third", "second")
    assert faults(tmp_path / "bad", base__channels__a=ring) == [
        "packs/base/channels/a.yaml:40: second yields to third yields to second: a circle. Take one away.",
        "packs/base/channels/a.yaml:60: self yields to self: a circle. Take one away.",
        "packs/base/channels/a.yaml:80: third yields to second yields to third: a circle. Take one away.",
    ]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("  answer: soon\n", "13: 'answer': expected {words: \"...\", limit: CODE, sop: CODE}."),
        ("  answer: {words: null}\n", "13: 'words' is empty. Expected a text."),
        ("  answer: {words: [soon]}\n", "13: 'words': expected a text by language, such as {en: \"...\"}."),
        ("  answer: {}\n", "13: 'words' is missing. Add it."),
        ("", "2: report has no 'answer'. Add it."),
    ],
)
def test_a_time_without_words_is_refused_with_the_way_to_write_it(
    tmp_path: Path, answer: str, told: str
) -> None:
    wrong = CHANNEL.replace('  answer: {words: "no time is set"}\n', answer)
    assert faults(tmp_path, base__channels__a=wrong) == [f"packs/base/channels/a.yaml:{told}"]
