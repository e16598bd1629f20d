"""The components: each has an example that is drawn by its own call, and the page of them is well formed."""

from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.template.loader import get_template
from django.test import Client, RequestFactory
from pytest_django import Settings

from encircle.web.page.asset import icon, icon_names
from encircle.web.page.components import EXAMPLES
from encircle.web.page.field import Field, FieldKind, Option
from tests.database import TestDatabase
from tests.web import demonstration_urls
from tests.web.reading import read
from tests.web.world import Staff

COMPONENTS = django_settings.WEB / "templates" / "cotton"


@pytest.fixture
def page(database: TestDatabase, settings: Settings) -> bytes:
    settings.DEMO, settings.ROOT_URLCONF = True, demonstration_urls.__name__
    return Client().get("/components/").content


def test_each_component_has_an_example():
    assert sorted(path.stem for path in COMPONENTS.glob("*.html")) == sorted(EXAMPLES)


def test_the_page_is_well_formed_and_shows_each_call(page: bytes):
    found = read(page)
    assert (found.problems, found.count("h1")) == ([], 1)
    for name in EXAMPLES:
        assert f"<c-{name}" in found.text


def test_outside_a_demonstration_there_is_no_such_page(carla: Staff, as_staff: Callable[[Staff], Client]):
    assert as_staff(carla).get("/components/").status_code == 404


@pytest.mark.parametrize("kind", FieldKind)
def test_each_kind_of_field_has_a_label_its_hint_and_its_problem_beside_it(kind: FieldKind):
    field = Field(
        "asked",
        "What is asked",
        kind=kind,
        hint="How to say it",
        problem="Say it otherwise",
        options=(Option("a", "First"), Option("b", "Second", chosen=True)),
        with_time=True,
        coarse=True,
    )
    drawn = get_template("cotton/field.html").render({"field": field}, RequestFactory().get("/"))
    found = read(drawn.encode())
    assert found.problems == []
    for words in ("What is asked", "How to say it", "Say it otherwise"):
        assert words in found.text
    assert field.first_input in found.ids
    assert all("asked" in given["name"] for given in found.inputs)


def test_every_icon_that_is_asked_for_is_in_the_sprite_and_says_nothing_by_itself():
    for name in icon_names():
        assert 'aria-hidden="true"' in icon(name)
    with pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon")
