"""The access file: prepared by one, checked by another, given as a disclosure; nothing of others in it, and never to Eva."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from encircle.actions.act.statement import Statement
from encircle.actions.context import at_work
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import state
from tests.web.desk.test_emergency import led_by
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, journal_of, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
NAMED = Statement(type="name_recorded", values={"name_used": "Aino"}, happened="2026-03-01")
AUNT = Statement(
    type="person_recorded", values={"relation": "aunt_or_uncle", "name": "Tante Zora"}, happened="2026-03-01"
)
GUARDIAN = Statement(
    type="guardian_appointed", values={"capacity": "guardian", "name": "Bo Berg"}, happened="2026-03-02"
)


@pytest.fixture
def carl(carla: Staff) -> Staff:
    """Her colleague, the second person."""
    return colleague_of(carla)


@pytest.fixture
def aino(carla: Staff) -> str:
    number = led_by(carla)
    for said in (NAMED, AUNT, GUARDIAN):
        state(carla, number, said)
    return number


def prepared(client: Client, number: str, **typed: object) -> str:
    """The address of a file that was prepared."""
    address = f"/records/{number}/access/"
    form = {**hidden(client.get(address).content), "recipient": "child", "language": "en", **typed}
    saved = client.post(address, form)
    assert saved.status_code == 302, read(saved.content).text
    return saved.headers["Location"]


def done(client: Client, file: str, do: str) -> int:
    return client.post(file, {**hidden(client.get(file).content), "do": do}).status_code


def test_one_prepares_a_second_checks_and_it_is_given_as_a_disclosure(
    aino: str, carla: Staff, carl: Staff, as_staff: SignedIn
):
    file = prepared(as_staff(carla), aino)
    assert "waits for a second person" in read(as_staff(carla).get(file).content).text
    assert done(as_staff(carla), file, "check") == 409
    assert done(as_staff(carla), file, "give") == 409
    assert done(as_staff(carl), file, "check") == 302
    assert done(as_staff(carla), file, "give") == 302
    page = read(as_staff(carla).get(file).content)
    assert (page.problems, "given" in page.text) == ([], True)
    assert ("disclosure", "access_file_given", "account_for", "MFLXVI", True) in journal_of(carla)
    facts = read(as_staff(carla).get(f"/records/{aino}/facts/").content).text
    assert "access to own data" in facts
    assert done(as_staff(carla), file, "give") == 409


def test_the_file_tells_what_is_recorded_and_by_reason_what_is_not(
    aino: str, carla: Staff, as_staff: SignedIn
):
    client = as_staff(carla)
    assert "Tante Zora" in client.get(f"/records/{aino}/facts/").content.decode()
    file = prepared(client, aino)
    content = client.get(file).content
    page = read(content)
    assert page.problems == []
    for said in (
        "What is recorded about you",
        "Aino",
        "about somebody else",
        "Who has looked at this record",
    ):
        assert said in page.text
    paper = content.decode().partition("<article")[2].partition("</article>")[0]
    for never in ("Tante Zora", "aunt", "Bo Berg", carla.login):
        assert never not in paper
    assert "health" in page.text


def test_the_same_state_gives_the_same_bytes_in_each_language(aino: str, carla: Staff, as_staff: SignedIn):
    client = as_staff(carla)
    for language in ("en", "et", "ar"):
        file = prepared(client, aino, language=language)
        first, second = (client.get(f"{file}pdf/") for _ in range(2))
        assert first.headers["Content-Type"] == "application/pdf"
        assert first.content == second.content
        assert f"/Lang({language})".encode() in first.content
        state(
            carla,
            aino,
            Statement(type="name_recorded", values={"name_used": "Aino T"}, happened="2026-03-04"),
        )
        assert client.get(f"{file}pdf/").content == first.content
        assert (
            f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"'
            in client.get(file).content.decode()
        )


def test_what_who_prepares_it_leaves_out_is_told_by_its_reason_alone(
    aino: str, carla: Staff, as_staff: SignedIn
):
    client, address = as_staff(carla), f"/records/{aino}/access/"
    offered = re.findall(r'value="([0-9a-f-]{36}:safety)"', client.get(address).content.decode())
    whole = read(client.get(prepared(client, aino)).content).text
    without = read(client.get(prepared(client, aino, out=offered)).content).text
    assert "Aino" in whole
    assert "so that nobody comes to harm" in without
    assert "Nothing that can be told is recorded." in without


def test_a_guardian_who_is_not_free_of_conflict_cannot_be_chosen(aino: str, carla: Staff, as_staff: SignedIn):
    client, address = as_staff(carla), f"/records/{aino}/access/"
    form = {**hidden(client.get(address).content), "language": "en", "with_place": ""}
    refused = client.post(address, {**form, "recipient": "adult"})
    page = read(refused.content)
    assert (refused.status_code, "not yet 18" in page.text, page.problems) == (422, True, [])
    placed = client.post(address, {**form, "recipient": "guardian", "with_place": "asked_and_safe"})
    assert "is told to the child alone" in read(placed.content).text
    for wrong in ({"recipient": ""}, {"recipient": "mother"}, {"recipient": "child", "language": "xx"}):
        assert client.post(address, {**form, **wrong}).status_code == 422


def test_who_does_not_lead_the_case_prepares_nothing_and_eva_finds_no_such_page(
    aino: str, carla: Staff, eva: Staff, as_staff: SignedIn
):
    dmitri = make_staff("dmitri", Role.POLICE)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(aino)
        assert root is not None
        add_member(root.id, dmitri.agency, relation=Relation.TEAM)
    file = prepared(as_staff(carla), aino)
    for address in (f"/records/{aino}/access/", file, f"{file}pdf/"):
        assert as_staff(dmitri).get(address).status_code == 403
        assert as_staff(eva).get(address).status_code == 404
    assert as_staff(eva).post(file, {"do": "give"}).status_code == 404


def test_an_adverse_party_finds_no_such_page(aino: str, carla: Staff, as_staff: SignedIn):
    other = make_staff("other", Role.CHILD_PROTECTION_SERVICE)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(aino)
        assert root is not None
        add_member(root.id, other.agency, relation=Relation.TEAM)
    assert as_staff(other).get(f"/records/{aino}/access/").status_code == 200
    with at_work(carla.who, Purpose.PROTECT):
        add_member(root.id, other.agency, relation=Relation.ADVERSE)
    assert as_staff(other).get(f"/records/{aino}/access/").status_code == 404


def test_a_file_that_is_put_aside_is_neither_checked_nor_given(
    aino: str, carla: Staff, carl: Staff, as_staff: SignedIn
):
    file = prepared(as_staff(carla), aino)
    assert done(as_staff(carla), file, "drop") == 302
    assert [done(as_staff(carl), file, do) for do in ("check", "give", "drop", "x")] == [409] * 4
    assert (
        as_staff(carla).get(f"/records/{aino}/access/00000000-0000-4000-8000-000000000000/").status_code
        == 409
    )
    assert as_staff(carla).get(f"/records/{aino}/access/x/pdf/").status_code == 409


def test_the_list_and_the_looks_lead_there(aino: str, carla: Staff, as_staff: SignedIn):
    client = as_staff(carla)
    file = prepared(client, aino)
    assert f"/records/{aino}/access/" in read(client.get(f"/records/{aino}/looks/").content).links
    page = read(client.get(f"/records/{aino}/access/").content)
    assert (page.problems, file in page.links) == ([], True)
