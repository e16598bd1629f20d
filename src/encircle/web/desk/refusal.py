"""A prohibition at the moment of the act: what it forbids, why, on which source, and what to do instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from encircle.core.prohibition import Alarm
from encircle.law.law import Law
from encircle.law.prohibition import Override
from encircle.web.page import wording


@dataclass(frozen=True, slots=True)
class Forbidden:
    """One prohibition as it is told."""

    code: str
    title: wording.Told
    instead: wording.Told
    override: str | Promise
    sources: tuple[str, ...]
    by_two: bool


def forbidden(alarms: Sequence[Alarm], law: Law) -> tuple[Forbidden, ...]:
    """Each prohibition once, with the sources that bind here."""
    language = get_language() or "en"
    rules = {alarm.rule.code: alarm.rule for alarm in alarms}
    return tuple(
        Forbidden(
            code=rule.code,
            title=wording.told(rule.title, language),
            instead=wording.told(rule.instead, language),
            override=wording.OVERRIDES[rule.override],
            sources=tuple(one.cite(language) for one in rule.basis(law.country, law.on) or rule.sources),
            by_two=rule.override is Override.TWO_PERSONS,
        )
        for rule in rules.values()
    )
