"""Addresses that belong to no room: the language of the pages, and the health of the process."""

from django.urls import path

from encircle.web.page.health import live, ready
from encircle.web.page.language import choose

PAGES = [
    path("language/", choose, name="language"),
    path("-/live", live, name="live"),
    path("-/ready", ready, name="ready"),
]
