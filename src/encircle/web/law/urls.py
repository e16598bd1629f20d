"""Addresses of the law browser."""

from django.urls import path

from encircle.web.law.chart import law_chart
from encircle.web.law.duty import law_duty
from encircle.web.law.glossary import law_words
from encircle.web.law.instruments import law_instrument, law_instruments
from encircle.web.law.listing import law
from encircle.web.law.practice.download import practice_files
from encircle.web.law.practice.form import practice_form, practice_new
from encircle.web.law.practice.listing import practice
from encircle.web.law.practice.one import practice_proposal
from encircle.web.law.practice.records import practice_records
from encircle.web.law.privacy import law_privacy, law_privacy_pdf
from encircle.web.law.prohibition import law_prohibition
from encircle.web.law.unread import law_unread

PAGES = [
    path("law/", law, name="law"),
    path("law/duties/<slug:code>/", law_duty, name="law_duty"),
    path("law/prohibitions/<slug:code>/", law_prohibition, name="law_prohibition"),
    path("law/chart/", law_chart, name="law_chart"),
    path("law/instruments/", law_instruments, name="law_instruments"),
    path("law/instruments/<path:code>/", law_instrument, name="law_instrument"),
    path("law/words/", law_words, name="law_words"),
    path("law/unread/", law_unread, name="law_unread"),
    path("law/privacy/", law_privacy, name="law_privacy"),
    path("law/privacy/<slug:paper>/", law_privacy_pdf, name="law_privacy_pdf"),
    path("law/practice/", practice, name="practice"),
    path("law/practice/new/", practice_new, name="practice_new"),
    path("law/practice/new/<slug:part>/", practice_form, name="practice_form"),
    path("law/practice/<int:number>/", practice_proposal, name="practice_proposal"),
    path("law/practice/<int:number>/records/", practice_records, name="practice_records"),
    path("law/practice/files/<slug:pack>.zip", practice_files, name="practice_files"),
]
