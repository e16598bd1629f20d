"""Addresses of the door. Neither they nor the titles of the pages say what this is."""

from django.urls import path

from encircle.web.door.leave import leave, sea
from encircle.web.door.pages import hello
from encircle.web.door.reading import read

PAGES = [
    path("hello/", hello, name="hello"),
    path("hello/read/", read, name="hello_read"),
    path("hello/out/", leave, name="hello_out"),
    path("sea/", sea, name="sea"),
]
