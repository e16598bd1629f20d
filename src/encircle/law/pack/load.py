"""Loading: from the packs on a shelf to the law of one country. Knows no file and no child."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from encircle.law.calendar import Calendar, last_year_known
from encircle.law.condition.schema import Record
from encircle.law.duty import DutyRule
from encircle.law.law import Law, PackVersion, SetAside
from encircle.law.origin import Origin
from encircle.law.pack.asking import forms
from encircle.law.pack.building import Building
from encircle.law.pack.channelling import Channelling
from encircle.law.pack.entitling import Entitling
from encircle.law.pack.glossing import library, terms
from encircle.law.pack.head import Head
from encircle.law.pack.keeping import Keeping
from encircle.law.pack.layer import code_order
from encircle.law.pack.merge import Aside, Laid, Merged, merge
from encircle.law.pack.numbers import Numbers
from encircle.law.pack.phrase import Phrasebook
from encircle.law.pack.practice import Written, layer_of_practice, numbered, without_bad, written
from encircle.law.pack.problem import BadPack, Problem, Problems, meant
from encircle.law.pack.saying import sayings
from encircle.law.pack.shelf import Shelf
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.law.pack.wording import Wording
from encircle.law.practice import Practice
from encircle.law.prohibition import ProhibitionRule
from encircle.law.sop import SopRule
from encircle.law.source import BINDING_KINDS, Source
from encircle.law.texts import Texts
from encircle.law.translation import IdlePhrase


def load_law(folder: Path, country: str, *, schema: Record, on: date | None = None) -> Law:
    """The law of a country (or of the pseudo-countries eu and coe) as its packs in that folder state it.

    As `law_from`, for one who asks once.
    """
    return law_from(Shelf(folder), country, schema=schema, on=on)


def law_from(shelf: Shelf, country: str, *, schema: Record, on: date | None = None) -> Law:
    """The law of a country (or of the pseudo-countries eu and coe) as the packs on that shelf state it.

    `schema`: the situation that conditions may speak of. `on`: the day for which sources must be in force;
    None takes every source that is not pending, whatever its dates.
    Refuses: a country without a pack (BadInput); packs with any problem (BadPack, which lists all of them).
    """
    chain = shelf.chain(country)
    problems = Problems()
    layers, book = shelf.layers(chain), shelf.phrasebook(chain)
    merged = book.translated(merge(layers, problems=problems))
    law = _built(chain, merged, schema, on, problems, _NOTHING_OVER)
    problems.stop_if_any(f"{shelf.folder.name}/{chain[-1].pack}")
    return _with_phrases(law, chain, book)


def _with_phrases(law: Law, chain: tuple[Head, ...], book: Phrasebook) -> Law:
    translations = tuple(one for head in chain for one in head.translations)
    return replace(law, translations=translations, idle_phrases=_idle(book))


@dataclass(frozen=True, slots=True)
class WithPractice:
    """The law of a country with what practice has set. `left_out`: numbers of proposals that no longer fit the packs.

    `made`: the files of what holds; None where nothing does.
    """

    law: Law
    made: Written | None
    left_out: tuple[int, ...]


def law_with(
    shelf: Shelf, country: str, practice: Practice, *, at: datetime, schema: Record, on: date | None = None
) -> WithPractice:
    """The law of that country with what practice has set, as it holds at that instant.

    What no longer fits the packs is left out and named: it never takes the place of what is good. Refuses: as `law_from`.
    """
    chain = shelf.chain(country)
    layers, folder = shelf.layers(chain), shelf.folder.name
    below = merge(layers, problems=Problems())
    kept = practice
    while True:
        made = written(chain[-1], kept, at=at, below=below)
        problems, book = Problems(), shelf.phrasebook(chain)
        try:
            merged = below
            if made is not None:
                upper = layer_of_practice(made, folder, problems=problems)
                problems.stop_if_any(f"{folder}/{made.pack}")
                merged = merge((*layers, upper), problems=problems)
            over = Over(kept, at, book.translated(below), made)
            law = _built(chain, book.translated(merged), schema, on, problems, over=over)
            problems.stop_if_any(f"{folder}/{chain[-1].pack}")
        except BadPack as bad:
            fewer = kept if made is None else without_bad(kept, made, bad, folder=folder)
            if len(fewer) == len(kept):
                raise
            kept = fewer
            continue
        left = {held.by.number for held in practice} - {held.by.number for held in kept}
        return WithPractice(_with_phrases(law, chain, book), made, tuple(sorted(left)))


@dataclass(frozen=True, slots=True)
class Over:
    """What practice lays over the packs: all of it, what stands below, and the files of what holds."""

    practice: Practice
    at: datetime
    below: Merged
    made: Written | None

    def sops(self, merged: Merged, numbers: Numbers) -> dict[str, SopRule]:
        """The numbers of practice, with all that they have been and will be."""
        sops = {code: numbers.sop(laid) for code, laid in _standing(merged["sop"]).items()}
        return numbered(sops, self.practice, at=self.at, below=self.below, numbers=numbers)

    @property
    def version(self) -> tuple[PackVersion, ...]:
        """The pack of what holds, where anything does."""
        made = self.made
        return () if made is None else (PackVersion(made.pack, made.version, made.title),)


_NOTHING_OVER = Over((), datetime.max.replace(tzinfo=UTC), {}, None)


def _built(
    chain: tuple[Head, ...], merged: Merged, schema: Record, on: date | None, problems: Problems, over: Over
) -> Law:
    top, place = chain[-1], _place(chain, on, problems)
    sourcing = Sourcing(merged["act"], merged["group"], problems)
    numbers, wording = Numbers(sourcing=sourcing, problems=problems), Wording(schema, problems)
    building = Building(country=place.country, on=on, sourcing=sourcing, wording=wording, problems=problems)
    entitling = Entitling(country=place.country, on=on, sourcing=sourcing, problems=problems)
    limits = {code: numbers.limit(laid) for code, laid in _standing(merged["limit"]).items()}
    sops = over.sops(merged, numbers)
    duties = [building.duty(laid, limits, sops) for laid in _standing(merged["duty"]).values()]
    prohibitions = [building.prohibition(laid) for laid in _standing(merged["prohibition"]).values()]
    _check_events(duties, problems)
    ways = _standing(merged["channel"]), limits, sops
    resting = _resting((*duties, *prohibitions), on)
    return Law(
        pack=top.pack,
        country=place.country,
        on=on,
        zone=place.zone,
        calendar=Calendar(place.calendar, place.zone),
        calendar_at=place.calendar_at,
        languages=place.languages,
        packs=(*(PackVersion(head.pack, head.version, head.title) for head in chain), *over.version),
        duties=tuple(rule for rule in duties if rule.code not in resting),
        prohibitions=tuple(rule for rule in prohibitions if rule.code not in resting),
        limits=tuple(limits.values()),
        sops=tuple(sops.values()),
        owners=numbers.owners(_standing(merged["owner"])),
        mandates=entitling.mandates(_standing(merged["mandate"])),
        channels=Channelling(building, sourcing, problems).channels(*ways),
        acts=tuple(sourcing.acts.values()),
        groups=sourcing.groups,
        set_aside=_set_aside(_by_word(merged, sourcing, problems), resting.values()),
        sayings=sayings(merged, problems=problems),
        terms=terms(merged, sourcing=sourcing, problems=problems),
        library=library(merged, sourcing=sourcing, problems=problems),
        forms=forms(merged, sourcing=sourcing, problems=problems),
        retention=Keeping(building, sourcing, problems).rules(_standing(merged["retention"]), limits, sops),
    )


def _set_aside(*several: Iterable[SetAside]) -> tuple[SetAside, ...]:
    return tuple(sorted((one for those in several for one in those), key=lambda one: code_order(one.code)))


def _idle(book: Phrasebook) -> tuple[IdlePhrase, ...]:
    return tuple(IdlePhrase(one.pack, one.english, one.said.origin) for one in book.idle())


@dataclass(frozen=True, slots=True)
class _Place:
    country: str
    zone: str
    calendar: str | None
    calendar_at: Origin
    languages: tuple[str, ...]


def _place(chain: tuple[Head, ...], on: date | None, problems: Problems) -> _Place:
    """Where the law holds: the place of the highest pack that has one."""
    for head in reversed(chain):
        if head.country is not None and head.zone is not None:
            _check_year(head, on, problems)
            return _Place(head.country, head.zone, head.calendar, head.calendar_at, head.languages)
    top = chain[-1]
    what = f"{top.pack} is no country, so it has no law of its own. Use eu, coe or a country."
    raise BadPack(top.origin.file, (*problems.found, Problem(top.origin, what)))


def _check_year(head: Head, on: date | None, problems: Problems) -> None:
    last = None if head.calendar is None else last_year_known(head.calendar)
    if on is not None and last is not None and last < on.year:
        what = f"calendar {head.calendar} knows no public holidays of {on.year}: its last year is {last}."
        mend = "Bring the table of holidays up to date, or write null: Saturdays and Sundays only."
        problems.add(head.calendar_at, f"{what} {mend}")


def _check_events(rules: Iterable[DutyRule], problems: Problems) -> None:
    """Note each rule that says it is an event of a duty that is not there, or that is one itself."""
    above = {rule.code: rule for rule in rules if rule.under is None}
    for rule in rules:
        if rule.under is not None and rule.under not in above:
            wrong = f"under {rule.under!r}: no such duty, or one that is under another. {meant(rule.under, above)}"
            problems.add(rule.origins[0], wrong)


def _resting(rules: tuple[DutyRule | ProhibitionRule, ...], on: date | None) -> dict[str, SetAside]:
    """The rules of which no source is in force."""
    because = Texts.english(f"No source of it is in force on {on}." if on else "No source of it is law yet.")
    return {
        rule.code: SetAside(rule.code, rule.title, None, because, rule.sources, rule.origins)
        for rule in rules
        if not _in_force(rule.sources, on, has_practice=rule.sop_source is not None)
    }


def _by_word(merged: Merged, sourcing: Sourcing, problems: Problems) -> Iterator[SetAside]:
    """The entries that a pack says do not apply."""
    for rules in merged.values():
        for laid in rules.values():
            if laid.aside is not None:
                yield _aside(laid, laid.aside, sourcing, problems)


def _standing(entries: Mapping[str, Laid]) -> dict[str, Laid]:
    return {code: laid for code, laid in entries.items() if laid.aside is None}


def _aside(laid: Laid, aside: Aside, sourcing: Sourcing, problems: Problems) -> SetAside:
    take, body = Take(problems), aside.body
    return SetAside(
        code=laid.code,
        title=take.maybe_texts(laid.body, "title") or Texts.english(laid.code),
        pack=aside.pack,
        because=take.texts(body, "because"),
        sources=sourcing.sources(body),
        origins=laid.origins,
    )


def _in_force(sources: tuple[Source, ...], on: date | None, *, has_practice: bool) -> bool:
    """Whether an entry is law, or accepted practice, on that day. What binds decides, where there is such."""
    binding = [source for source in sources if source.act.kind in BINDING_KINDS]
    counting = binding or sources
    return (has_practice and not binding) or any(source.in_force(on) for source in counting)
