"""What a form offers for choice: things on the record, named by what is known of them, and agencies."""

from collections.abc import Iterator, Mapping

import msgspec
from django.utils.translation import gettext as _

from encircle.actions.act import Writing
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


def agency_options(writing: Writing, chosen: str) -> tuple[Option, ...]:
    """Every agency, one's own first; what was typed and is none of them stays, so that it is not lost."""
    ordered = sorted(writing.agencies.values(), key=lambda one: (one.id != writing.own, one.name))
    lost = (Option(chosen, chosen, chosen=True),) if chosen and chosen not in writing.agencies else ()
    return (*(Option(one.id, one.name, chosen=one.id == chosen) for one in ordered), *lost)
