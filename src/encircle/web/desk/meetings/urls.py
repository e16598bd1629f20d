"""Addresses of the meetings of one record."""

from django.urls import path

from encircle.web.desk.meetings.pages import meeting, meeting_act, meetings, new_meeting, print_meeting

PAGES = [
    path("records/<slug:number>/meetings/", meetings, name="meetings"),
    path("records/<slug:number>/meetings/new/", new_meeting, name="new_meeting"),
    path("records/<slug:number>/meetings/<slug:meeting>/", meeting, name="meeting"),
    path("records/<slug:number>/meetings/<slug:meeting>/print/", print_meeting, name="print_meeting"),
    path("records/<slug:number>/meetings/<slug:meeting>/<slug:act>/", meeting_act, name="meeting_act"),
]
