"""Addresses of the requests of one record to, and from, other countries."""

from django.urls import path

from encircle.web.crossborder.guided import request_new
from encircle.web.crossborder.pages import (
    flag_act,
    record_act,
    request_act,
    request_page,
    request_print,
    requests,
)
from encircle.web.crossborder.sending import request_send

_AT = "records/<slug:number>/cross-border/"
PAGES = [
    path(_AT, requests, name="requests"),
    path(f"{_AT}new/", request_new, name="request_new"),
    path(f"{_AT}record/<slug:act>/", record_act, name="requests_act"),
    path(f"{_AT}flags/<slug:flag>/<slug:act>/", flag_act, name="flag_act"),
    path(f"{_AT}<slug:request_id>/", request_page, name="request"),
    path(f"{_AT}<slug:request_id>/send/", request_send, name="request_send"),
    path(f"{_AT}<slug:request_id>/print/", request_print, name="request_print"),
    path(f"{_AT}<slug:request_id>/<slug:act>/", request_act, name="request_act"),
]
