"""Addresses of the door. Those for children do not say what this is, and neither do the titles of their pages."""

from django.urls import path

from encircle.web.door.guide import guide
from encircle.web.door.leave import leave, sea
from encircle.web.door.pages import hello
from encircle.web.door.professional import report, start
from encircle.web.door.read_aloud import hear
from encircle.web.door.reading import read

PAGES = [
    path("hello/", hello, name="hello"),
    path("hello/read/", read, name="hello_read"),
    path("hello/hear/<slug:words>/", hear, name="hello_hear"),
    path("hello/out/", leave, name="hello_out"),
    path("sea/", sea, name="sea"),
    path("report/", start, name="report_start"),
    path("report/<slug:setting>/", report, name="report_from"),
    path("report/<slug:setting>/guide/", guide, name="report_guide"),
]
