"""Addresses of the desk: where staff work."""

from django.urls import path

from encircle.web.desk.account import urls as account
from encircle.web.desk.case import record
from encircle.web.desk.listing import records
from encircle.web.desk.sign_in import enter, leave
from encircle.web.desk.step_in import step_in

PAGES = [
    path("", records, name="records"),
    path("records/<slug:number>/", record, name="record"),
    path("sign-in/", enter, name="sign_in"),
    path("sign-out/", leave, name="sign_out"),
    *account.PAGES,
]
DEMONSTRATION = [path("step-in/", step_in, name="step_in")]
"""Pages that are there in a demonstration only; elsewhere their addresses lead nowhere."""
