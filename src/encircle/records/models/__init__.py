"""The tables, one noun per file. Read and written only by records and actions."""

from encircle.records.models.access_file import AccessFile
from encircle.records.models.account import Account
from encircle.records.models.agency import Agency
from encircle.records.models.alarm_row import AlarmRow
from encircle.records.models.api_token import ApiRequest, ApiToken
from encircle.records.models.calendar_row import CalendarRow
from encircle.records.models.caseload import CaseloadAnswer, CaseloadChild, CaseloadReview
from encircle.records.models.child_credential import ChildCredential
from encircle.records.models.complaint import Complaint
from encircle.records.models.data_key import DataKey
from encircle.records.models.duty_row import DutyRow
from encircle.records.models.emergency_access import EmergencyAccess
from encircle.records.models.fact import FactRow, LearntRow, Link
from encircle.records.models.invitation import Invitation
from encircle.records.models.journal import JournalCheckpoint, JournalEntry, JournalLeaf, JournalNode
from encircle.records.models.keeping import Erasure, LegalHold
from encircle.records.models.linked_identity import LinkedIdentity
from encircle.records.models.look_alarm import LookAlarm, LookWeek
from encircle.records.models.membership import Membership
from encircle.records.models.name_key import NameKey
from encircle.records.models.notice import Notice
from encircle.records.models.open_field import OpenField
from encircle.records.models.opened_part import OpenedPart
from encircle.records.models.owner_question import OwnerQuestion
from encircle.records.models.passkey_lock import PasskeyLock
from encircle.records.models.people_key import AgencyKey, AgencyKeyShare, DataKeyShare, MemberKey
from encircle.records.models.person import Person
from encircle.records.models.practice import PracticeEffect, PracticeProposal, PracticeStep
from encircle.records.models.rebuild_part import RebuildPart
from encircle.records.models.recovery import RecoveryKey, RecoveryShare
from encircle.records.models.referral_offer import ReferralOffer
from encircle.records.models.report import Report, ReportPart, ReportSeal
from encircle.records.models.report_keeping import ReportErasure, ReportHold, ReportToErase
from encircle.records.models.report_piece import ReportPiece
from encircle.records.models.report_recipient import ReportRecipient
from encircle.records.models.root import Root
from encircle.records.models.root_of_agency import CalendarOfAgency, RootOfAgency
from encircle.records.models.sharing_agreement import SharingAgreement
from encircle.records.models.situation_row import SituationRow
from encircle.records.models.staff_session import StaffSession
from encircle.records.models.statistic import StatisticCell, StatisticRelease
from encircle.records.models.subject import Subject
from encircle.records.models.talk import Talk

__all__ = [
    "AccessFile",
    "Account",
    "Agency",
    "AgencyKey",
    "AgencyKeyShare",
    "AlarmRow",
    "ApiRequest",
    "ApiToken",
    "CalendarOfAgency",
    "CalendarRow",
    "CaseloadAnswer",
    "CaseloadChild",
    "CaseloadReview",
    "ChildCredential",
    "Complaint",
    "DataKey",
    "DataKeyShare",
    "DutyRow",
    "EmergencyAccess",
    "Erasure",
    "FactRow",
    "Invitation",
    "JournalCheckpoint",
    "JournalEntry",
    "JournalLeaf",
    "JournalNode",
    "LearntRow",
    "LegalHold",
    "Link",
    "LinkedIdentity",
    "LookAlarm",
    "LookWeek",
    "MemberKey",
    "Membership",
    "NameKey",
    "Notice",
    "OpenField",
    "OpenedPart",
    "OwnerQuestion",
    "PasskeyLock",
    "Person",
    "PracticeEffect",
    "PracticeProposal",
    "PracticeStep",
    "RebuildPart",
    "RecoveryKey",
    "RecoveryShare",
    "ReferralOffer",
    "Report",
    "ReportErasure",
    "ReportHold",
    "ReportPart",
    "ReportPiece",
    "ReportRecipient",
    "ReportSeal",
    "ReportToErase",
    "Root",
    "RootOfAgency",
    "SharingAgreement",
    "SituationRow",
    "StaffSession",
    "StatisticCell",
    "StatisticRelease",
    "Subject",
    "Talk",
]
