"""Addresses that belong to no room: the language of the pages, and the health of the process."""

from django.urls import path

from encircle.web.page.components import components
from encircle.web.page.health import live, ready
from encircle.web.page.language import choose
from encircle.web.page.theme import choose_theme

PAGES = [
    path("language/", choose, name="language"),
    path("theme/", choose_theme, name="theme"),
    path("-/live", live, name="live"),
    path("-/ready", ready, name="ready"),
]
DEMONSTRATION = [path("components/", components, name="components")]
"""Pages that are there in a demonstration only; elsewhere their addresses lead nowhere."""
