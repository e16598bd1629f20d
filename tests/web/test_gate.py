"""The gate: a view without a declared purpose stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import include, path, resolve

from encircle.config.urls import urlpatterns
from encircle.vocabulary.purpose import Purpose
from encircle.web import gate


@gate.purpose(Purpose.PROTECT)
def declared(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_every_page_has_a_declared_purpose():
    gate.check(urlpatterns)


def test_a_page_without_a_purpose_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="No purpose is declared for: planted/"):
        gate.check([path("fine/", declared), path("planted/", bare)])


def test_a_page_without_a_purpose_is_found_behind_others_too():
    with pytest.raises(ImproperlyConfigured, match="No purpose is declared for: deep/planted/"):
        gate.check([path("deep/", include([path("planted/", bare)]))])


def test_a_request_tells_the_purpose_of_its_page():
    request = RequestFactory().get("/")
    request.resolver_match = resolve("/")
    assert gate.purpose_of(request) is Purpose.WORK_LIST


def test_a_request_that_leads_to_no_page_has_no_purpose():
    with pytest.raises(ImproperlyConfigured):
        gate.purpose_of(RequestFactory().get("/"))
