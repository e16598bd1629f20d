"""Advice: by which channels a need can be met between two countries on a day, and why the others are closed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from encircle.law.channel import Channel, is_bound
from encircle.law.duty import Standing
from encircle.law.source import BINDING_KINDS, Source
from encircle.vocabulary.need import Need
from encircle.vocabulary.unknown import Unknown, join


class Bar(StrEnum):
    """Why a channel is closed between two countries."""

    NOT_BOUND = "not_bound"
    NOT_IN_FORCE = "not_in_force"
    YIELDS = "yields"


@dataclass(frozen=True, slots=True)
class Offered:
    """A channel that is open. `basis`: what binds both countries; empty where it rests on practice alone.

    `answer`: what the number of the time to answer is between these two countries.
    """

    channel: Channel
    basis: tuple[Source, ...]
    answer: Standing
    acknowledge: Standing | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A channel that is closed: why, by which source, for which country; or which other channel goes before it."""

    channel: Channel
    bar: Bar
    source: Source | None = None
    country: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """`offered`: what is open, the best first. `unknown`: what may be open, and what would tell."""

    offered: tuple[Offered, ...]
    closed: tuple[Closed, ...]
    unknown: tuple[tuple[Channel, Unknown], ...]

    def offer(self, code: str) -> Offered | None:
        """The open channel of that code; None where it is not open."""
        return next((one for one in self.offered if one.channel.code == code), None)


def channels(known: Iterable[Channel], need: Need, *, from_country: str, to_country: str, on: date) -> Advice:
    """By which of the known channels the need can be met between these countries on that day.

    Countries in ISO 3166-1 alpha-2. A channel is open where one of its provisions binds both countries, or where it
    rests on practice; where it is not known whether a country is a party, the channel is unknown and names what is missing.
    """
    pair = (from_country, to_country)
    asked = [channel for channel in known if channel.need is need]
    found = {channel.code: _looked_at(channel, pair, on) for channel in asked}
    opened = {code for code, one in found.items() if isinstance(one, Offered)}
    closed: list[Closed] = []
    offered: list[Offered] = []
    unknown: list[tuple[Channel, Unknown]] = []
    for one in found.values():
        if isinstance(one, Offered):
            before = sorted(one.channel.yields_to & opened)
            if before:
                closed.append(Closed(one.channel, Bar.YIELDS, before=before[0]))
            else:
                offered.append(one)
        elif isinstance(one, Closed):
            closed.append(one)
        else:
            unknown.append(one)
    offered.sort(key=lambda one: (not one.basis, one.channel.code))
    return Advice(tuple(offered), tuple(closed), tuple(unknown))


def _looked_at(
    channel: Channel, pair: tuple[str, str], on: date
) -> Offered | Closed | tuple[Channel, Unknown]:
    basis = channel.basis(pair, on)
    if basis or (channel.sop_source is not None and not channel.sources):
        acknowledge = channel.acknowledge
        return Offered(
            channel,
            basis,
            channel.standing(channel.answer, pair, on),
            None if acknowledge is None else channel.standing(acknowledge, pair, on),
        )
    bars = list(_bars(channel, pair, on))
    unknown = [bar for bar in bars if isinstance(bar, Unknown)]
    if unknown:
        return channel, join(unknown[0], *unknown[1:])
    return next((bar for bar in bars if isinstance(bar, Closed)), Closed(channel, Bar.NOT_BOUND))


def _bars(channel: Channel, pair: tuple[str, str], on: date) -> Iterator[Closed | Unknown]:
    """For each binding source, what stands against it; unknown only where nothing certain does."""
    for source in channel.sources:
        if source.act.kind not in BINDING_KINDS:
            continue
        answers = [(country, is_bound(source, country)) for country in pair]
        refused = [country for country, answer in answers if answer is False]
        if refused:
            yield Closed(channel, Bar.NOT_BOUND, source, refused[0])
        elif not source.in_force(on):
            yield Closed(channel, Bar.NOT_IN_FORCE, source)
        else:
            yield from (answer for _, answer in answers if isinstance(answer, Unknown))
