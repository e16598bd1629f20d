"""Glossing: from merged entries to the words of the field and to the library. Knows no screen."""

from collections.abc import Collection, Iterator

from encircle.law.glossary import Term
from encircle.law.library import Resource, ResourceKind
from encircle.law.pack.layer import names_in
from encircle.law.pack.merge import Laid, Merged
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take


def terms(merged: Merged, *, sourcing: Sourcing, problems: Problems) -> tuple[Term, ...]:
    """All words of the field; notes each that names an unknown rule or term, or no source."""
    return tuple(_terms(merged, sourcing, problems))


def _terms(merged: Merged, sourcing: Sourcing, problems: Problems) -> Iterator[Term]:
    take, rules = Take(problems), {*merged["duty"], *merged["prohibition"]}
    standing = {code: laid for code, laid in merged["term"].items() if laid.aside is None}
    for laid in standing.values():
        sources = sourcing.sources(laid.body)
        if not sources:
            problems.add(laid.origins[0], f"term {laid.code}: no source. Say where its meaning was read.")
        yield Term(
            code=laid.code,
            title=take.texts(laid.body, "title"),
            means=take.texts(laid.body, "means"),
            rules=_known(laid, "rules", rules, problems),
            see=_known(laid, "see", standing, problems),
            sources=sources,
            origins=laid.origins,
        )


def library(merged: Merged, *, sourcing: Sourcing, problems: Problems) -> tuple[Resource, ...]:
    """Everything that the guidance names beside the law."""
    take = Take(problems)
    return tuple(
        Resource(
            code=laid.code,
            title=take.texts(laid.body, "title"),
            kind=take.choice(laid.body, "kind", ResourceKind),
            by=take.maybe_word(laid.body, "by") or "",
            year=take.maybe_word(laid.body, "year") or "",
            about=take.maybe_texts(laid.body, "about"),
            sources=sourcing.sources(laid.body),
            origins=laid.origins,
        )
        for laid in merged["resource"].values()
        if laid.aside is None
    )


def _known(laid: Laid, name: str, known: Collection[str], problems: Problems) -> tuple[str, ...]:
    named = names_in(laid.body.fields[name]) if name in laid.body.fields else ()
    for code, origin in named:
        if code not in known:
            problems.add(origin, f"{name}: {code!r} is not known. {meant(code, known)}")
    return tuple(code for code, _ in named if code in known)
