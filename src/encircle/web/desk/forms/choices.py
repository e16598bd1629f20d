"""What a form offers for choice: things on the record, named by what is known of them, and agencies."""

from collections.abc import Iterator, Mapping

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from encircle.actions.act import Writing
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import shape
from encircle.web.page import when, wording
from encircle.web.page.field import Option

NAMES = ("name", "full_name", "case_number", "address", "number")
"""Fields that say which one it is, where they are answered."""


def subjects_of(writing: Writing, kind: Kind) -> Mapping[str, str]:
    """The things of that kind on record, the last one first, each by what is known of it."""
    taken = {fact.withdraws for fact in writing.facts}
    told: dict[str, list[Fact]] = {}
    for fact in writing.facts:
        if FACT_TYPES[fact.type].about is kind and fact.id not in taken:
            told.setdefault(fact.subject or fact.id, []).append(fact)
    return {subject: _called(kind, facts, writing) for subject, facts in reversed(told.items())}


def _called(kind: Kind, facts: list[Fact], writing: Writing) -> str:
    """Guardian: Bo, representative, appointed 6 May 2026."""
    first = min(facts, key=lambda fact: fact.happened.earliest)
    known = [
        *_words(facts, writing),
        _("{what}, {when}").format(what=wording.plain(first.type), when=when.span(first.happened)),
    ]
    return _("{kind}: {known}").format(kind=wording.titled(kind.value), known=", ".join(known))


def _words(facts: list[Fact], writing: Writing) -> Iterator[str]:
    """A name where one is known, then the first code that says what sort of thing it is."""
    for wanted in ("text", "code"):
        for fact in reversed(facts):
            for field in shape(FACT_TYPES[fact.type]):
                value = getattr(fact.payload, field.name)
                if value is msgspec.UNSET:
                    continue
                if wanted == "text" and field.name in NAMES and writing.opens_text(fact):
                    yield str(value)[:60]
                    break
                if wanted == "code" and field.value == "code" and field.required:
                    yield wording.plain(str(value))
                    break
            else:
                continue
            break


def facts_for(writing: Writing, field: str) -> Mapping[str, str]:
    """Facts on record, the last one first, each by what it says and when; `by_fact`: those that raised an alarm."""
    raised = {alarm.by_fact for alarm in writing.alarms}
    taken = {fact.withdraws for fact in writing.facts}
    return {
        fact.id: _("{what}, {when}").format(what=wording.titled(fact.type), when=when.span(fact.happened))
        for fact in reversed(writing.facts)
        if fact.id not in taken and (field != "by_fact" or fact.id in raised)
    }


def prohibitions_of(law: Law) -> Mapping[str, str]:
    """The prohibitions of that law by their codes; what one forbids at several acts is one of them."""
    language = get_language() or "en"
    told: dict[str, str] = {}
    for rule in sorted(law.prohibitions, key=lambda one: (int(one.code.partition("-")[0][1:]), one.code)):
        code = rule.code.partition("-")[0]
        told.setdefault(code, f"{code} {wording.told(rule.title, language)}")
    return told


def agency_options(writing: Writing, chosen: str) -> tuple[Option, ...]:
    """Every agency, one's own first; what was typed and is none of them stays, so that it is not lost."""
    ordered = sorted(writing.agencies.values(), key=lambda one: (one.id != writing.own, one.name))
    lost = (Option(chosen, chosen, chosen=True),) if chosen and chosen not in writing.agencies else ()
    return (*(Option(one.id, one.name, chosen=one.id == chosen) for one in ordered), *lost)
