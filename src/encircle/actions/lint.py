"""Checking packs: what is wrong, what is to be looked at and what is still unread, in all of them at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from encircle.actions.replay.case import Expectation
from encircle.actions.replay.file import read_replay
from encircle.core.child import situation_schema
from encircle.core.duty import DutyState
from encircle.core.prohibition import AlarmState
from encircle.law.condition.words import Words
from encircle.law.duty import DutyRule
from encircle.law.finding import Finding, Lack, Severity
from encircle.law.help_review import review_help
from encircle.law.law import Law
from encircle.law.origin import Origin
from encircle.law.pack import BadPack, Shelf, law_from
from encircle.law.pack.head import PackKind, packs_in
from encircle.law.pack.helping import has_help, help_in
from encircle.law.pack.language import languages_in, words_in
from encircle.law.pack.shelf import states_law
from encircle.law.prohibition import ProhibitionRule
from encircle.law.readings import STALE_AFTER, Readings, readings
from encircle.law.review import PSEUDO_COUNTRIES, review
from encircle.law.unsaid import unsaid

_DONE = frozenset({DutyState.MET.value, AlarmState.CLEARED.value})
_STORIES = ("*/cases/*.yaml", "*/tests/*.yaml")


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding, and the packs under whose law it was found."""

    finding: Finding
    packs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linted:
    """The answer: remarks, the gravest first, and how much of each law was read and reviewed."""

    packs: tuple[str, ...]
    remarks: tuple[Remark, ...]
    readings: Mapping[str, Readings]

    def of(self, severity: Severity) -> tuple[Remark, ...]:
        """The remarks that are as grave as that."""
        return tuple(remark for remark in self.remarks if remark.finding.severity is severity)


def lint(
    folder: Path, packs: Iterable[str] = (), *, on: date, stale_after: timedelta = STALE_AFTER
) -> Linted:
    """Check these packs of the folder on that day; without names all but the base.

    Of a pack that helps at its door alone the law is looked at only where it is named. Each file is read once,
    whatever rests on it. Refuses: a pack that is not there (BadInput).
    """
    shelf = Shelf(folder)
    named = tuple(dict.fromkeys(code.lower() for code in packs))
    asked = named or _with_law(shelf)
    found: dict[Finding, list[str]] = {}
    figures: dict[str, Readings] = {}
    covered, faults = _covered(folder)
    words, wrong = _words(folder)
    for finding in (*faults, *wrong):
        found.setdefault(finding, [])
    for pack in asked:
        alone = _is_door_alone(shelf, pack)
        findings: tuple[Finding, ...] = (_door_alone(shelf, pack),) if alone else ()
        if not alone or named:
            of_law, law = _of_pack(shelf, pack, covered, on, stale_after)
            findings = (*findings, *of_law)
            if law is not None:
                figures[pack] = readings(law)
                findings = (*findings, *unsaid(law, words))
        for finding in (*findings, *_of_help(shelf, pack, on)):
            found.setdefault(finding, []).append(pack)
    remarks = (Remark(finding, tuple(where)) for finding, where in found.items())
    return Linted(asked, tuple(sorted(remarks, key=_order)), figures)


def _order(remark: Remark) -> tuple[int, str, Finding]:
    finding = remark.finding
    return list(Severity).index(finding.severity), finding.lack.value, finding


def _with_law(shelf: Shelf) -> tuple[str, ...]:
    """The packs that can be asked for: all but those of kind base. One whose head is wrong is asked, and told."""
    return tuple(pack for pack in packs_in(shelf.folder) if not _is_base(shelf, pack))


def _is_base(shelf: Shelf, pack: str) -> bool:
    try:
        return shelf.chain(pack)[-1].kind is PackKind.BASE
    except BadPack:
        return False


def _of_pack(
    shelf: Shelf, pack: str, covered: "_Covered", on: date, stale_after: timedelta
) -> tuple[tuple[Finding, ...], Law | None]:
    try:
        law = law_from(shelf, pack, schema=situation_schema(), on=on)
    except BadPack as bad:
        return tuple(
            Finding(one.origin, _pack_of(one.origin), Lack.NOT_LOADED, one.what) for one in bad.problems
        ), None
    return (*review(law, stale_after=stale_after), *covered.of(law)), law


