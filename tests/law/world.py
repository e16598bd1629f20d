"""The small law of these tests: a situation with a few attributes, sources, and packs written to a folder."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from encircle.law.condition import Bool, Int, ListOf, Record, Str, Time
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import DueRule, Standing
from encircle.law.law import Law
from encircle.law.limit import LimitRule, Sense
from encircle.law.origin import Origin
from encircle.law.pack import BadPack, load_law
from encircle.law.source import Act, ActKind, Read, Source
from encircle.law.texts import Texts

TODAY = date(2026, 11, 23)
HERE = Origin("packs/base/limits/a.yaml", 1)

GUARDIAN = Record(
    "guardian", {"appointed": Bool(), "appointed_at": Time(), "ended": Bool(), "current": Bool()}
)
INTERVIEW = Record("interview", {"held": Bool(), "held_at": Time(), "recorded": Bool(), "ordinal": Int()})
CHILD = Record(
    "child",
    {
        "is_child": Bool(),
        "reasonable_grounds": Bool(),
        "reasonable_grounds_at": Time(),
        "reasonable_grounds_known": Time(),
        "parental_care": Str(frozenset({"present", "absent", "conflict", "suspected"})),
        "turns_18": Time(),
    },
)
SITUATION = Record(
    "situation",
    {"child": CHILD, "guardians": ListOf(GUARDIAN), "interviews": ListOf(INTERVIEW), "now": Time()},
)


def act(code: str = "EU-1", **changes: object) -> Act:
    fields: dict[str, object] = {
        "code": code,
        "title": Texts.english("Regulation 1"),
        "short": Texts.english("Regulation"),
        "kind": ActKind.REGULATION,
        "number": "1",
        "bound": frozenset({"EU", "EE", "DK"}),
        "not_bound": frozenset(),
        "from_": None,
        "until": None,
        "read": None,
        "mark": "G",
        "remark": None,
        "origins": (HERE,),
    }
    return Act(**{**fields, **changes})  # type: ignore[arg-type]  # a table of changes has one type for all


def source(**changes: object) -> Source:
    fields: dict[str, object] = {
        "act": act(),
        "at": "14(2)",
        "countries": None,
        "not_bound": frozenset(),
        "from_": None,
        "until": None,
        "read": Read(TODAY, "EUR-Lex"),
        "reviewed": None,
        "mark": "S:TEST",
        "pending": False,
        "origins": (HERE,),
    }
    return Source(**{**fields, **changes})  # type: ignore[arg-type]  # a table of changes has one type for all


def limit_due(amount: int, unit: str, counting: str, standing: Standing = Standing.LAW) -> DueRule:
    period = Period(amount, Unit(unit), Counting(counting))
    limit = LimitRule("a_limit", Texts.english("A limit"), period, Sense.AT_MOST, (source(),), (HERE,))
    return DueRule(Texts.english("in time"), limit, None, standing)


BASE: Mapping[str, str] = {
    "base/pack.yaml": """
        pack: base
        kind: base
        title: {en: "Base"}
        version: "1"
        extends: []
        country: null
        calendar: null
        zone: null
        languages: [en]
        """,
    "base/acts.yaml": """
        - act: CoE-197
          title: {en: "Convention against Trafficking"}
          kind: treaty
          number: "197"
          bound: [COE]
          mark: G
        - act: CRC-GC14
          title: {en: "General comment No. 14"}
          kind: general_comment
          bound: [all]
          mark: G
        - act: EU-2011/36
          title: {en: "Directive 2011/36/EU"}
          kind: directive
          number: "2011/36/EU"
          bound: [EU]
          not_bound: [DK]
          from: 2011-04-15
          mark: G
        """,
    "base/groups.yaml": """
        - group: COE
          title: {en: "Council of Europe"}
          members: [DK, EE, GB]
          mark: G
        - group: EU
          title: {en: "European Union"}
          members: [DK, EE]
          mark: G
        """,
    "base/duties/guardian.yaml": """
        - duty: D02b
          title: {en: "Guardian"}
          when: "child.reasonable_grounds && child.parental_care in ['absent', 'conflict']"
          unknown_opens: true
          from: [child.reasonable_grounds]
          due: {words: "from identification", sop: guardian_within}
          owner: guardianship_authority
          evidence:
            - id: decision
              text: {en: "Decision"}
              needs: "guardians.exists(g, g.appointed)"
              at: guardians.appointed
          lifted_by:
            - {when: "child.parental_care == 'present'", because: {en: "A parent cares for the child."}}
          never:
            - {en: "A gap"}
          sources:
            - {act: CoE-197, at: "10(4)(a)", mark: G, read: null}
        """,
    "base/sops/guardian.yaml": """
        - sop: guardian_within
          title: {en: "Guardian appointed"}
        """,
    "base/prohibitions/interviews.yaml": """
        - prohibition: P3
          title: {en: "No second interview"}
          for_each: interview
          when: "interview.held && interview.ordinal > 1"
          at: interview.held
          override: two_persons
          instead: {en: "Use the recording."}
          sources:
            - {act: CoE-197, at: "30", mark: G, read: null}
        """,
    "ee/pack.yaml": """
        pack: ee
        kind: country
        title: {en: "Estonia"}
        version: "1"
        extends: [base]
        country: EE
        calendar: EE
        zone: Europe/Tallinn
        languages: [et, en]
        """,
    "dk/pack.yaml": """
        pack: dk
        kind: country
        title: {en: "Denmark"}
        version: "1"
        extends: [base]
        country: DK
        calendar: DK
        zone: Europe/Copenhagen
        languages: [da, en]
        """,
}
"""Packs without a fault."""


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """The packs above with these files added or exchanged, in folder/packs."""
    root = folder / "packs"
    for name, text in {**BASE, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return root


GUARDIAN = """
- set: D02b
  title: {et: "Eestkostja"}
  due: {limit: a_limit}
  sources:
    - {act: EU-2011/36, at: "14(2)", mark: "S:AT14", read: {on: 2026-11-23, where: "EUR-Lex"}}
"""
LIMIT = """
- limit: a_limit
  title: {en: "A limit"}
  amount: 15
  unit: working_days
  counting: reg_1182_71
  sources:
    - {act: EU-2011/36, at: "14(2)", mark: "S:AT14", read: {on: 2026-11-23, where: "EUR-Lex"}}
"""
NUMBER = """
- set: guardian_within
  amount: 2
  unit: days
  sop_source: {en: "Practice"}
"""
"""A duty, a number of law and a number of practice that a country can lay over the packs above."""


def law(folder: Path, country: str = "ee", on: date | None = TODAY, **files: str) -> Law:
    """The law of the packs above with more files; `ee__duties__a` is ee/duties/a.yaml."""
    root = write(folder, {name.replace("__", "/") + ".yaml": text for name, text in files.items()})
    return load_law(root, country, schema=SITUATION, on=on)


def faults(folder: Path, country: str = "ee", **files: str) -> list[str]:
    """Every problem of those packs, as people see it."""
    with pytest.raises(BadPack) as bad:
        law(folder, country, **files)
    return [str(problem) for problem in bad.value.problems]
