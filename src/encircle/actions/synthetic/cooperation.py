"""The agencies around one child: a meeting before the interview, what each shares, who does what; and dates to come."""

from encircle.actions.synthetic import proceedings
from encircle.actions.synthetic.story import Story

AGENDA = "\n".join(
    (
        "What each agency has to share",
        "Interview: who asks, who is with the child, interpreter, place, questions of all agencies",
        "Medical examination",
        "Protection and safety",
        "Therapy and crisis support",
        "Who does what, and when",
    )
)
_SHARED = {
    "health": (
        "Can be heard in the mornings, with a break after half an hour.",
        "Health services law, § 4",
        "M",
    ),
    "police": ("The suspects are not in the region this week.", "Police law, § 7", "M"),
    "social": (
        "Sleeps at a place that nobody else knows. Asks for the same person each time.",
        "Child protection law, § 27",
        "V",
    ),
}
_TASKS = (
    ("police", "Book the interview room and the recording"),
    ("social", "Bring the child, and stay until the evening"),
    ("health", "Examine on the same day, in the same house"),
    ("prosecutor", "Send the questions of the defence in writing"),
)


def planned_together(story: Story) -> None:
    """A meeting before the interview that was held: seats, answers, what was shared, the plan, the minutes."""
    meeting = story.another("meeting")
    called = {
        "at": story.later(2),
        "purpose": "before_interview",
        "held_as": story.one_of("in_person", "video", "mixed"),
        "agenda": AGENDA,
    }
    story.tell("meeting_called", called, hours=6, subject=meeting)
    seats = {kind: _invited(story, kind, meeting) for kind in ("social", "police", "health", "prosecutor")}
    for kind in ("police", "health"):
        story.tell("participant_answered", {"answer": "coming"}, by=kind, hours=3, subject=seats[kind])
    for kind, (content, basis, part) in _SHARED.items():
        shared = {"content": content, "legal_basis": basis, "part": part}
        story.tell("participant_shared", shared, by=kind, hours=2, subject=seats[kind])
    held = {
        "purpose": "before_interview",
        "agencies": 4,
        "guardian_heard": story.happens(0.7),
        "calendar_joined": True,
        "plan": True,
        "minutes": True,
    }
    story.tell("meeting_held", held, hours=30, subject=meeting)
    for seat in seats.values():
        story.tell("participant_came", {"present": story.happens(0.9)}, hours=0.1, subject=seat)
    for kind, task in _TASKS:
        _agreed(story, kind, task, meeting)
    minutes = {
        "decisions": "One interview, recorded, in the house for children. The questions of all agencies in one list.",
        "childs_views": "Wants to know who watches, and wants the same person as before.",
        "guardians_view": "Agrees, and asks for a break after half an hour.",
    }
    story.tell("meeting_minuted", minutes, hours=3, subject=meeting)


def dates_to_come(story: Story) -> None:
    """An interview, hearings, the next meeting; for some children two things on one day."""
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
    proceedings.hearings_ahead(story)
    meeting = story.another("meeting")
    called = {"at": story.coming(2, 30), "purpose": "case_review", "held_as": "video"}
    story.tell("meeting_called", called, hours=2, subject=meeting)
    for kind in ("social", "police", "health"):
        _invited(story, kind, meeting)


def _invited(story: Story, kind: str, meeting: str) -> str:
    seat = story.another("participant")
    story.tell(
        "participant_invited", {"meeting": meeting, "agency": story.agency(kind)}, hours=0.1, subject=seat
    )
    return seat


def _agreed(story: Story, kind: str, task: str, meeting: str) -> None:
    """Some are done, some late, some ahead."""
    action = story.another("action")
    due = story.coming(1, 20)[:10] if story.happens(0.6) else story.day(1)
    agreed = {"task": task, "agency": story.agency(kind), "due": due, "meeting": meeting}
    story.tell("action_agreed", agreed, hours=0.1, subject=action)
    if story.happens(0.3):
        story.tell("action_ended", {"outcome": "done"}, by=kind, hours=4, subject=action)
