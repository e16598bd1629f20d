"""Addresses of the desk: where staff work."""

from django.urls import path

from encircle.web.desk import agreements as agreed
from encircle.web.desk import complaints as body
from encircle.web.desk import offers as offering
from encircle.web.desk import own_duties as own
from encircle.web.desk import reports as door
from encircle.web.desk.access_file import access_file, access_file_pdf, access_files
from encircle.web.desk.account import urls as account
from encircle.web.desk.asked_again import asked_again_page
from encircle.web.desk.breach import breach, breach_file
from encircle.web.desk.calendars import urls as calendars
from encircle.web.desk.call import call
from encircle.web.desk.case import duty, facts, record
from encircle.web.desk.caseload import caseload, caseload_review
from encircle.web.desk.caseload_child import caseload_child
from encircle.web.desk.childs_page import childs_page
from encircle.web.desk.concern import concern_sent, report_concern
from encircle.web.desk.days import days
from encircle.web.desk.door_keeping import complaints_kept, reports_kept, talks_kept
from encircle.web.desk.emergency import counted, emergencies, emergency
from encircle.web.desk.happened import happened
from encircle.web.desk.held_reports import held
from encircle.web.desk.keeping import erasure_certificate, erasure_certificate_pdf, keeping
from encircle.web.desk.learnt import learnt
from encircle.web.desk.listing import records
from encircle.web.desk.look_week import looks_of_week
from encircle.web.desk.looks import looks, my_looks
from encircle.web.desk.meetings import urls as meetings
from encircle.web.desk.missing import missing
from encircle.web.desk.missing_list import missing_list
from encircle.web.desk.new_case import new_record
from encircle.web.desk.opened import opened
from encircle.web.desk.override import override
from encircle.web.desk.owner import ask, questions
from encircle.web.desk.people import people
from encircle.web.desk.record_act import acknowledge, correct, record_act, take_back
from encircle.web.desk.report_files import complaint_file, complaint_file_copy, file_copy, one_file
from encircle.web.desk.report_same_child import report_same_child
from encircle.web.desk.report_send import report_send
from encircle.web.desk.same_child import same_child
from encircle.web.desk.sealed import sealed
from encircle.web.desk.search import search_page
from encircle.web.desk.sign_in import enter, leave
from encircle.web.desk.step_in import step_in
from encircle.web.desk.supervised import look_alarms, supervised, supervised_csv
from encircle.web.desk.talks import one_talk, talks
from encircle.web.desk.told import told
from encircle.web.desk.triage import triage, triage_concern
from encircle.web.desk.triage_answer import triage_answer
from encircle.web.desk.visit import visit
from encircle.web.desk.work import work

