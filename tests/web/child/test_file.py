"""A child's file on its own page: what the page can tell at once, and asking for all of it; never a place or a surname."""

from uuid import uuid4

from django.test import Client

from tests.web.child.test_own_page import PLACE, SCHOOL, STREET, SURNAME, code_for, opened, words_of
from tests.web.reading import read
from tests.web.world import Staff

ENGLISH = "I want to know everything that is written about me."


def asked(client: Client, **more: str) -> int:
    return client.post("/my/file/", {"token": str(uuid4()), **more}).status_code


def test_it_is_for_the_child_whose_page_is_open_and_the_notice_leads_there(aino: str, carla: Staff):
    stranger = Client()
    assert (stranger.get("/my/file/").status_code, asked(stranger)) == (302, 403)
    assert "/my/file/" not in read(stranger.get("/my/data/").content).links
    client = opened(code_for(aino, carla))
    assert "/my/file/" in read(client.get("/my/data/").content).links
    page = read(client.get("/my/file/").content)
    assert (page.problems, page.count("h1")) == ([], 1)
    for words in ("Who opened my file", "Social workers", "What is not on this page"):
        assert words in page.text
    told = client.get("/my/file/").content.decode()
    assert [word in told for word in (PLACE, SCHOOL, SURNAME, STREET, aino)] == [False] * 5


def test_asking_stands_on_record_once_in_the_childs_language_and_in_english(aino: str, carla: Staff):
    client = opened(code_for(aino, carla))
    token = str(uuid4())
    assert [asked(client, token=token) for _ in range(2)] == [302, 302]
    assert words_of(aino, carla) == [("view_heard", "child", ENGLISH)]
    assert "you asked for your whole file" in read(client.get("/my/file/?saved").content).text
    client.post("/my/language/", {"language": "ar"})
    assert asked(client) == 302
    arabic, english = words_of(aino, carla)[-1][2].split("\n")
    assert (arabic == english, english) == (False, ENGLISH)
