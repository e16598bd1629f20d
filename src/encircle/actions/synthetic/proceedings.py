"""Proceedings around a child, several at once: interviews, recordings, hearings, asylum, compensation, other countries."""

from encircle.actions.synthetic import meetings
from encircle.actions.synthetic.story import Story

_ASKED = ("LV", "LT", "PL", "FI", "SE", "DE", "RO")


def heard(story: Story) -> None:
    """The case against the suspects: the meeting before, the interview, its recording."""
    case = story.another("proceeding")
    story.last["criminal_case"] = case
    opened = {"proceeding_kind": "criminal_victim"}
    story.tell("proceeding_opened", opened, by="prosecutor", hours=20, subject=case)
    story.tell(
        "limitation_recorded",
        {"limitation_date": str(story.now.year + 15), "limitation_of": "charge"},
        by="prosecutor",
        hours=1,
        subject=case,
    )
    meetings.before_interview(story)
    interview = story.another("interview")
    planned = {
        "at": story.later(5),
        "purpose": "investigative",
        "premises": "barnahus",
        "interviewer_trained": True,
        "to_be_recorded": True,
        "suspect_expected": False,
        "questions_from": ["police", "child_protection_service", "guardian"],
        "proceeding": case,
    }
    story.tell("interview_planned", planned, by="police", hours=4, subject=interview)
    told = {"topics": ["interview"], "interview": interview, "before_it_happened": True, "form": "talk"}
    story.tell("information_given", told, hours=30, subject=story.another("information"))
    held = {
        "purpose": "investigative",
        "premises": "barnahus",
        "interviewer_trained": True,
        "companion": story.happens(0.92),
        "companion_role": "support_person",
        "recorded": True,
        "in_presence_of_suspect": False,
        "proceeding": case,
    }
    story.tell("interview_held", held, by="police", hours=90, subject=interview)
    if story.happens(0.85):
        made = {
            "interview": interview,
            "picture_and_sound": True,
            "custody_logged": True,
            "defence_questions": "offered",
        }
        story.tell("recording_made", made, by="police", hours=1, subject=story.another("recording"))


def asylum_sought(story: Story) -> None:
    """A wish for protection, the application, and the procedure of the asylum authority."""
    wish = {"wish_by": "guardian", "fears_return": True}
    story.tell("asylum_wish_expressed", wish, hours=10)
    case = story.another("proceeding")
    story.tell("asylum_made", {"made_to": "asylum_authority"}, by="asylum", hours=20, subject=case)
    story.tell("proceeding_opened", {"proceeding_kind": "asylum"}, by="asylum", hours=20, subject=case)
    story.tell("asylum_lodged", {}, by="asylum", hours=4, subject=case)
    flag = {
        "scope": ["consulate", "authority"],
        "because": "asylum",
        "set_by_role": "asylum_authority",
        "review_due": story.day(180),
    }
    story.tell("do_not_contact_set", flag, by="asylum", hours=1, subject=story.another("do_not_contact"))


def asked_abroad(story: Story) -> None:
    """A request to another country, by its instrument; most are answered."""
    request = story.another("request")
    country = story.one_of(*_ASKED)
    what = {"instrument": "hague_1996", "request_kind": "situation_report", "to_country": country}
    checked = {**what, "do_not_contact_checked": True}
    story.tell("request_prepared", checked, hours=20, subject=request)
    sent = {**checked, "article": "Article 34", "minimum_set": True, "child_informed": "informed"}
    story.tell("request_sent", sent, hours=12, subject=request)
    if story.happens(0.7):
        story.tell("request_acknowledged", {}, hours=40, subject=request)
    if story.happens(0.5):
        story.tell("request_answered", {"answer": "information"}, hours=150, subject=request)


def compensation_claimed(story: Story) -> None:
    """The claim of the child, beside the criminal case."""
    claim = story.another("proceeding")
    story.tell("proceeding_opened", {"proceeding_kind": "compensation"}, hours=40, subject=claim)
    limit = {"limitation_date": str(story.now.year + 3), "limitation_of": "compensation"}
    story.tell("limitation_recorded", limit, hours=1, subject=claim)


def hearing_held(story: Story) -> None:
    """A hearing with its protection, in the criminal case."""
    case, hearing = story.last["criminal_case"], story.another("hearing")
    scheduled = {"at": story.later(9), "proceeding": case, "child_to_attend": True, "suspect_expected": False}
    story.tell("hearing_scheduled", scheduled, by="prosecutor", hours=30, subject=hearing)
    measures = {"measures": ["video_link", "separate_entrance", "closed_hearing"]}
    story.tell("hearing_protected", measures, by="prosecutor", hours=20, subject=hearing)
    held = {
        "proceeding": case,
        "child_present": True,
        "suspect_present": False,
        "closed": True,
        "support_present": True,
        "lawyer_present": True,
    }
    story.tell("hearing_held", held, by="prosecutor", hours=190, subject=hearing)


def hearings_ahead(story: Story) -> None:
    """What the calendar shows of the weeks to come: a hearing of each proceeding, an interview."""
    for number in range(1, story.numbers.get("proceeding", 0) + 1):
        if not story.happens(0.7):
            continue
        case = f"proceeding-{number}"
        hearing = story.another("hearing")
        scheduled = {
            "at": story.coming(1, 45),
            "proceeding": case,
            "child_to_attend": story.happens(0.4),
            "suspect_expected": False,
        }
        story.tell("hearing_scheduled", scheduled, by="prosecutor", hours=3, subject=hearing)
        if story.happens(0.5):
            measures = {"measures": ["video_link", "closed_hearing"]}
            story.tell("hearing_protected", measures, by="prosecutor", hours=2, subject=hearing)


def dates_to_come(story: Story) -> None:
    """An interview and hearings of the weeks to come; for some children two things on one day."""
    case = story.another("proceeding")
    story.tell(
        "proceeding_opened", {"proceeding_kind": "criminal_victim"}, by="prosecutor", hours=5, subject=case
    )
    day = story.coming(3, 25)
    interview = {
        "at": day,
        "purpose": "investigative",
        "premises": "barnahus",
        "interviewer_trained": True,
        "companion_expected": True,
        "to_be_recorded": True,
        "suspect_expected": False,
        "questions_from": ["police", "child_protection_service", "guardian"],
        "proceeding": case,
    }
    story.tell("interview_planned", interview, by="police", hours=3, subject=story.another("interview"))
    if story.happens(0.4):
        family = story.another("proceeding")
        story.tell("proceeding_opened", {"proceeding_kind": "family"}, hours=3, subject=family)
        hearing = {
            "at": f"{day[:10]}T15:00",
            "proceeding": family,
            "child_to_attend": True,
            "suspect_expected": False,
        }
        story.tell("hearing_scheduled", hearing, hours=2, subject=story.another("hearing"))
    hearings_ahead(story)
