"""Addresses of the child's room. Neither they nor the titles of the pages say what this is."""

from django.urls import path

from encircle.web.child.data import my_data
from encircle.web.child.entry import cover, elsewhere, language, leave, start
from encircle.web.child.file import my_file
from encircle.web.child.pages import card, coming, decided, people, rights, seen
from encircle.web.child.write import complains, thinks

PAGES = [
    path("my/", start, name="my"),
    path("my/next/", coming, name="my_next"),
    path("my/card/", card, name="my_card"),
    path("my/people/", people, name="my_people"),
    path("my/decided/", decided, name="my_decided"),
    path("my/rights/", rights, name="my_rights"),
    path("my/say/", thinks, name="my_say"),
    path("my/complain/", complains, name="my_complain"),
    path("my/seen/", seen, name="my_seen"),
    path("my/data/", my_data, name="my_data"),
    path("my/file/", my_file, name="my_file"),
    path("my/leave/", leave, name="my_leave"),
    path("my/language/", language, name="my_language"),
    path("my/<path:rest>", elsewhere, name="my_elsewhere"),
    path("read/", cover, name="cover"),
]
