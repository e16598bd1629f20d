"""A rule that is broken on purpose is missed by the expectations that need it: each fault, and who must notice."""

import re
import shutil
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.actions.replay.verdict import verdicts
from encircle.core.child.schema import situation_schema
from encircle.law.pack import load_law


class Fault(NamedTuple):
    """`old` is replaced by `new` in the entry of that code; then these expectations of that file must fail."""

    code: str
    old: str
    new: str
    file: str
    missed: tuple[str, ...]


PLACED = (
    "(child.is_child || child.age_in_doubt || placement.started_at < child.turns_18"
    " || (child.age_determined && placement.started_at < child.age_determined_at))"
)
HEARD = PLACED.replace("placement.started_at", "proceeding.opened_at")
"""Who is protected by P7, and by P7-proceeding: by the age on the day of the act, not by what was found later."""

FAULTS = (
    # taking a part of a rule away, or making it too wide, must be seen
    Fault("D02c", " && l.advised_on_trafficking_at <= s.taken_at", "", "changed_afterwards", ("T-AFTER-01",)),
    Fault(
        "D02a",
        "proceedings.exists(p, p.asylum_application_made) || child.presumed || ",
        "",
        "8.5",
        ("E8.5-19",),
    ),
    Fault("D02b", "g.current && g.conflict_checked", "g.current", "half_done", ("T-HALF-10",)),
    Fault("D02b", "g.current && g.met)", "g.current)", "half_done", ("T-HALF-10",)),
    Fault("D02b", "child.is_child && ((", "((", "half_done", ("T-HALF-41",)),
    Fault("D02c", "s.step == 'plea'", "s.step == 'expungement'", "changed_afterwards", ("T-AFTER-01",)),
    Fault(
        "D03",
        "assessments.exists(a, a.made && a.assessment_kind == 'individual')",
        "child.victim_track",
        "half_done",
        ("T-HALF-02",),
    ),
    Fault("D03", " && has(a.review_due)", "", "half_done", ("T-HALF-01",)),
    Fault("D06", "i.interviewer_trained)", "i.held)", "half_done", ("T-HALF-08",)),
    Fault("D06", "i.premises in ['barnahus', 'adapted_room']", "i.held", "half_done", ("T-HALF-08",)),
    Fault(
        "D07",
        "r.interview == interview.id && r.custody_logged",
        "r.interview == interview.id",
        "half_done",
        ("T-HALF-07",),
    ),
    Fault("D07", "r.defence_questions in ['offered', 'put']", "r.made", "half_done", ("T-HALF-07",)),
    Fault("D15", "r.received && r.referred_to == 'identification'", "r.made", "half_done", ("T-HALF-03",)),
    Fault(
        "D15",
        "referrals.exists(r, r.made && r.referred_to == 'identification')",
        "child.victim_track",
        "half_done",
        ("T-HALF-04",),
    ),
    Fault(
        "D15-decision",
        "referral.made && referral.referred_to == 'identification'",
        "referral.made",
        "half_done",
        ("T-HALF-06",),
    ),
    Fault(
        "D15-decision",
        "referral.made && referral.referred_to == 'identification'",
        "referral.received && referral.referred_to == 'health'",
        "half_done",
        ("T-HALF-05",),
    ),
    Fault("D19", "child.reasonable_grounds && (proceedings", "(proceedings", "half_done", ("T-HALF-32",)),
    Fault(
        "D19",
        "p.non_punishment_applied || (p.closed",
        "p.opened || (p.closed",
        "half_done",
        ("T-HALF-12", "T-HALF-13"),
    ),
    Fault(
        "D19",
        "a.assessment_kind == 'trafficking' && a.qualified",
        "a.assessment_kind == 'trafficking'",
        "half_done",
        ("T-HALF-13",),
    ),
    Fault(
        "D24",
        "p.current && p.placement_kind != 'adult_reception_centre' && !p.adults_present",
        "p.current",
        "half_done",
        ("T-HALF-09",),
    ),
    Fault("D24", "p.current && p.vetted", "p.current", "half_done", ("T-HALF-09",)),
    Fault("D31", "missing.noticed || missing.reported", "missing.noticed", "8.2", ("E8.2-07", "E8.2-08")),
    Fault(
        "D31", "missing.noticed || missing.reported", "missing.reported", "what_does_not_count", ("T-NOT-08",)
    ),
    Fault(
        "D31",
        'needs: "missing.risk_assessed"',
        'needs: "missing.police_reported"',
        "half_done",
        ("T-HALF-11",),
    ),
    Fault("D31", "missing.others_told ||", "missing.police_reported ||", "half_done", ("T-HALF-11",)),
    Fault(
        "D31",
        'needs: "missing.returned || missing.located"',
        'needs: "missing.reported"',
        "half_done",
        ("T-HALF-11",),
    ),
    Fault(
        "P2-contact",
        "has(d.country) && d.country == contact.country && ",
        "",
        "changed_afterwards",
        ("T-AFTER-06",),
    ),
    Fault(
        "P2-contact",
        "do_not_contacts.exists(d, has(d.country)",
        "!do_not_contacts.exists(d, has(d.country)",
        "changed_afterwards",
        ("T-AFTER-05", "T-AFTER-06"),
    ),
    Fault(
        "P3-examination",
        "examination.ordinal >= 2",
        "examination.ordinal >= 1",
        "written_afterwards",
        ("T-LATE-06",),
    ),
    Fault("P7", PLACED, "child.age_in_doubt", "half_done", ("T-HALF-51",)),
    Fault("P7", f" && {PLACED}", "", "half_done", ("T-HALF-42",)),
    Fault(
        "P7-proceeding",
        "proceeding.opened && proceeding.as_adult",
        "proceeding.opened",
        "half_done",
        ("T-HALF-34",),
    ),
    Fault("P7-proceeding", f" && {HEARD}", "", "half_done", ("T-HALF-43",)),
    Fault("P9", " && a.qualified", "", "half_done", ("T-HALF-14", "T-HALF-15")),
    Fault("P9", "&& child.reasonable_grounds ", "", "half_done", ("T-HALF-31",)),
    Fault("P9", "'charge', ", "", "half_done", ("T-HALF-14",)),
    Fault("P9", "'plea', ", "", "half_done", ("T-HALF-15",)),
    Fault("P9", "'conviction', ", "", "half_done", ("T-HALF-16",)),
    Fault("P9", ", 'sentence']", "]", "half_done", ("T-HALF-17",)),
)
REST = (
    # what came afterwards counts as if it had come before; and others
    Fault(
        "P3",
        "interview.necessity_decided && interview.necessity_decided_at <= interview.held_at",
        "interview.necessity_decided",
        "written_afterwards",
        ("T-LATE-02",),
    ),
    Fault(
        "P3-examination",
        "examination.necessity_decided && examination.necessity_decided_at <= examination.held_at",
        "examination.necessity_decided",
        "written_afterwards",
        ("T-LATE-04",),
    ),
    Fault("D02c", " && l.consulted_at <= h.held_at", "", "written_afterwards", ("T-LATE-09",)),
    Fault("D01b", "a.only_method && ", "!a.only_method && ", "8.5", ("E8.5-11",)),
    Fault(
        "D13-danger",
        "concern.registered && concern.danger_now",
        "concern.triaged && concern.danger_now",
        "8.3",
        ("E8.3-03",),
    ),
    Fault("D16", "r.started && r.notice_in_writing", "r.started", "half_done", ("T-HALF-20",)),
    Fault("D16", "r.started_at + duration('29d')", "r.started_at", "half_done", ("T-HALF-20",)),
    Fault("P7", " || placement.started_at < child.turns_18", "", "changed_afterwards", ("T-AFTER-14",)),
    Fault("P7", PLACED[PLACED.index(" || (child.age_d") : -1], "", "changed_afterwards", ("T-AFTER-12",)),
    Fault("P7", PLACED, "child.is_child", "what_does_not_count", ("T-NOT-15",)),
    Fault("P9", ", 'sentence']", ", 'sentence', 'release']", "half_done", ("T-HALF-18",)),
    Fault("D04", " && v.heard_at <= decision.made_at", "", "written_afterwards", ("T-LATE-08",)),
    Fault(
        "D05",
        " && examination.necessity_decided_at <= examination.held_at",
        "",
        "written_afterwards",
        ("T-LATE-05",),
    ),
    Fault("D08", " && hearing.protected_at <= hearing.held_at", "", "written_afterwards", ("T-LATE-07",)),
    Fault(
        "D49",
        " && interview.necessity_decided_at <= interview.held_at",
        "",
        "written_afterwards",
        ("T-LATE-03",),
    ),
    Fault(
        "D53", " && proceeding.departure_reasoned_at <= s.taken_at", "", "written_afterwards", ("T-LATE-10",)
    ),
    Fault("P19", " && p.departure_reasoned_at <= step.taken_at", "", "written_afterwards", ("T-LATE-11",)),
    Fault("D40", " && transfer.checked_at <= transfer.decided_at", "", "written_afterwards", ("T-LATE-12",)),
    Fault(
        "P8", " || transfer.carried_out_at < child.protection_at", "", "changed_afterwards", ("T-AFTER-08",)
    ),
    Fault(
        "P2",
        " || (d.set && d.lifted && d.set_at <= request.sent_at && request.sent_at < d.lifted_at)",
        "",
        "changed_afterwards",
        ("T-AFTER-04",),
    ),
    Fault("D09-initial", "(child.is_child && ((child.sep", "(child.died && ((child.sep", "8.5", ("E8.5-20",)),
    Fault("D24", '{when: "child.died"', '{when: "child.closed"', "8.3", ("E8.3-28",)),
    Fault(
        "P14",
        "c.registered && !c.triaged",
        "c.registered && c.acknowledged",
        "closing_with_something_open",
        ("T-CLOSE-03",),
    ),
    Fault(
        "P14",
        "!child.guardian_current && ",
        "child.guardian_current && ",
        "closing_with_something_open",
        ("T-CLOSE-05",),
    ),
    Fault(
        "P14",
        "!assessments.exists(a, a.made && a.assessment_kind == 'individual')",
        "child.missing_now",
        "closing_with_something_open",
        ("T-CLOSE-07",),
    ),
    Fault(
        "P14",
        "child.open_proceedings > 0",
        "child.open_proceedings > 1",
        "closing_with_something_open",
        ("T-CLOSE-09",),
    ),
    Fault("P14", "!m.return_interview_held", "m.others_told", "closing_with_something_open", ("T-CLOSE-11",)),
    Fault(
        "P14",
        "h.urgent && !h.answered",
        "h.urgent && h.answered && h.passed_on",
        "closing_with_something_open",
        ("T-CLOSE-13",),
    ),
    Fault("P14", "!child.transition_planned || ", "", "closing_with_something_open", ("T-CLOSE-15",)),
    Fault("P14-proposed", "child.missing_now || ", "", "closing_with_something_open", ("T-CLOSE-16",)),
    Fault(
        "P18",
        "concern.outcome == 'no_action'",
        "concern.outcome == 'no_action' && !has(concern.reasons)",
        "crisis_and_no_action",
        ("T-NOTHING-01", "T-NOTHING-02"),
    ),
    Fault(
        "P21-planned",
        "decision.decision_kind == 'placement'",
        "decision.decision_kind == 'return'",
        "8.2",
        ("E8.2-18",),
    ),
)


