"""Addresses of the calendars."""

from django.urls import path

from encircle.web.desk.calendars.agencys import calendar
from encircle.web.desk.calendars.childs import record_calendar
from encircle.web.desk.calendars.download import calendar_download, record_calendar_file

PAGES = [
    path("records/<slug:number>/calendar/", record_calendar, name="record_calendar"),
    path("records/<slug:number>/calendar/download/", record_calendar_file, name="record_calendar_file"),
    path("calendar/", calendar, name="calendar"),
    path("calendar/download/", calendar_download, name="calendar_download"),
]
