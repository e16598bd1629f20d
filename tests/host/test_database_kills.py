"""Whatever is killed: the next start succeeds, and nothing that was confirmed is missing."""

import pytest

from tests.host.rounds import (
    Outcome,
    kill_everything,
    kill_itself,
    rounds_with_a_new_start,
    rounds_with_the_server_killed,
)
from tests.host.world import World

ROUNDS = [3, pytest.param(20, marks=pytest.mark.full)]


def spotless(outcome: Outcome) -> bool:
    """No restart failed, no confirmed row is gone, no process is left; and there was something to lose."""
    found = (outcome.failed_restarts, outcome.lost_rows, outcome.left_processes)
    return found == (0, 0, 0) and outcome.acknowledged_rows > outcome.rounds


@pytest.mark.parametrize("rounds", ROUNDS)
def test_no_confirmed_row_is_lost_when_the_process_that_runs_the_database_is_killed(
    world: World, rounds: int
):
    outcome = world.run(lambda here: rounds_with_a_new_start(here, rounds=rounds, kill=kill_itself))
    assert spotless(outcome), outcome


@pytest.mark.parametrize("rounds", ROUNDS)
def test_no_confirmed_row_is_lost_when_the_server_is_killed_and_comes_back(world: World, rounds: int):
    outcome = world.run(lambda here: rounds_with_the_server_killed(here, rounds=rounds))
    assert spotless(outcome), outcome


@pytest.mark.parametrize("rounds", ROUNDS)
def test_no_confirmed_row_is_lost_when_everything_is_killed_at_once(world: World, rounds: int):
    outcome = world.run(lambda here: rounds_with_a_new_start(here, rounds=rounds, kill=kill_everything))
    assert spotless(outcome), outcome


@pytest.mark.parametrize("world", ["plain"], indirect=True)
def test_a_row_that_is_gone_would_be_noticed(world: World):
    def scenario(here: World) -> Outcome:
        (here.folder / "notes").write_text("1\n2\n3\n")
        return rounds_with_a_new_start(here, rounds=1, kill=kill_itself)

    outcome = world.run(scenario)
    assert (outcome.lost_rows, spotless(outcome)) == (3, False)
