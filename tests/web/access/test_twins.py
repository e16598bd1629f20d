"""Twin worlds: whoever may not know of a thing is answered the same bytes in a world that has it and in one that has not."""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from encircle.actions.projection import sweep_ledger
from encircle.core.access.needed import BY_ITSELF, closed_attributes, needed
from encircle.host.clock import now
from encircle.host.database import DatabaseRole
from encircle.records.adopted import forget
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.access.hidden import KINDS, OWED_BY
from tests.web.access.twins import (
    MEMBERS_MAY_KNOW,
    VIEWERS,
    Look,
    answered,
    copy_of,
    drop,
    is_midnight_near,
    looks_of,
    may_know,
    takes_part,
)
from tests.web.access.world import Scene, scene

SEED = 2026
PAIRS = 500
"""Pages and persons of the full run, at least."""
OF_OTHER = frozenset(
    {"one more who takes part", "one who stands against the child", "emergency", "offer to others"}
)
COUNTED = ("emergency", Role.COORDINATOR, "/emergency/counted/")
"""Who accounts for a country is told how many records were opened in an emergency, and of none which."""
TOLD_BY_JOURNAL = frozenset({"childs page"})
"""Acts that no part of a record holds: who may read who has looked reads there that somebody has done them."""
WHO_HAS_LOOKED = ("records/<number>/looks/", "records/<number>/looks")
Answers = Mapping[str, tuple[int, bytes, dict[str, str]]]


@dataclass
class World:
    """A world that is only copied, who looks there, and at what."""

    on: Scene
    looks: tuple[Look, ...]


def world(database: TestDatabase) -> World:
    on = scene(database)
    looks = [look for role, standing in VIEWERS for look in looks_of(on.actor(role, standing))]
    with database.used_as(DatabaseRole.JOBS):
        sweep_ledger()  # who takes part now owes what its role owes
    return World(on, tuple(looks))


def hidden_from(looks: Iterable[Look], kind: str) -> Iterator[Look]:
    """The looks of those who may not know of a thing of that kind."""
    part, _put = KINDS[kind]
    for look in looks:
        inside = kind in MEMBERS_MAY_KNOW and takes_part(look.viewer, other=kind in OF_OTHER)
        inside |= look.viewer.role in OWED_BY.get(kind, ()) and takes_part(look.viewer, other=False)
        inside |= (kind, look.viewer.role, look.row.name) == COUNTED
        inside |= kind in TOLD_BY_JOURNAL and look.row.route in WHO_HAS_LOOKED and may_know(look.viewer, "J")
        if not inside and not may_know(look.viewer, part):
            yield look


def answers(of: World, looks: Iterable[Look], kind: str = "") -> Answers:
    """What each is told in a copy of the world, with a thing of that kind put into it first."""
    twin = copy_of(of.on.database)
    try:
        with twin.used_as(DatabaseRole.WEB):
            forget()
            on = replace(of.on, database=twin)
            if kind:
                KINDS[kind][1](on)
            return {look.page: answered(look, on) for look in looks}
    finally:
        drop(twin)


def differences(of: World, looks: tuple[Look, ...], kinds: Iterable[str]) -> tuple[int, list[str]]:
    """How many answers were compared, and where one differs: by which kind of thing, who, and at which address.

    Between two answers time passes, which moves a line of a calendar or the end of a list. So what differs is asked again
    in fresh copies, of both in one moment: what is hidden differs then as well.
    """
    before, compared, found = answers(of, looks), 0, list[str]()
    for kind in kinds:
        meant = tuple(hidden_from(looks, kind))
        after = answers(of, meant, kind)
        compared += len(after)
        differ = [look for look in meant if after[look.page] != before[look.page]]
        found += [f"{kind}: {look.page}" for look in differ_in_one_moment(of, differ, kind)]
    return compared, found


def differ_in_one_moment(of: World, looks: Sequence[Look], kind: str) -> list[Look]:
    """Those whose answers still differ where both worlds are asked one right after the other, three times in a row."""
    for _ in range(3):
        if not looks:
            break
        plain, twin = copy_of(of.on.database), copy_of(of.on.database)
        try:
            with twin.used_as(DatabaseRole.WEB):
                forget()
                KINDS[kind][1](replace(of.on, database=twin))
            looks = [look for look in looks if answer_in(of, plain, look) != answer_in(of, twin, look)]
        finally:
            drop(plain)
            drop(twin)
    return list(looks)


