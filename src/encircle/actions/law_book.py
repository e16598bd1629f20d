"""The book of the law: what the packs state, for everybody on staff. It holds nothing of a child; each look is journalled."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.case import Expectation
from encircle.actions.replay.file import read_replay
from encircle.actions.whose_law import BASE, laws_in
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.law.pack.head import chain_of, packs_in
from encircle.law.pack.problem import Problems
from encircle.law.texts import Texts
from encircle.records import journal
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """The law of one country; and the titles of all packs whose law can be read here, the installation's own first."""

    law: Law
    countries: Mapping[str, Texts]

    def everywhere(self) -> Mapping[str, Law]:
        """The law of each of these countries."""
        return {code: law_of(code) for code in self.countries}


@dataclass(frozen=True, slots=True)
class Proof:
    """One test of a rule: what a published case or an invented story expects of it, at which time, and where that stands."""

    story: str
    country: str
    zone: str
    expectation: Expectation
    is_case: bool


def law_book(who: Who, *, purpose: Purpose, country: str = "") -> Book:
    """The law of that country, or that of the installation where there is no pack of such a country."""
    with at_work(who, purpose) as context:
        journal.enter(journal.Act(kind=EntryKind.LOOK, outcome="law_shown", role=who.role.value), ctx=context)
    titles = _titles(packs_folder())
    shown = sorted(
        laws_in(packs_folder()) | {settings.COUNTRY}, key=lambda code: (code != settings.COUNTRY, code)
    )
    countries = {code: titles[code] for code in shown if code in titles}
    return Book(law_of(country if country in countries else settings.COUNTRY), countries)


@cache
def _titles(folder: Path) -> Mapping[str, Texts]:
    """The titles of all packs but the base of all."""
    problems = Problems()
    codes = [code for code in packs_in(folder) if code != BASE]
    return MappingProxyType({code: chain_of(folder, code, problems=problems)[-1].title for code in codes})


def proofs_of(code: str) -> tuple[Proof, ...]:
    """The tests that name that duty or prohibition, published cases first."""
    return proofs_in(packs_folder()).get(code, ())


def proved() -> frozenset[str]:
    """The codes that any test names."""
    return frozenset(proofs_in(packs_folder()))


@cache
def proofs_in(folder: Path) -> Mapping[str, tuple[Proof, ...]]:
    """The tests in that folder of packs by the code that they name, read once. A story that cannot be read proves nothing."""
    found: dict[str, list[Proof]] = {}
    for kind in ("cases", "tests"):
        for path in sorted(folder.glob(f"*/{kind}/*.yaml")):
            try:
                case = read_replay(path)
            except BadInput as bad:
                logger.error("law.story_left_out", extra={"where": bad.where})
                continue
            for expectation in case.expectations:
                code = expectation.code or expectation.never
                if code is not None:
                    proof = Proof(case.title, case.country, case.zone, expectation, kind == "cases")
                    found.setdefault(code, []).append(proof)
    return MappingProxyType({code: tuple(proofs) for code, proofs in found.items()})
