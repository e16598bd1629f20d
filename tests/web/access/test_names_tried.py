"""Names tried one after another: hidden children and nobody are answered alike, each try is written down, many are told."""

import random
import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from encircle.actions.supervised import alarms_of
from encircle.actions.watching import watch_looks
from encircle.records.context import with_context
from encircle.records.roots import open_root
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.role import Role
from tests.actions.stating import state
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact
from tests.web.world import Staff, colleague_of, journal_of, loading, make_staff

AsStaff = Callable[[Staff], Client]
HIDDEN = ("Aino Kask", "Zydrune Ozolins", "Mohammed Alami", "Nguyen Thi Lan", "Maria Popescu")
GIVEN = ("Aino", "Mari", "Liis", "Zydrune", "Mohammed", "Fatima", "Maria", "Olena", "Amira", "Anna")
FAMILY = ("Kask", "Tamm", "Ozolins", "Alami", "Nguyen", "Popescu", "Shevchenko", "Haddad", "Berg", "Silva")
SEED, TOLD_FROM = 2026, 100
_TOKENS = re.compile(rb'(nonce|name="(csrfmiddlewaretoken|form_mark)" value)="[^"]+"')


@pytest.fixture
def carla(own_database: TestDatabase) -> Staff:
    """Her agency holds the records of the children that are hidden from all others."""
    staff = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    for name in HIDDEN:
        with with_context(agency=staff.agency, actor=staff.person, purpose="record") as ctx:
            root = open_root(Kind.CHILD, ctx=ctx)
        fact = a_fact(root, NameRecorded(name_used=name), by=Actor(staff.person, staff.agency))
        state(fact, who=staff.who, follows=None)
    return staff


@pytest.fixture
def eva(own_database: TestDatabase) -> Staff:
    return make_staff("eva", Role.POLICE)


def names_to_try(many: int) -> Iterator[str]:
    """Those of hidden children among others: whole, turned round, alone, and with a number that nobody has."""
    dice = random.Random(SEED)  # a drawing, not a secret
    for n in range(many):
        given, family = dice.choice(HIDDEN if n % 10 == 0 else GIVEN).split()[0], dice.choice(FAMILY)
        whole = dice.choice(HIDDEN) if n % 10 == 1 else f"{given} {family}"
        yield (whole, f"{family} {given}", given, f"{whole} {dice.randrange(10**6)}")[n % 4]


def answered(client: Client, typed: str) -> tuple[int, bytes]:
    """What is answered, without the marks of forms and the name itself."""
    answer = client.post("/search/", {"asked": typed})
    return answer.status_code, _TOKENS.sub(b"", answer.content).replace(typed.encode(), b"<typed>")


@pytest.mark.parametrize("many", [300, pytest.param(10_000, marks=pytest.mark.full)])
def test_a_colleague_elsewhere_who_tries_names_learns_nothing_and_is_told_of(
    many: int, own_database: TestDatabase, carla: Staff, eva: Staff, as_staff: AsStaff
):
    tried, client = list(names_to_try(many)), as_staff(eva)
    assert sum(any(part in name for part in HIDDEN) for name in tried) >= many // 25
    answers = {answered(client, name) for name in tried}
    assert [status for status, _body in answers] == [200]
    searched = [entry for entry in journal_of(eva) if entry[1] == "searched"]
    assert searched == [("look", "searched", "search", "", False)] * many
    with loading(own_database):
        assert watch_looks().alarms == 1
    supervisor = colleague_of(eva, Role.SUPERVISOR)
    told = [(one.pattern, one.person, one.counted, one.times) for one in alarms_of(supervisor.who).items]
    assert told == [("searched", eva.person, many, TOLD_FROM)]


def test_the_comparison_finds_a_name_that_is_told(carla: Staff, as_staff: AsStaff):
    """To her own agency the answers differ, which is what the test above would find."""
    client = as_staff(carla)
    assert len({answered(client, name) for name in (*HIDDEN, "Nobody Atall")}) > 1


def test_searches_that_find_somebody_and_few_that_do_not_are_not_told(
    own_database: TestDatabase, carla: Staff, eva: Staff, as_staff: AsStaff
):
    working, trying = as_staff(carla), as_staff(eva)
    for _ in range(TOLD_FROM):
        working.post("/search/", {"asked": "Aino Kask"})
    for name in list(names_to_try(TOLD_FROM - 1)):
        trying.post("/search/", {"asked": name})
    with loading(own_database):
        assert watch_looks().alarms == 0
    trying.post("/search/", {"asked": "Aino Kask"})
    with loading(own_database):
        assert watch_looks().alarms == 1