def answer_in(of: World, database: TestDatabase, look: Look) -> tuple[int, bytes, dict[str, str]]:
    with database.used_as(DatabaseRole.WEB):
        forget()
        return answered(look, replace(of.on, database=database))


@pytest.fixture
def of(own_database: TestDatabase) -> World:
    if is_midnight_near(now()):
        pytest.skip("a day is about to end")
    return world(own_database)


def test_a_sample_of_pages_is_the_same_with_and_without_what_is_hidden(of: World):
    dice = random.Random(SEED)  # a drawing, not a secret
    looks = tuple(dice.sample(of.looks, 40))
    compared, found = differences(of, looks, ("record of others", "health need", "suspect", "emergency"))
    assert found == []
    assert compared > 100


def of_members(of: World, *names: str) -> tuple[Look, ...]:
    """The looks at these addresses of those who take part in the record, each at their part of it."""
    return tuple(look for look in of.looks if look.row.name in names and takes_part(look.viewer, other=False))


RECORD, OF_PROGRAM = "/records/<number>/", "/api/v1/records/{number}"
LISTS = ("/", "/records/", "/calendar/", "/api/v1/work-list", "/api/v1/calendar", "/api/v1/records")
INFERRED = ("placement with adults", "proceeding for asylum", "charge against the child", "one more concern")
"""Things of closed parts from which flags, counts and the status of a child follow."""


def test_no_flag_count_or_status_tells_of_what_is_closed(of: World, monkeypatch: pytest.MonkeyPatch):
    looks = of_members(of, RECORD, OF_PROGRAM, *LISTS)
    compared, found = differences(of, looks, INFERRED)
    assert found == []
    assert compared > 100
    monkeypatch.setattr("encircle.core.access.needed.BY_ITSELF", {**BY_ITSELF, **ONCE_OPEN})
    forget_what_is_needed()
    try:
        _compared, found = differences(of, looks, INFERRED)
    finally:
        monkeypatch.undo()
        forget_what_is_needed()
    assert {one.partition(":")[0] for one in found} == set(INFERRED) - {"one more concern"}


ONCE_OPEN = {
    "placed_with_adults": frozenset({FieldGroup.MINIMUM}),
    "open_proceedings": frozenset({FieldGroup.ACCOUNT}),
}
"""The planted fault: what opened with one group, though it follows from facts of others."""


def forget_what_is_needed() -> None:
    for remembered in (needed, closed_attributes):
        remembered.cache_clear()


@pytest.mark.full
@pytest.mark.parametrize("half", [0, 1])
def test_every_page_is_the_same_bytes_with_and_without_what_is_hidden(
    of: World, half: int, record_property: Callable[[str, object], None]
):
    kinds = list(KINDS)[half::2]
    compared, found = differences(of, of.looks, kinds)
    figure = {
        "figure": f"twin worlds, half {half + 1} of the kinds of hidden things",
        "pairs_of_person_and_page": len(of.looks),
        "kinds_of_hidden_things": len(kinds),
        "comparisons": compared,
        "differing": len(found),
    }
    record_property("figure", json.dumps(figure))
    print(json.dumps(figure))
    assert found == []
    assert len(of.looks) >= PAIRS
    assert len(KINDS) >= 20


def test_who_owes_something_for_a_closed_thing_sees_the_duty_and_nothing_else_of_it(of: World):
    looks = tuple(look for look in of_members(of, RECORD, OF_PROGRAM) if look.viewer.role is Role.COURT)
    before, after = answers(of, looks), answers(of, looks, "placement with adults")
    for page in before:
        (_, was, _), (_, told, _) = before[page], after[page]
        assert [line for line in lines(told) if line not in lines(was) and "D51" not in line] == []
        assert b"adult_reception_centre" not in told
    assert any(before[page] != after[page] for page in before)


def lines(page: bytes) -> list[str]:
    """One for each part of a page, and for each duty of an answer to a program."""
    if page.startswith(b"{"):
        told = json.loads(page)
        duties = told.pop("duties")
        return [json.dumps(one) for one in (told, *duties)]
    return page.decode().replace("><", ">\n<").splitlines()


def test_what_may_be_known_does_differ_so_that_the_comparison_can_fail(of: World):
    looks = tuple(
        look
        for look in of.looks
        if (look.viewer.role, look.row.name) == (Role.HEALTH_SERVICE, "/records/<number>/facts/")
    )
    before, after = answers(of, looks), answers(of, looks, "health need")
    assert [page for page in before if before[page] != after[page]] == [look.page for look in looks] != []
