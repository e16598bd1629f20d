"""Loading: from the pack folder to the law of one country. Reads files, and nothing else of the machine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from encircle.law.calendar import Calendar
from encircle.law.condition.schema import Record
from encircle.law.duty import DutyRule
from encircle.law.law import Law, PackVersion, SetAside
from encircle.law.origin import Origin
from encircle.law.pack.building import Building
from encircle.law.pack.channelling import Channelling
from encircle.law.pack.entitling import Entitling
from encircle.law.pack.head import HEAD_FILE, Head, PackKind, chain_of, packs_in
from encircle.law.pack.layer import Layer, code_order, layer_of
from encircle.law.pack.merge import Aside, Laid, Merged, merge
from encircle.law.pack.numbers import Numbers
from encircle.law.pack.problem import BadPack, Problem, Problems, meant
from encircle.law.pack.read import read_file
from encircle.law.pack.shape import OTHER_FOLDERS, SHAPES, Shape
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Tree
from encircle.law.pack.wording import Wording
from encircle.law.prohibition import ProhibitionRule
from encircle.law.source import BINDING_KINDS, Source
from encircle.law.texts import Texts
from encircle.vocabulary.refusal import BadInput


def load_law(folder: Path, country: str, *, schema: Record, on: date | None = None) -> Law:
    """The law of a country (or of the pseudo-countries eu and coe) as its packs state it.

    `schema`: the situation that conditions may speak of. `on`: the day for which sources must be in force;
    None takes every source that is not pending, whatever its dates.
    Refuses: a country without a pack (BadInput); packs with any problem (BadPack, which lists all of them).
    """
    pack = _existing(folder, country)
    problems = Problems()
    chain = chain_of(folder, pack, problems=problems)
    problems.stop_if_any(f"{folder.name}/{pack}")
    layers = [_layer(folder, head, problems) for head in chain]
    problems.stop_if_any(f"{folder.name}/{pack}")
    law = _built(chain, merge(layers, problems=problems), schema, on, problems)
    problems.stop_if_any(f"{folder.name}/{pack}")
    return law


def _existing(folder: Path, country: str) -> str:
    known = packs_in(folder)
    code = country.lower()
    if code not in known:
        raise BadInput(
            code="no_pack",
            reason=f"There is no pack {country!r} in {folder.name}/.",
            where=f"{folder.name}/{country}",
            instead=meant(code, known),
        )
    return code


def _layer(folder: Path, head: Head, problems: Problems) -> Layer:
    return layer_of(
        head.pack,
        _trees(folder, head, problems),
        extends=bool(head.extends),
        local=head.kind is PackKind.SOP,
        problems=problems,
    )


def _trees(folder: Path, head: Head, problems: Problems) -> Iterator[tuple[Shape, Tree]]:
    shapes = {shape.folder: shape for shape in SHAPES}
    for path in sorted((folder / head.pack).iterdir()):
        if path.name == HEAD_FILE or path.name in OTHER_FOLDERS or path.suffix == ".md":
            continue
        name = f"{folder.name}/{head.pack}/{path.name}"
        shape = shapes.get(path.name)
        if shape is None:
            known = {*shapes, *OTHER_FOLDERS, HEAD_FILE}
            problems.add(Origin(name, 1), f"unknown file or folder. {meant(path.name, known)}")
            continue
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            place = name if file is path else f"{name}/{file.name}"
            if file.suffix != ".yaml":
                problems.add(Origin(place, 1), "not a .yaml file. Expected files that end in .yaml here.")
                continue
            tree = read_file(file, name=place, problems=problems)
            if tree is not None:
                yield shape, tree


def _built(
    chain: tuple[Head, ...], merged: Merged, schema: Record, on: date | None, problems: Problems
) -> Law:
    top, place = chain[-1], _place(chain, problems)
    sourcing = Sourcing(merged["act"], merged["group"], problems)
    numbers = Numbers(sourcing=sourcing, problems=problems)
    wording = Wording(schema, problems)
    building = Building(country=place.country, on=on, sourcing=sourcing, wording=wording, problems=problems)
    limits = {code: numbers.limit(laid) for code, laid in _standing(merged["limit"]).items()}
    sops = {code: numbers.sop(laid) for code, laid in _standing(merged["sop"]).items()}
    entitling = Entitling(country=place.country, on=on, sourcing=sourcing, problems=problems)
    mandates = [entitling.mandate(laid) for laid in _standing(merged["mandate"]).values()]
    owners = [numbers.owner(laid) for laid in _standing(merged["owner"]).values()]
    duties = [building.duty(laid, limits, sops) for laid in _standing(merged["duty"]).values()]
    prohibitions = [building.prohibition(laid) for laid in _standing(merged["prohibition"]).values()]
    resting = _resting((*duties, *prohibitions), on)
    aside = (*_by_word(merged, sourcing, problems), *resting.values())
    return Law(
        pack=top.pack,
        country=place.country,
        on=on,
        zone=place.zone,
        calendar=Calendar(place.calendar, place.zone),
        languages=place.languages,
        packs=tuple(PackVersion(head.pack, head.version, head.title) for head in chain),
        duties=tuple(rule for rule in duties if rule.code not in resting),
        prohibitions=tuple(rule for rule in prohibitions if rule.code not in resting),
        limits=tuple(limits.values()),
        sops=tuple(sops.values()),
        owners=tuple(owner for owner in owners if owner is not None),
        mandates=tuple(mandate for mandate in mandates if mandate is not None),
        channels=Channelling(building, sourcing, problems).channels(
            _standing(merged["channel"]), limits, sops
        ),
        acts=tuple(sourcing.acts.values()),
        set_aside=tuple(sorted(aside, key=lambda one: code_order(one.code))),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    country: str
    zone: str
    calendar: str | None
    languages: tuple[str, ...]


def _place(chain: tuple[Head, ...], problems: Problems) -> _Place:
    """Where the law holds: the place of the highest pack that has one."""
    for head in reversed(chain):
        if head.country is not None and head.zone is not None:
            return _Place(head.country, head.zone, head.calendar, head.languages)
    top = chain[-1]
    what = f"{top.pack} is no country, so it has no law of its own. Use eu, coe or a country."
    raise BadPack(top.origin.file, (*problems.found, Problem(top.origin, what)))


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
