"""The tests of a rule on its page: which case or story, and what it expects at which time. Decides nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from encircle.actions.law_book import Proof, proofs_of
from encircle.core.duty import DutyState
from encircle.core.prohibition import AlarmState
from encircle.web.page import when, wording

STATES = {state.value: wording.STATES[state] for state in DutyState} | {
    state.value: wording.ALARMS[state] for state in AlarmState
}


@dataclass(frozen=True, slots=True)
class Story:
    """One case or story, in the English of its author, and what it expects of the rule, in the order of time."""

    title: str
    country: str
    is_case: bool
    expects: tuple[str, ...]
    origin: str


def stories(code: str) -> tuple[Story, ...]:
    """Every case and story that names the rule."""
    by_title: dict[str, list[Proof]] = {}
    for proof in proofs_of(code):
        by_title.setdefault(proof.story, []).append(proof)
    return tuple(_story(title, proofs) for title, proofs in by_title.items())


def _story(title: str, proofs: list[Proof]) -> Story:
    first = proofs[0]
    named = str(wording.COUNTRIES.get(first.country, first.country.upper()))
    ordered = sorted(proofs, key=lambda proof: proof.expectation.as_of)
    expects = tuple(dict.fromkeys(_expects(proof) for proof in ordered))
    return Story(title, named, first.is_case, expects, str(first.expectation.origin))


def _expects(proof: Proof) -> str:
    asked = proof.expectation
    at = when.minute(asked.as_of, proof.zone)
    if asked.never is not None:
        return _("{time}: it must not stand").format(time=at)
    if asked.states:
        states = _(" or ").join(str(STATES[state]) for state in asked.states)
        return _("{time}: {state}").format(time=at, state=states)
    return _("{time}: it stands").format(time=at)
