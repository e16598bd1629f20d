"""Comparing two packs: which rules differ, and which children's duties they move before a version goes live."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.core.child import AsOf, situation_schema
from encircle.core.difference import Moved, Standing, moved
from encircle.law.law import Law
from encircle.law.pack import Shelf, law_from
from encircle.law.pack.head import HEAD_FILE
from encircle.law.pack.layer import code_order
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.refusal import BadInput

STORIES = ("*/cases/*.yaml", "*/tests/*.yaml")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One line of a rule that differs: `before` or `after` is empty where the rule does not say it."""

    code: str
    says: str
    before: str
    after: str


@dataclass(slots=True)
class Effect:
    """How many children were compared, of how many something moves, and how often each difference comes.

    `rows` counts duties and alarms, `children` whom they are of. `where`: their numbers, which tell nothing of a child;
    empty unless they were asked for, so that a country of a million fits into memory.
    """

    numbers: bool = False
    compared: int = 0
    moved: int = 0
    rows: Counter[Moved] = field(default_factory=Counter)
    children: Counter[Moved] = field(default_factory=Counter)
    where: dict[Moved, list[str]] = field(default_factory=dict)

    def add(self, number: str, found: Iterable[Moved]) -> None:
        """Count one child."""
        several = Counter(found)
        self.compared += 1
        self.moved += bool(several)
        self.rows.update(several)
        self.children.update(several.keys())
        if self.numbers:
            for one in several:
                self.where.setdefault(one, []).append(number)


def law_at(named: str, *, on: date) -> Law:
    """The law of a country code, or of a pack folder (with a pack.yaml, beside those that it rests on).

    Refuses: what is neither; a pack with any problem (BadInput).
    """
    path = Path(named)
    if (path / HEAD_FILE).is_file():
        whole = path.resolve()
        return law_from(Shelf(whole.parent), whole.name, schema=situation_schema(), on=on)
    if path.name != named:
        reason = f"There is no pack in {named!r}. Expected a folder with a pack.yaml in it, or a country such as ee."
        raise BadInput(code="no_pack", reason=reason, where=named)
    return law_of(named, on=on)


def rule_changes(before: Law, after: Law) -> tuple[RuleChange, ...]:
    """Every line of every duty and prohibition that differs, by code."""
    olds, news = _said(before), _said(after)
    found = []
    for code in sorted(olds.keys() | news.keys(), key=code_order):
        old, new = olds.get(code, {}), news.get(code, {})
        found += [
            RuleChange(code, says, old.get(says, ""), new.get(says, ""))
            for says in dict.fromkeys((*old, *new))
            if old.get(says) != new.get(says)
        ]
    return tuple(found)


def effect_on_cases(before: Law, after: Law, *, numbers: bool = False) -> Effect:
    """What moves for the children of the cases and stories beside the packs, each on the last day of its file."""
    effect = Effect(numbers)
    for path in sorted(path for pattern in STORIES for path in packs_folder().glob(pattern)):
        case = read_replay(path)
        at = _last_day(case)
        if at is None:
            continue
        as_of = AsOf(at)
        for number, child in enumerate(case.children, 1):
            found = differences(case.facts_of(child, as_of=as_of), before=before, after=after, as_of=as_of)
            effect.add(f"{case.name}/{number}", found)
    return effect


def differences(facts: Iterable[Fact], *, before: Law, after: Law, as_of: AsOf) -> tuple[Moved, ...]:
    """What moves for one child."""
    facts = tuple(facts)
    return moved(_standing(facts, before, as_of), _standing(facts, after, as_of))


def _standing(facts: tuple[Fact, ...], law: Law, as_of: AsOf) -> Standing:
    given = answer(facts, law=law, as_of=as_of)
    return Standing(law, given.duties, given.alarms)


def _last_day(case: ReplayCase) -> datetime | None:
    return max((fact.happened.latest for fact in case.facts), default=None)


def _said(law: Law) -> dict[str, dict[str, str]]:
    """What each rule says, line by line; the lines of a heading that stands several times are one."""
    codes = [rule.code for rule in law.duties] + [rule.code for rule in law.prohibitions]
    return {code: dict(_lines(law, code)) for code in (*codes, *(aside.code for aside in law.set_aside))}


def _lines(law: Law, code: str) -> Iterator[tuple[str, str]]:
    explained = law.explain(code)
    says: dict[str, list[str]] = {"title": [str(explained.title)]}
    for heading, text in explained.says:
        says.setdefault(heading, []).append(text)
    says["sources"] = [
        f"{one.source.cite()}{'' if one.binds else ' (does not bind)'}" for one in explained.sources
    ]
    for heading, texts in says.items():
        yield heading, "; ".join(texts)