PAGES = [
    path("", work, name="work"),
    path("concerns/new/", report_concern, name="concern"),
    path("concerns/<slug:concern>/", concern_sent, name="concern_sent"),
    path("triage/", triage, name="triage"),
    path("triage/<slug:concern>/", triage_concern, name="triage_concern"),
    path("triage/<slug:concern>/same-child/", same_child, name="same_child"),
    path("triage/<slug:concern>/answer/", triage_answer, name="triage_answer"),
    path("reports/", door.received, name="reports"),
    path("reports/held/", held, name="held_reports"),
    path("reports/keeping/", reports_kept, name="reports_kept"),
    path("reports/<uuid:report>/", door.one_report, name="report"),
    path("reports/<uuid:report>/same-child/", report_same_child, name="report_same_child"),
    path("reports/<uuid:report>/send/", report_send, name="report_send"),
    path("complaints/", body.received, name="complaints"),
    path("complaints/keeping/", complaints_kept, name="complaints_kept"),
    path("complaints/<uuid:complaint>/", body.one_complaint, name="complaint"),
    path("complaints/<uuid:complaint>/files/<uuid:file>/", complaint_file, name="complaint_file"),
    path(
        "complaints/<uuid:complaint>/files/<uuid:file>/copy/", complaint_file_copy, name="complaint_file_copy"
    ),
    path("talks/", talks, name="talks"),
    path("talks/keeping/", talks_kept, name="talks_kept"),
    path("talks/call/", call, name="talk_call"),
    path("talks/<uuid:report>/", one_talk, name="talk"),
    path("reports/<uuid:report>/files/<uuid:file>/", one_file, name="report_file"),
    path("reports/<uuid:report>/files/<uuid:file>/copy/", file_copy, name="report_file_copy"),
    path("caseload/", caseload, name="caseload"),
    path("caseload/<uuid:review>/", caseload_review, name="caseload_review"),
    path("caseload/<uuid:review>/<uuid:child>/", caseload_child, name="caseload_child"),
    path("missing/", missing_list, name="missing_children"),
    path("records/", records, name="records"),
    path("records/new/", new_record, name="new_record"),
    path("records/<slug:number>/people/", people, name="people"),
    path("records/<slug:number>/", record, name="record"),
    path("records/<slug:number>/purpose/", visit, name="visit"),
    path("records/<slug:number>/days/", days, name="days"),
    path("records/<slug:number>/missing/", missing, name="missing"),
    path("records/<slug:number>/facts/", facts, name="facts"),
    path("records/<slug:number>/duties/<slug:code>/", duty, name="duty"),
    path("records/<slug:number>/record/", happened, name="happened"),
    path("records/<slug:number>/childs-page/", childs_page, name="childs_page"),
    path("records/<slug:number>/overrides/<slug:asked>/", override, name="override"),
    path("records/<slug:number>/record/<slug:slug>/", record_act, name="act"),
    path("records/<slug:number>/facts/<slug:fact>/correct/", correct, name="correct"),
    path("records/<slug:number>/facts/<slug:fact>/withdraw/", take_back, name="withdraw"),
    path("records/<slug:number>/facts/<slug:fact>/learnt/", learnt, name="learnt"),
    path("records/<slug:number>/alarms/<slug:code>/acknowledge/", acknowledge, name="acknowledge"),
    path("records/<slug:number>/looks/", looks, name="looks"),
    path("records/<slug:number>/access/", access_files, name="access_files"),
    path("records/<slug:number>/access/<slug:file>/", access_file, name="access_file"),
    path("records/<slug:number>/access/<slug:file>/pdf/", access_file_pdf, name="access_file_pdf"),
    path("records/<slug:number>/keeping/", keeping, name="keeping"),
    path("records/<slug:number>/keeping/<slug:erasure>/", erasure_certificate, name="certificate"),
    path(
        "records/<slug:number>/keeping/<slug:erasure>/pdf/", erasure_certificate_pdf, name="certificate_pdf"
    ),
    path("records/<slug:number>/people/opened/", opened, name="opened_parts"),
    path("records/<slug:number>/sealed/", sealed, name="sealed_parts"),
    path("records/<slug:number>/emergencies/", emergencies, name="emergencies"),
    path("emergency/", emergency, name="emergency"),
    path("emergency/counted/", counted, name="emergencies_counted"),
    path("agreements/", agreed.agreements, name="agreements"),
    path("agreements/new/", agreed.new_agreement, name="new_agreement"),
    path("agreements/<slug:agreement>/", agreed.agreement, name="agreement"),
    path("our-duties/", own.own_duties, name="own_duties"),
    path("our-duties/record/<slug:slug>/", own.own_duties_record, name="own_duties_record"),
    path("our-duties/entries/<slug:fact>/", own.own_duties_take_back, name="own_duties_take_back"),
    path("country/", own.countrys_duties, name="countrys_duties"),
    path("country/record/<slug:slug>/", own.countrys_duties_record, name="countrys_duties_record"),
    path("country/entries/<slug:fact>/", own.countrys_duties_take_back, name="countrys_duties_take_back"),
    path("notices/", told, name="notices"),
    path("my-looks/", my_looks, name="my_looks"),
    path("looks/", look_alarms, name="look_alarms"),
    path("looks/people/", supervised, name="supervised"),
    path("looks/people.csv", supervised_csv, name="supervised_csv"),
    path("looks/breach/", breach, name="breach"),
    path("looks/breach/<slug:kind>/", breach_file, name="breach_file"),
    path("looks/asked-again/", asked_again_page, name="asked_again"),
    path("looks/week/", looks_of_week, name="looks_of_week"),
    path("search/", search_page, name="search"),
    path("search/whose-child/", ask, name="ask_owner"),
    path("records/<slug:number>/people/asked/", questions, name="owner_questions"),
    path("records/<slug:number>/people/referrals/", offering.of_record, name="offers_of"),
    path("referrals/", offering.received, name="offers"),
    path("referrals/<slug:offer>/", offering.one, name="offer"),
    *meetings.PAGES,
    *calendars.PAGES,
    path("sign-in/", enter, name="sign_in"),
    path("sign-out/", leave, name="sign_out"),
    *account.PAGES,
]
DEMONSTRATION = [path("step-in/", step_in, name="step_in")]
"""Pages that are there in a demonstration only; elsewhere their addresses lead nowhere."""