@cache
def case(name: str) -> ReplayCase:
    """The case or story of that name."""
    return read_replay(next((packs_folder() / "base").glob(f"*/{name}.yaml")))


def plant(fault: Fault, folder: Path) -> Path:
    """A copy of the packs with the fault in it."""
    packs = folder / "packs"
    shutil.copytree(packs_folder(), packs)
    entry = re.compile(rf"^- (?:duty|prohibition|add): {re.escape(fault.code)}\n(?:  .*\n)+", re.MULTILINE)
    for path in (*packs.glob("*/duties/*.yaml"), *packs.glob("*/prohibitions/*.yaml")):
        text = path.read_text("utf-8")
        found = entry.search(text)
        if found is not None:
            assert fault.old in found[0], "the rule has changed: change the fault with it"
            broken = found[0].replace(fault.old, fault.new)
            path.write_text(text[: found.start()] + broken + text[found.end() :], "utf-8")
            return packs
    raise AssertionError(f"no rule {fault.code}")


def missed(fault: Fault, folder: Path) -> set[str]:
    """Which expectations of the fault's file fail in the faulty packs."""
    told = case(fault.file)
    law = load_law(plant(fault, folder), told.country, schema=situation_schema())
    return {v.expectation.id for v in verdicts(told, law=law) if not v.holds}


def named(fault: Fault) -> str:
    """The code, and the first expectation that must notice."""
    return f"{fault.code}-{fault.missed[0]}"


@pytest.mark.parametrize("fault", FAULTS[::3], ids=named)
def test_a_fault_in_a_first_rule_is_noticed(fault: Fault, tmp_path: Path) -> None:
    assert set(fault.missed) <= missed(fault, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("fault", [one for one in (*FAULTS, *REST) if one not in FAULTS[::3]], ids=named)
def test_a_fault_in_another_rule_is_noticed(fault: Fault, tmp_path: Path) -> None:
    assert set(fault.missed) <= missed(fault, tmp_path)


def test_every_rule_is_asked_for_by_some_case_or_story() -> None:
    base = packs_folder() / "base"
    told = [read_replay(path) for room in ("cases", "tests") for path in (base / room).glob("*.yaml")]
    asked = {e.code for one in told for e in one.expectations if e.code is not None}
    laws = [law_of(country) for country in ("coe", "eu", "gb", "dk", "ee", "fi")]
    rules = {rule.code for law in laws for rule in law.duties} | {
        rule.code for law in laws for rule in law.prohibitions
    }
    assert rules - asked == set()
