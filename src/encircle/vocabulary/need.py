"""Needs: for what one country turns to another about a child. The law says by which channel."""

from enum import StrEnum


class Need(StrEnum):
    """What is asked of another country, or told to it; the same words as the kinds of requests on record."""

    VICTIM_REFERRAL = "victim_referral"
    DANGER_INFORMATION = "danger_information"
    SITUATION_REPORT = "situation_report"
    FIND_CHILD = "find_child"
    PLACEMENT_CONSENT = "placement_consent"
    URGENT_MEASURE = "urgent_measure"
    JURISDICTION = "jurisdiction"
    RECOGNITION = "recognition"
    RETURN_OF_CHILD = "return_of_child"
    ALERT = "alert"
    EVIDENCE = "evidence"
    VIDEO_HEARING = "video_hearing"
    JOINT_INVESTIGATION = "joint_investigation"
    TRANSFER_OF_PROCEEDINGS = "transfer_of_proceedings"
    RESPONSIBILITY = "responsibility"
    SAFE_RETURN = "safe_return"
    TRACING = "tracing"
    DOCUMENTS = "documents"
    CONTENT_ABROAD = "content_abroad"
