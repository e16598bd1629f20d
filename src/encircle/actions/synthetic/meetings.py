"""Meetings of the agencies around a child: some told in full, from the call to what became of the actions; one ahead."""

from encircle.actions.synthetic.country import ROLES
from encircle.actions.synthetic.story import Story
from encircle.vocabulary.facts.kind import Kind

AT_THE_TABLE = 4
_AGENDA = "What each agency knows\nWhat the child wishes\nWho does what by when"
_DECISIONS = (
    "The plan stays as it is. One adult tells the child what happens next.",
    "School and transport begin next week. The next review is in three months.",
    "The interview takes place in a quiet house, with the companion the child has chosen.",
)
_VIEWS = (
    "Wants to know each date in advance.",
    "Likes the school and wants to stay there.",
    "Asks that one person speaks for all.",
)
_TASKS = (
    ("social", "Talk through the plan with the child"),
    ("police", "Say when the interview can take place"),
    ("school", "Keep a place in the language class"),
    ("health", "Give an appointment at a time without school"),
)
_SHARED = {
    "police": (
        "F",
        "The inquiry goes on; nobody of the other side knows the address.",
        "Police law: to avert a danger",
    ),
    "school": ("M", "The child comes each day and has found friends.", "School law: to keep the pupil safe"),
    "health": (
        "H",
        "The child sleeps better since the room is quiet.",
        "Health care law: to prevent harm to a child",
    ),
}


def before_interview(story: Story) -> None:
    """The meeting in which the agencies agree how the child is heard, once for all of them."""
    _met(story, "before_interview", told_in_full=0.4)


def planned_in_full(story: Story) -> None:
    """The same, always told from the call to the plan."""
    _met(story, "before_interview", told_in_full=1.0)


def reviewed_together(story: Story) -> None:
    """A meeting of all agencies with a plan."""
    _met(story, "case_review", told_in_full=0.5)


def ahead(story: Story) -> None:
    """A meeting in the weeks to come: called, the agencies invited, not all have answered."""
    invited = _called(story, "coordination", at=story.coming(1, 30))
    for kind, participant in invited[1:]:
        if story.happens(0.6):
            answer = {"answer": story.one_of("coming", "coming", "by_telephone", "not_coming")}
            story.tell("participant_answered", answer, by=kind, hours=3, subject=participant)


def _met(story: Story, purpose: str, *, told_in_full: float) -> None:
    if not story.happens(told_in_full):
        meeting = story.another("meeting")
        story.tell("meeting_held", _held(story, purpose, _at_the_table(story)), hours=20, subject=meeting)
        return
    invited = _called(story, purpose, at=story.later(4))
    meeting = story.last[Kind.MEETING.value]
    absent = story.chance.choice(invited[1:])[1] if len(invited) > 2 and story.happens(0.3) else None
    for kind, participant in invited[1:]:
        answer = {"answer": "not_coming" if participant == absent else "coming"}
        story.tell("participant_answered", answer, by=kind, hours=3, subject=participant)
    came = [kind for kind, participant in invited if participant != absent]
    story.tell("meeting_held", _held(story, purpose, came), hours=70, subject=meeting)
    for _, participant in invited:
        story.tell("participant_came", {"present": participant != absent}, hours=0.1, subject=participant)
    _shared(story, invited)
    minutes = {"decisions": story.one_of(*_DECISIONS), "childs_views": story.one_of(*_VIEWS)}
    story.tell("meeting_minuted", minutes, hours=3, subject=meeting)
    _agreed(story, meeting, came)


def _called(story: Story, purpose: str, *, at: str) -> list[tuple[str, str]]:
    """The kinds of agencies that are invited, each with its place at the table."""
    invites, meeting = _at_the_table(story), story.another("meeting")
    how = story.one_of("in_person", "video", "mixed")
    called = {"at": at, "purpose": purpose, "held_as": how, "agenda": _AGENDA}
    story.tell("meeting_called", called, hours=20, subject=meeting)
    invited = []
    for kind in invites:
        participant = story.another("participant")
        asked = {"meeting": meeting, "agency": story.agency(kind), "role": ROLES[kind].value}
        story.tell("participant_invited", asked, hours=0.1, subject=participant)
        invited.append((kind, participant))
    return invited


def _at_the_table(story: Story) -> list[str]:
    """The child protection service first, then those who have said something so far."""
    return list(dict.fromkeys(("social", *story.said)))[:AT_THE_TABLE]


def _held(story: Story, purpose: str, came: list[str]) -> dict[str, object]:
    return {
        "purpose": purpose,
        "agencies": len(came),
        "attended": [ROLES[kind].value for kind in came],
        "minutes": True,
        "plan": True,
        "calendar_joined": True,
        "guardian_heard": story.happens(0.6),
    }


def _shared(story: Story, invited: list[tuple[str, str]]) -> None:
    for kind, participant in invited:
        if kind in _SHARED and story.happens(0.5):
            part, content, basis = _SHARED[kind]
            shared = {"content": content, "legal_basis": basis, "part": part}
            story.tell("participant_shared", shared, by=kind, hours=0.3, subject=participant)


def _agreed(story: Story, meeting: str, came: list[str]) -> None:
    for kind, task in _TASKS:
        if kind not in came or not story.happens(0.6):
            continue
        action = story.another("action")
        agreed = {
            "task": task,
            "agency": story.agency(kind),
            "due": story.day(story.chance.choice((2, 10, 14))),
            "meeting": meeting,
        }
        story.tell("action_agreed", agreed, hours=0.3, subject=action)
        if story.happens(0.6):
            story.tell("action_ended", {"outcome": "done"}, by=kind, hours=60, subject=action)
