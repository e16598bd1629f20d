"""My agency learns this today: one more agency knows an entry from then on, and the entry stays as it is."""

from collections.abc import Callable

import pytest
from django.test import Client

from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import CARE, on_record, open_record, state
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def dmitri() -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def aino(carla: Staff, dmitri: Staff) -> str:
    """A record of Carla's agency, in which that of Dmitri takes part."""
    number = open_record(carla)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, dmitri.agency, relation="team")
    return number


def test_the_page_of_facts_leads_there_and_it_is_learnt_once(
    aino: str, carla: Staff, dmitri: Staff, as_staff: Callable[[Staff], Client]
):
    (fact,) = state(carla, aino, CARE).facts
    client = as_staff(dmitri)
    facts = read(client.get(f"/records/{aino}/facts/").content)
    address = f"/records/{aino}/facts/{fact.id}/learnt/"
    assert (address in facts.links, facts.problems) == (True, [])
    page = client.get(address)
    assert (page.status_code, read(page.content).problems) == (200, [])
    assert "Parental care" in read(page.content).text
    for _ in range(2):
        saved = client.post(address, {**hidden(page.content), "learnt_at": ""})
        assert (saved.status_code, saved.headers["Location"]) == (302, f"/records/{aino}/")
    (now,) = on_record(carla, aino)
    assert [one.agency for one in now.learnt] == [carla.agency, dmitri.agency]
    assert address not in read(client.get(f"/records/{aino}/facts/").content).links


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2199", "lies in the future"),
        ("some day", "This time cannot be read."),
        ("1.1.2020", "learnt it before it happened"),
    ],
)
def test_a_time_that_cannot_be_is_told_and_kept(
    typed: str, words: str, aino: str, carla: Staff, dmitri: Staff, as_staff: Callable[[Staff], Client]
):
    (fact,) = state(carla, aino, CARE).facts
    client, address = as_staff(dmitri), f"/records/{aino}/facts/{fact.id}/learnt/"
    told = client.post(address, {"learnt_at": typed})
    page = read(told.content)
    assert (told.status_code, page.problems, words in page.text) == (400, [], True)
    assert f'value="{typed}"' in told.content.decode()
    assert on_record(carla, aino) == (fact,)


def test_eva_is_not_told_that_the_entry_is_there(
    aino: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]
):
    (fact,) = state(carla, aino, CARE).facts
    client = as_staff(eva)
    there = client.get(f"/records/{aino}/facts/{fact.id}/learnt/")
    absent = client.get(f"/records/zzzz-zzzz/facts/{fact.id}/learnt/")
    assert (there.status_code, there.content) == (404, absent.content)
