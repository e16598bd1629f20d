"""Sayings: from merged entries to the plain words of rules. Knows no child."""

from collections.abc import Iterator

from encircle.law.pack.merge import Merged
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.take import Take
from encircle.law.saying import Band, Saying


def sayings(merged: Merged, *, problems: Problems) -> tuple[Saying, ...]:
    """The plain words of all rules; notes each text that speaks of no rule."""
    return tuple(_sayings(merged, problems))


def _sayings(merged: Merged, problems: Problems) -> Iterator[Saying]:
    take, rules = Take(problems), {*merged["duty"], *merged["prohibition"]}
    for laid in merged["text"].values():
        if laid.aside is not None:
            continue
        kept_by = take.maybe_texts(laid.body, "kept_by")
        if kept_by is None and laid.code not in rules:
            problems.add(laid.origins[0], f"text: there is no rule {laid.code}. {meant(laid.code, rules)}")
        yield Saying(
            code=laid.code,
            professional=take.texts(laid.body, "professional"),
            child={band: take.texts(laid.body, band.value) for band in Band},
            kept_by=kept_by,
            origins=laid.origins,
        )
