"""Sayings: from merged entries to the plain words of rules. Knows no child."""

from collections.abc import Iterator

from encircle.law.duty import Scope
from encircle.law.pack.merge import Laid, Merged
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Leaf
from encircle.law.saying import Band, Saying
from encircle.vocabulary.facts.kind import Kind


def sayings(merged: Merged, *, problems: Problems) -> tuple[Saying, ...]:
    """The plain words of all rules; notes each text that speaks of no rule."""
    return tuple(_sayings(merged, problems))


def _sayings(merged: Merged, problems: Problems) -> Iterator[Saying]:
    take, rules = Take(problems), {*merged["duty"], *merged["prohibition"]}
    of_no_child = {code for code, laid in merged["duty"].items() if _is_of_no_child(laid)}
    for laid in merged["text"].values():
        if laid.aside is not None:
            continue
        kept_by = take.maybe_texts(laid.body, "kept_by")
        if kept_by is None and laid.code not in rules:
            problems.add(laid.origins[0], f"text: there is no rule {laid.code}. {meant(laid.code, rules)}")
        yield Saying(
            code=laid.code,
            professional=take.texts(laid.body, "professional"),
            child={
                band: take.texts(laid.body, band.value)
                for band in Band
                if laid.code not in of_no_child or band.value in laid.body.fields
            },
            kept_by=kept_by,
            origins=laid.origins,
        )


def _is_of_no_child(laid: Laid) -> bool:
    """Whether it is a duty of an agency or a country as such, which nobody has to explain to a child."""
    scope = laid.body.fields.get("scope")
    return isinstance(scope, Leaf) and scope.text in {one for one in Scope if one.record is not Kind.CHILD}
