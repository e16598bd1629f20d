"""Addresses of steering: published statistics, for everybody on staff."""

from django.urls import path

from encircle.web.steering.download import as_csv, as_json
from encircle.web.steering.statistics import statistic, statistics

PAGES = [
    path("statistics/", statistics, name="statistics"),
    path("statistics/<slug:code>/", statistic, name="statistic"),
    path("statistics/<slug:code>.csv", as_csv, name="statistic_csv"),
    path("statistics/<slug:code>.json", as_json, name="statistic_json"),
]
