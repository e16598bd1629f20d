"""The notice about data: before the code and behind it, in words for three ages, telling nothing of any child."""

import pytest
from django.test import Client

from encircle.law.saying import Band
from encircle.web.child.data_words import NOTICE
from tests.web.reading import read

pytestmark = pytest.mark.usefixtures("database")


def test_it_is_there_before_the_code_and_the_question_for_the_code_leads_to_it():
    client = Client()
    assert "/my/data/" in read(client.get("/my/").content).links
    page = client.get("/my/data/")
    assert (page.status_code, read(page.content).problems) == (200, [])
    assert "Who may read it" in read(page.content).text


def whole(band: Band) -> str:
    """Both screens of it."""
    ways = (f"/my/data/?words={band}", f"/my/data/?words={band}&more=1")
    return "".join(read(Client().get(way).content).text for way in ways)


def test_it_speaks_to_three_ages_and_every_word_is_there_for_each():
    told = {band: whole(band) for band in Band}
    assert len(set(told.values())) == len(Band)
    for one in NOTICE:
        assert set(one.says) == set(Band)
        for band, words in one.says.items():
            assert str(words) in told[band]


def test_words_that_are_not_there_count_as_not_asked():
    assert "What you can ask" in read(Client().get("/my/data/?words=x").content).text
