"""The people of the test world, each with an agency: Carla and Dmitri work with Aino, Eva must see nothing."""

import pytest

from encircle.records.roots import add_member, open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId
from tests.database import TestDatabase
from tests.records.world import Actor, make_actor


@pytest.fixture
def carla(database: TestDatabase) -> Actor:
    return make_actor("child_protection_service")


@pytest.fixture
def dmitri(database: TestDatabase) -> Actor:
    return make_actor("police")


@pytest.fixture
def eva(database: TestDatabase) -> Actor:
    return make_actor("ngo")


@pytest.fixture
def aino(carla: Actor, dmitri: Actor) -> RootId:
    """Aino's record, opened by Carla's agency; Dmitri's is a member."""
    with carla.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
        add_member(root, dmitri.agency, relation="team")
    return root
