"""Every address has a row in the table of access, and says the purpose that the table says. A new one fails here first."""

import re
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from encircle.config.urls import pages
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from encircle.web import gate
from tests.core.access.test_who_sees_what import TABLE as SEES
from tests.web.access.table import COMES_FOR, IN_EMERGENCY, PURPOSES, Row, rows

API = "api/v1/"
EVERY = pages(demo=True)


def plain(pattern: URLPattern) -> str:
    """The address without the kinds of its parts."""
    return re.sub(r"<\w+:(\w+)>", r"<\1>", str(pattern.pattern))


def without_row(patterns: Iterable[URLPattern], table: Iterable[Row]) -> set[str]:
    """Addresses of which the table says nothing, and rows of addresses that are not there."""
    told = {(API if row.api else "") + row.route for row in table}
    return {plain(pattern) for pattern in patterns} ^ told


def otherwise(patterns: Iterable[URLPattern], table: Iterable[Row]) -> list[str]:
    """Where an address declares another purpose than the table says."""
    declared = dict[str, object]()
    for pattern in patterns:
        declared.setdefault(plain(pattern), getattr(pattern.callback, "encircle_purpose", None))
    found = []
    for row in table:
        says = declared[(API if row.api else "") + row.route]
        for method, letter in row.offered.items():
            purpose = says.get(method) if isinstance(says, Mapping) else says
            meant = Purpose.OWN_DUTIES if row.about == "own" and letter == "W" else PURPOSES[letter]
            if purpose is not meant:
                found.append(f"{method} {row.name}: {purpose}, in the table {meant}")
        if isinstance(says, Mapping) and row.about != "nothing" and set(says) != set(row.offered):
            found.append(f"{row.name}: {set(says)}, in the table {set(row.offered)}")
    return found


@gate.purpose(Purpose.PROTECT)
def planted(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_every_address_has_a_row_and_every_row_an_address():
    assert without_row(EVERY, rows()) == set()


def test_an_address_without_a_row_is_found():
    assert without_row([*EVERY, path("records/<slug:number>/planted/", planted)], rows()) == {
        "records/<number>/planted/"
    }


def test_every_address_declares_the_purpose_that_the_table_says():
    assert otherwise(EVERY, rows()) == []


def test_an_address_with_another_purpose_is_found():
    others = [pattern for pattern in EVERY if plain(pattern) != "records/"]
    assert otherwise([*others, path("records/", planted)], rows()) == [
        "GET /records/: protect, in the table work_list"
    ]


def test_every_role_stands_in_both_tables():
    assert set(COMES_FOR) == set(SEES) == {role.value for role in Role}
    assert set(IN_EMERGENCY) == {role for role, letters in COMES_FOR.items() if "E" in letters}
