"""The access matrix: every role, in each relation, asks every address by every method; each answer is as the table says.

The table is written from the actors of the domain (who_comes_for.yaml, tests/core/access/mandates.yaml), not from the
program. Signs planted into each part of a record show what an answer tells; the journal shows what was written down.
A sample with a fixed seed runs with all tests; the whole matrix with the full ones.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import pytest
from pytest_django import Settings

from encircle.actions import permit
from encircle.law.mandate import Mandate
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.access import planted_urls
from tests.web.access.probe import Probe, Prober
from tests.web.access.table import IN_EMERGENCY, STANDINGS, Answer, Row, ends_of, expected, questions, rows
from tests.web.access.world import Scene, scene

SEED = 2026
WHOLE = 24_000
"""Questions of the full run, at least."""
SAMPLE = 220
Property = Callable[[str, object], None]


@dataclass(frozen=True)
class Planned:
    """Who asks what."""

    role: Role
    standing: str
    end: str
    asked: tuple[tuple[Row, str], ...]


def pairs() -> list[tuple[Role, str]]:
    """Every role in every standing in which it can be: an emergency only where its mandate names one."""
    return [
        (role, standing)
        for role in Role
        for standing in STANDINGS
        if standing != "emergency" or role.value in IN_EMERGENCY
    ]


def whole_plan() -> list[Planned]:
    """Every pair, each with its part of all questions, so that each question comes to every role and every standing."""
    dice, every = random.Random(SEED), list(questions(rows()))  # a drawing, not a secret
    found = pairs()
    each = -(-WHOLE // len(found))
    dealt = _dealt(dice, every)
    return [
        Planned(role, standing, dice.choice(ends_of(role, standing)), tuple(islice(dealt, each)))
        for role, standing in found
    ]


def sample_plan() -> list[Planned]:
    """Each standing once, by roles that are drawn; together some hundreds of questions, every address among them."""
    dice = random.Random(SEED)  # a drawing, not a secret
    found = {standing: [role for role, one in pairs() if one == standing] for standing in STANDINGS}
    chosen = [(dice.choice(roles), standing) for standing, roles in found.items()]
    dealt = _dealt(dice, [one for one in questions(rows()) if one[1] in ("GET", "POST")])
    each = SAMPLE // len(chosen)
    return [
        Planned(role, standing, ends_of(role, standing)[0], tuple(islice(dealt, each)))
        for role, standing in chosen
    ]


def _dealt(dice: random.Random, every: list[tuple[Row, str]]) -> Iterator[tuple[Row, str]]:
    """All of them in a new order, again and again."""
    while True:
        dice.shuffle(every)
        yield from list(every)


def run(plan: Iterable[Planned], on: Scene) -> Iterator[Probe]:
    """Ask."""
    with on.database.connect_as_keeper() as keeper:
        prober = Prober(keeper)
        for planned in plan:
            who = on.actor(planned.role, planned.standing, planned.end)
            prober.skip()
            for row, method in planned.asked:
                if who.secret or not row.api:
                    yield prober.ask(row, method, who)


@pytest.fixture
def on(database: TestDatabase) -> Scene:
    return scene(database)


def test_a_sample_of_all_questions_is_answered_as_the_table_says(on: Scene):
    asked = list(run(sample_plan(), on))
    assert [str(probe) for probe in asked if probe.faults] == []
    assert {probe.actor.standing for probe in asked} == set(STANDINGS)
    assert {probe.expected.answer for probe in asked} >= set(Answer) - {Answer.NOT_OFFERED}


def test_the_whole_plan_has_more_than_twenty_thousand_questions():
    assert sum(len(planned.asked) for planned in whole_plan()) >= 20_000


@pytest.mark.full
@pytest.mark.parametrize("half", [0, 1])
def test_every_role_in_each_relation_gets_of_every_address_what_the_table_says(
    on: Scene, half: int, record_property: Property
):
    counted, faults, leaks, told = Counter[str](), list[str](), 0, 0
    for chunk in list(_chunks(whole_plan()))[half::2]:
        for probe in run(chunk, scene(on.database)):
            counted[probe.expected.answer] += 1
            leaks += probe.leaked
            told += bool(probe.found)
            if probe.faults:
                faults.append(str(probe))
    figure = {
        "figure": f"access matrix, half {half + 1} of the roles",
        "probes": counted.total(),
        "by_expected_answer": dict(counted),
        "answers_with_words_of_the_child": told,
        "leaks": leaks,
        "other_faults": len(faults) - leaks,
    }
    record_property("figure", json.dumps(figure))
    print(json.dumps(figure))
    assert faults == []
    assert counted.total() >= 8_000


def _chunks(plan: list[Planned]) -> Iterator[list[Planned]]:
    """By role, so that a record has no more than some twenty agencies."""
    for role in Role:
        yield [planned for planned in plan if planned.role is role]


def _row(name: str, **said: object) -> Row:
    found = next(row for row in rows() if row.name == name)
    return replace(found, **said)  # type: ignore[arg-type]  # a field and its value


def _faults(on: Scene, row: Row, role: Role, standing: str, method: str = "GET") -> list[str]:
    with on.database.connect_as_keeper() as keeper:
        who = on.actor(role, standing)
        prober = Prober(keeper)
        return list(prober.ask(row, method, who).faults)


FACTS = "/records/<number>/facts/"


def test_a_mandate_with_one_part_too_many_is_found(on: Scene, monkeypatch: pytest.MonkeyPatch):
    assert _faults(on, _row(FACTS), Role.SCHOOL, "team") == []
    held = permit.mandates()
    wider = replace(held[Role.SCHOOL], sees=held[Role.SCHOOL].sees | {FieldGroup.HEALTH})

    def planted() -> Mapping[Role, Mandate]:
        return {**held, Role.SCHOOL: wider}

    monkeypatch.setattr(permit, "mandates", planted)
    assert _faults(on, _row(FACTS), Role.SCHOOL, "team") == ["tells of H"]


def test_a_mandate_with_one_part_too_few_is_found(on: Scene, monkeypatch: pytest.MonkeyPatch):
    held = permit.mandates()
    narrower = replace(held[Role.CARER], sees=held[Role.CARER].sees - {FieldGroup.LOCATION})

    def planted() -> Mapping[Role, Mandate]:
        return {**held, Role.CARER: narrower}

    monkeypatch.setattr(permit, "mandates", planted)
    assert _faults(on, _row(FACTS), Role.CARER, "team") == ["leaves out L"]


def test_a_table_that_hides_what_is_open_is_found(on: Scene):
    who = on.actor(Role.CARER, "team")
    row = _row(FACTS)
    with on.database.connect_as_keeper() as keeper:
        hidden = expected(row, "GET", Role.CARER, "outside", "protect")
        found = Prober(keeper).ask(row, "GET", who, says=hidden)
    assert (found.leaked, found.faults) == (True, ("tells of LM",))


@pytest.mark.parametrize(
    ("address", "standing", "found"),
    [
        ("planted/gate/<number>/", "outside", ["is not in the journal (nothing)", "tells of M"]),
        ("planted/journal/<number>/", "team", ["is not in the journal (nothing)"]),
        (
            "planted/absence/<number>/",
            "outside",
            ["is not in the journal (nothing)", "is not answered as what is not there (404): body"],
        ),
    ],
)
def test_a_view_past_the_gate_or_the_journal_is_found(
    on: Scene, settings: Settings, address: str, standing: str, found: list[str]
):
    settings.ROOT_URLCONF = "tests.web.access.planted_urls"
    planted_urls.TOLD["sign"] = on.record.sign
    row = replace(_row("/records/<number>/"), route=address)
    assert _faults(on, row, Role.CARER, standing) == found
