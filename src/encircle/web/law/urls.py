"""Addresses of the law browser."""

from django.urls import path

from encircle.web.law.duty import law_duty
from encircle.web.law.listing import law
from encircle.web.law.prohibition import law_prohibition

PAGES = [
    path("law/", law, name="law"),
    path("law/duties/<slug:code>/", law_duty, name="law_duty"),
    path("law/prohibitions/<slug:code>/", law_prohibition, name="law_prohibition"),
]
