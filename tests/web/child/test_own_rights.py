"""Beside a right stands how far it has come in the own case of the child; of other duties the page learns nothing."""

import hashlib
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from encircle.actions.act import Statement, perform
from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from encircle.actions.childs_page.own import own_rights
from encircle.records.childs_page import OwedToChild, on_own_page
from encircle.web.child.pages import far
from encircle.web.child.session import COOKIE
from encircle.web.child.words import FAR, RIGHTS, WITH_DAY
from tests.web.reading import read
from tests.web.world import Staff

TOLD = {"D02a", "D02b", "D02c", "D04", "D23", "D24", "D25", "D26", "D34"}


@pytest.fixture
def child(aino: str, carla: Staff) -> Client:
    code = hand_over(carla.who, aino, Check(Company.ALONE, Device.OWN, wished=True), token=str(uuid4()))
    client = Client()
    client.post("/my/", {"code": code})
    return client


def secret(child: Client) -> str:
    return child.cookies[COOKIE].value


def test_the_page_tells_how_far_the_own_rights_have_come(child: Client, aino: str, carla: Staff):
    _own, owed = own_rights(secret(child))
    states = {one.code: one.state for one in owed}
    assert states.keys() <= TOLD
    assert states
    page = "".join(read(child.get(f"/my/rights/{more}").content).text for more in ("", "?more=1"))
    assert ("For you:" in page) == bool(FAR.keys() & set(states.values()))
    lawyer = Statement(type="lawyer_appointed", values={"name": "Lena"})
    perform(carla.who, aino, [lawyer], token=str(uuid4()))
    after = {one.code: one.state for one in own_rights(secret(child))[1]}
    assert after.keys() <= TOLD


def test_of_other_duties_and_other_records_the_database_shows_it_nothing(child: Client):
    with on_own_page(hashlib.sha256(secret(child).encode()).digest()) as own, connection.cursor() as cursor:
        assert own is not None
        cursor.execute("SELECT DISTINCT code, root_id::text FROM duty_row")
        found = cursor.fetchall()
    assert found
    assert {root for _code, root in found} == {own.root}
    assert {code for code, _root in found} <= TOLD


@pytest.mark.parametrize("state", ["suspended", "lifted", "unknown", "not_applicable"])
def test_what_is_not_owed_now_or_not_known_is_not_told(state: str):
    right = next(one for one in RIGHTS if one.rules == ("D24",))
    assert far(right, [OwedToChild("D24", state, None)], "Europe/Tallinn") == ""


def test_of_several_the_latest_counts():
    right = next(one for one in RIGHTS if "D02b" in one.rules)
    owed = [OwedToChild("D02b", "met", None), OwedToChild("D02c", "overdue", None)]
    assert far(right, owed, "Europe/Tallinn") == FAR["overdue"]
    assert set(WITH_DAY) <= set(FAR)
