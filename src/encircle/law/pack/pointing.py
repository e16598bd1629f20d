"""Pointing: from merged entries to indicators and to routes of professions. Knows no page."""

from collections.abc import Iterator

from encircle.law.indicator import Advice, Indicator, Route, Setting
from encircle.law.pack.layer import names_in
from encircle.law.pack.merge import Merged
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields, Leaf
from encircle.law.source import Read

_SETTINGS = tuple(one.value for one in Setting)


def indicators(merged: Merged, *, problems: Problems) -> tuple[Indicator, ...]:
    """The common list, by code. Notes one that is offered nowhere."""
    take = Take(problems)
    return tuple(
        Indicator(
            code=laid.code,
            title=take.texts(laid.body, "title"),
            settings=_settings(laid.body, problems),
            seen=tuple(_seen(laid.body, take)),
            origins=laid.origins,
        )
        for laid in merged["indicator"].values()
        if laid.aside is None
    )


def routes(merged: Merged, *, problems: Problems) -> tuple[Route, ...]:
    """The routes, by setting. Notes one of a setting that is not known."""
    take, made = Take(problems), list[Route]()
    for laid in merged["route"].values():
        if laid.aside is not None:
            continue
        if laid.code not in _SETTINGS:
            problems.add(
                laid.origins[0], f"route {laid.code!r}: no such setting. {meant(laid.code, _SETTINGS)}"
            )
            continue
        first, say, never = (tuple(_advice(laid.body, name, take)) for name in ("first", "say", "never"))
        seen = tuple(_seen(laid.body, take))
        made.append(Route(Setting(laid.code), first, say, never, seen, laid.origins))
    return tuple(made)


def _settings(body: Fields, problems: Problems) -> tuple[Setting, ...]:
    named = names_in(body.fields["settings"]) if "settings" in body.fields else ()
    for word, origin in named:
        if word not in _SETTINGS:
            problems.add(origin, f"settings {word!r} is not known. {meant(word, _SETTINGS)}")
    if not named:
        problems.add(
            body.place("settings"), "settings: offered nowhere. Name at least one, such as [anybody]."
        )
    return tuple(Setting(word) for word, _ in named if word in _SETTINGS)


def _advice(body: Fields, name: str, take: Take) -> Iterator[Advice]:
    for one in take.each(body, name):
        take.only(one, ("id", "text"))
        yield Advice(take.word(one, "id"), take.texts(one, "text"))


def _seen(body: Fields, take: Take) -> Iterator[Read]:
    """Where it was read; nothing for null, which says that nobody of us has."""
    given = body.fields.get("seen")
    if isinstance(given, Leaf) and given.text is None:
        return
    for one in take.each(body, "seen"):
        take.only(one, ("on", "where"))
        yield Read(take.day(one, "on"), take.word(one, "where"))
