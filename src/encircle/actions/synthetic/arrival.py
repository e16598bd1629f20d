"""How children come to notice: a concern, who they are, what is believed and decided in the first days."""

from encircle.actions.synthetic.names import SyntheticName, recorded
from encircle.actions.synthetic.story import Story
from encircle.vocabulary.certainty import Certainty

FORMS = (
    ("labour", "recruited", ("L3", "L4", "G4")),
    ("criminal_activities", "recruited", ("C1", "C6", "G19")),
    ("domestic_servitude", "harboured", ("H1", "H3", "G21")),
    ("begging", "transported", ("B1", "B2", "G4")),
    ("sexual", "recruited", ("R2", "G10", "O2")),
)
CHANNELS = {
    "police": "police_report",
    "social": "face_to_face",
    "health": "hospital",
    "school": "school",
}


def found(story: Story, name: SyntheticName) -> None:
    """The first hours: a concern, a name, an age, a language, who cares for the child, what the child is told."""
    by = story.one_of("police", "social", "health", "school")
    story.tell(
        "concern_registered",
        {
            "channel": CHANNELS[by],
            "danger_now": story.happens(0.2),
            "raised_by": "professional",
            "text": "An adult answered for the child. The child did not know the address.",
        },
        by=by,
        subject=story.another("concern"),
        at_night=by in ("police", "health"),
    )
    story.tell("name_recorded", recorded(name), by=by, hours=0.5, said_by="child", at_night=True)
    years = story.chance.choice((11, 13, 14, 15, 15, 16, 16, 17))
    story.tell(
        "age_claimed",
        {"claimed_child": True, "claimed_years": years},
        by=by,
        hours=0.3,
        said_by="child",
        at_night=True,
    )
    story.tell("language_recorded", {"languages": [name.language]}, by=by, hours=0.3, at_night=True)
    care = story.one_of("absent", "absent", "absent", "present", "conflict", "suspected")
    story.tell("parental_care_recorded", {"parental_care": care}, hours=4)
    story.tell("separation_recorded", {"unaccompanied": care == "absent"}, hours=0.5)
    story.tell("information_given", _first_talk(story, name), hours=1, subject=story.another("information"))
    story.tell("origin_recorded", {"nationality": name.nationality}, by=by, hours=3)
    if story.happens(0.25):
        story.tell("age_doubted", {"doubted_because": ["no_document"]}, by="police")
        story.tell("child_presumed", {"presumed_on": ["claim"], "presumed_by_role": "police"}, hours=3)


def believed(story: Story) -> None:
    """What points to trafficking, the decision of the triage team, the status, who leads the case."""
    concern = story.last["concern"]
    form, act, marks = story.chance.choice(FORMS)
    for indicator in marks[: story.chance.randint(1, 3)]:
        story.tell(
            "indicator_noted",
            {"indicator": f"IND-{indicator}"},
            hours=1,
            subject=story.another("indicator"),
            certainty=Certainty.OBSERVED,
        )
    story.tell(
        "indication_recorded", {"element": "act", "act": act}, hours=3, subject=story.another("indication")
    )
    purpose = {"element": "purpose", "form": form}
    story.tell("indication_recorded", purpose, hours=2, subject=story.another("indication"))
    if story.happens(0.5):
        asked = story.one_of("police", "health", "school")
        story.tell(
            "agency_consulted",
            {"asked": story.agency(asked), "answer": "information_given", "concern": concern},
            hours=5,
            subject=story.another("consultation"),
        )
    if story.happens(0.92):
        triaged = {
            "outcome": "presumed_victim",
            "priority": story.one_of("now", "urgent", "planned"),
            "reasons": "Act and purpose are indicated.",
            "decided_by": "triage_team",
            "agencies_consulted": 2,
        }
        story.tell("concern_triaged", triaged, hours=8, subject=concern)
        story.tell("status_set", {"status": "presumed_victim", "set_by_role": "triage_team"}, hours=2)
        lead = {"case_lead": story.agency("social")}
        story.tell("case_lead_named", lead, hours=2)
        referral = story.another("referral")
        story.tell(
            "referral_made",
            {"referred_to": "identification", "referred_by": "child_protection_service", "minimum_set": True},
            hours=4,
            subject=referral,
        )
        if story.happens(0.7):
            story.tell("referral_received", {}, by="police", hours=12, subject=referral)


def _first_talk(story: Story, name: SyntheticName) -> dict[str, object]:
    return {
        "topics": ["first_contact", "rights", "who_will_know"],
        "given_by_role": "child_protection_service",
        "language": name.language,
        "form": story.one_of("talk", "talk_and_leaflet", "easy_read"),
        "understood": story.one_of("fully", "fully", "partly"),
        "age_adapted": True,
    }
