"""Reading a replay file: every line checked, everything that is wrong told at once, nothing half read."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from encircle.actions.replay.case import CaseAgency, ReplayCase
from encircle.actions.replay.expectation import read_expectations
from encircle.actions.replay.fields import Reader
from encircle.actions.replay.statement import read_fact
from encircle.actions.replay.whole import Names, check_whole
from encircle.law.calendar import zone_of
from encircle.law.origin import Origin
from encircle.law.pack.problem import Problems
from encircle.law.pack.read import read_file
from encircle.law.pack.tree import Fields, Items
from encircle.vocabulary.facts.kind import OWN_RECORDS, Kind
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.role import Role

FORMAT = "1"
MOST_FACTS = 5_000
_TOP = (
    *("replay", "title", "about", "country", "zone", "agencies", "children", "concerns", "own_records"),
    *("facts", "expect"),
)


def read_replay(path: Path) -> ReplayCase:
    """The case in that file.

    Refuses: BadInput with file, line, field and what was expected, for each thing that is wrong.
    """
    problems = Problems()
    tree = read_file(path, name=path.name, problems=problems)
    if tree is not None and not isinstance(tree, Fields):
        problems.add(tree.origin, "expected named parts: replay, title, country, agencies, children, facts.")
    problems.stop_if_any(path.name)
    assert isinstance(tree, Fields)
    case = _case(tree, path.stem, problems)
    problems.stop_if_any(path.name)
    return case


def _case(tree: Fields, name: str, problems: Problems) -> ReplayCase:
    read = Reader(tree, problems)
    read.only(_TOP)
    if read.word("replay") != FORMAT:
        problems.add(tree.place("replay"), f"replay: expected the format number {FORMAT}.")
    zone = _zone(read, problems)
    agencies = dict(_agencies(read, problems))
    own = dict(_own_records(read))
    children, concerns = _roots(read, problems, own)
    parts = tuple(_parts(read, "facts", problems))
    names = Names(
        agencies=agencies,
        roots=frozenset({*children, *concerns, *own}),
        listed=frozenset(text for part in parts if (text := part.text("id"))),
    )
    names.subjects[Kind.CHILD].update(children)
    names.subjects[Kind.CONCERN].update(concerns)
    origins: dict[FactId, Origin] = {}
    for part in parts:
        fact = read_fact(
            part,
            zone=zone,
            agencies=agencies,
            children=children,
            concerns=concerns,
            own=own,
            problems=problems,
        )
        if fact is None:
            continue
        if fact.id in origins:
            problems.add(
                part.place("id"), f"id: {fact.id!r} stands twice; first on line {origins[fact.id].line}."
            )
            continue
        origins[fact.id] = part.origin
        names.take(fact)
    facts = tuple(names.facts.values())
    check_whole(facts, names=names, origins=origins, problems=problems)
    return ReplayCase(
        name=name,
        title=read.words("title", required=True),
        about=read.words("about"),
        country=read.word("country", required=True).lower(),
        zone=zone,
        agencies=agencies,
        children=children,
        concerns=concerns,
        facts=facts,
        origins=origins,
        expectations=read_expectations(
            _parts(read, "expect", problems),
            zone=zone,
            children=children,
            own=own,
            names=names,
            problems=problems,
        ),
        own=own,
    )


def _own_records(read: Reader) -> Iterator[tuple[RootId, Kind]]:
    """Own records of agencies or of the installation, by their names."""
    for key, part in read.named("own_records"):
        inner = Reader(part, read.problems)
        inner.only(("of",))
        of = inner.choice("of", [kind.value for kind in OWN_RECORDS], required=True)
        if of is not None:
            yield RootId(key), Kind(of)


def _roots(
    read: Reader, problems: Problems, own: Mapping[RootId, Kind]
) -> tuple[dict[RootId, str], dict[RootId, str]]:
    """The children and the concerns by their names, no name for two; no child is needed beside an own record."""
    children = {RootId(key): label for key, label in _labels(read, "children")}
    concerns = {RootId(key): label for key, label in _labels(read, "concerns")}
    if not children and not own:
        problems.add(
            read.place("children"), "children: expected at least one child, such as aino: {label: Aino}."
        )
    for name in children.keys() & concerns.keys():
        problems.add(read.place("concerns"), f"concerns: {name!r} is the name of a child. Choose another.")
    for name in own.keys() & (children.keys() | concerns.keys()):
        problems.add(
            read.place("own_records"), f"own_records: {name!r} names a child or concern. Choose another."
        )
    return children, concerns


def _zone(read: Reader, problems: Problems) -> str:
    zone = read.word("zone", required=True)
    try:
        zone_of(zone)
    except ValueError as wrong:
        problems.add(read.tree.place("zone"), f"zone: {wrong}")
        return "UTC"
    return zone


def _parts(read: Reader, name: str, problems: Problems) -> Iterator[Fields]:
    part = read.tree.fields.get(name)
    if part is None:
        return
    if not isinstance(part, Items):
        problems.add(read.tree.place(name), f"{name}: expected a list, each entry beginning with a dash.")
        return
    if len(part.items) > MOST_FACTS:
        problems.add(part.origin, f"{name}: {len(part.items)} entries; expected at most {MOST_FACTS}.")
        return
    for one in part.items:
        if isinstance(one, Fields):
            yield one
        else:
            problems.add(one.origin, f"{name}: expected named fields, such as id: f1.")


def _labels(read: Reader, name: str) -> Iterator[tuple[str, str]]:
    for key, part in read.named(name):
        inner = Reader(part, read.problems)
        inner.only(("label",))
        yield key, inner.words("label", required=True)


def _agencies(read: Reader, problems: Problems) -> Iterator[tuple[AgencyId, CaseAgency]]:
    for key, part in read.named("agencies"):
        inner = Reader(part, problems)
        inner.only(("name", "role", "country"))
        role = inner.choice("role", [role.value for role in Role], required=True)
        agency = AgencyId(key)
        # One whose role could not be read is told already; its name is known all the same.
        known = Role.PUBLIC if role is None else Role(role)
        name, country = inner.words("name", required=True), inner.word("country") or None
        yield agency, CaseAgency(agency, name, known, country)