def _is_door_alone(shelf: Shelf, pack: str) -> bool:
    """Whether that pack helps at its door and states no law."""
    try:
        own = shelf.chain(pack)[-1:]
    except BadPack:
        return False
    return has_help(shelf.folder, own) and not states_law(shelf.folder, pack)


def _door_alone(shelf: Shelf, pack: str) -> Finding:
    """That it does. What a law lacks is told of such a pack when it is asked for by its name."""
    chain = shelf.chain(pack)
    below = ", ".join(head.pack for head in chain[:-1])
    what = (
        f"no duty, no time and no agency of its own law: it rests on the law of {below}. "
        f"`encircle pack lint {pack}` names what it lacks as a law."
    )
    return Finding(chain[-1].calendar_at, pack, Lack.DOOR_ALONE, what)


def _of_help(shelf: Shelf, pack: str, on: date) -> tuple[Finding, ...]:
    """What is to be looked at of what the door of that country says. Of a pack that cannot be read its law tells why."""
    try:
        chain = shelf.chain(pack)
    except BadPack:
        return ()
    if chain[-1].country in PSEUDO_COUNTRIES or not has_help(shelf.folder, chain):
        return ()
    try:
        help_ = help_in(shelf.folder, shelf.chain(pack))
    except BadPack as bad:
        return tuple(
            Finding(one.origin, _pack_of(one.origin), Lack.NOT_LOADED, one.what) for one in bad.problems
        )
    return review_help(help_, on=on, languages=chain[-1].languages[:1])


def _words(folder: Path) -> tuple[Mapping[str, Words], tuple[Finding, ...]]:
    """The words of every language in which conditions can be said, and what is wrong with their files."""
    found: dict[str, Words] = {}
    faults: list[Finding] = []
    for language in languages_in(folder):
        try:
            words = words_in(folder, language)
        except BadPack as bad:
            faults += [Finding(one.origin, language, Lack.NOT_LOADED, one.what) for one in bad.problems]
            continue
        if words is not None:
            found[language] = words
    return found, tuple(faults)


def _pack_of(origin: Origin) -> str:
    """The pack in whose folder that line stands."""
    return Path(origin.file).parts[1]


@dataclass(frozen=True, slots=True)
class _Covered:
    """Which rules the cases and stories of the packs expect, and which they expect not to be reported."""

    raised: Mapping[str, frozenset[str]]
    never: frozenset[str]

    def of(self, law: Law) -> Iterator[Finding]:
        """The rules of a law that no story proves both ways."""
        rules: tuple[DutyRule | ProhibitionRule, ...] = (*law.duties, *law.prohibitions)
        for rule in rules:
            states = self.raised.get(rule.code)
            if states is None:
                what = "no case and no story expects it. Write one in tests/ that does."
                yield Finding(rule.origins[0], rule.code, Lack.UNTESTED, what)
            elif rule.code not in self.never:
                yield self._one_way(rule.code, rule.origins[0], states)

    def _one_way(self, code: str, origin: Origin, states: frozenset[str]) -> Finding:
        if states & _DONE and states - _DONE:
            what = "met and not met are expected of it; no story says where it is not reported ('never')."
            return Finding(origin, code, Lack.TESTED_ONE_WAY, what)
        what = "no story says where it is not reported ('never'), nor shows it both done and not done."
        return Finding(origin, code, Lack.UNTESTED, what)


def _covered(folder: Path) -> tuple[_Covered, tuple[Finding, ...]]:
    """What the stories beside the packs expect, and what is wrong with their files."""
    expectations: list[Expectation] = []
    faults: list[Finding] = []
    for path in sorted(path for pattern in _STORIES for path in folder.glob(pattern)):
        try:
            expectations += read_replay(path).expectations
        except BadPack as bad:
            at = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            faults += [
                Finding(Origin(at, one.origin.line), path.stem, Lack.NOT_LOADED, one.what)
                for one in bad.problems
            ]
    raised: dict[str, set[str]] = {}
    for expectation in expectations:
        if expectation.code is not None:
            raised.setdefault(expectation.code, set()).update(expectation.states or ("reported",))
    never = frozenset(one.never for one in expectations if one.never is not None)
    return _Covered({code: frozenset(states) for code, states in raised.items()}, never), tuple(faults)
