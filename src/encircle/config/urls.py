"""Addresses of all pages. No page without a declared purpose: one that lacks it stops the start."""

from django.urls import path

from encircle.web import gate
from encircle.web.desk import errors
from encircle.web.desk.case import record
from encircle.web.desk.health import live, ready
from encircle.web.desk.listing import records
from encircle.web.desk.sign_in import enter, leave

urlpatterns = [
    path("", records, name="records"),
    path("records/<slug:number>/", record, name="record"),
    path("sign-in/", enter, name="sign_in"),
    path("sign-out/", leave, name="sign_out"),
    path("-/live", live, name="live"),
    path("-/ready", ready, name="ready"),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

gate.check(urlpatterns)
