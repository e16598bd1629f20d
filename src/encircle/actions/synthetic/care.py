"""Where children live and who stands beside them: places, guardians, lawyers, health, school."""

from encircle.actions.synthetic.story import Story

_STREETS = ("Birch", "Harbour", "Juniper", "Mill", "Orchard", "Paper")
_TODAY_TOO = 0.8


def placed(story: Story) -> None:
    """A safe place, checked before, and the first help."""
    kind = story.one_of("childrens_home", "foster", "shelter", "relatives", "crisis_centre")
    placement, place = story.another("placement"), story.another("place")
    if story.happens(0.85):
        considered = {"considered": ["known_addresses", "telephones"], "safe": "safe"}
        story.tell("placement_risk_assessed", considered, hours=2, subject=placement)
    address = f"{story.one_of(*_STREETS)} Street {story.chance.randint(1, 90)} (invented)"
    story.tell("place_recorded", {"address": address}, hours=0.5, subject=place)
    started = {
        "placement_kind": kind,
        "vetted": story.happens(0.9),
        "adults_present": False,
        "place": place,
        "duration_set": True,
        "individual_plan": story.happens(0.7),
        "review_due": story.day(90),
    }
    story.tell("placement_started", started, hours=1, subject=placement)
    service = {"service_kind": "counselling", "conditions": ["none"], "for_whom": "child"}
    story.tell("service_started", service, hours=12, subject=story.another("service"))


def accompanied(story: Story) -> None:
    """A guardian who met the child, and a lawyer."""
    guardian = story.another("guardian")
    asked = {
        "requested_by_role": "child_protection_service",
        "requested_from": "guardianship_authority",
    }
    story.tell("guardian_requested", asked, hours=2, subject=guardian)
    if story.happens(0.85):
        appointed = {
            "capacity": story.one_of("guardian", "guardian", "provisional"),
            "appointed_by_role": "guardianship_authority",
            "conflict_checked": story.happens(0.93),
            "background_checked": True,
        }
        story.tell("guardian_appointed", appointed, by="guardianship", hours=20, subject=guardian)
        met = {"child_told_role": True, "contact_card_given": True}
        story.tell("guardian_met_child", met, by="guardianship", hours=12, subject=guardian)
    if story.happens(_TODAY_TOO):
        lawyer = story.another("lawyer")
        told = {
            "scope": ["criminal_victim"],
            "chosen_by": "legal_aid_body",
            "paid_by": "legal_aid",
            "free_of_charge": True,
            "trafficking_specialist": story.happens(0.6),
        }
        story.tell("lawyer_appointed", told, hours=10, subject=lawyer)
        story.tell("lawyer_consulted", {"in_confidence": True}, hours=20, subject=lawyer)


def assessed(story: Story) -> None:
    """What the child needs and wishes, looked at by each profession."""
    individual = {
        "assessment_kind": "individual",
        "made_by_roles": ["child_protection_service"],
        "wishes_recorded": True,
        "special_measures": ["companion"],
        "review_due": story.day(60),
    }
    story.tell("assessment_made", individual, hours=20, subject=story.another("assessment"))
    first = {"assessment_kind": "best_interests", "made_by_roles": ["child_protection_service"]}
    story.tell("assessment_made", first, hours=4, subject=story.another("assessment"))
    if story.happens(0.6):
        checked = {"assessment_kind": "health", "made_by_roles": ["health_service"]}
        story.tell("assessment_made", checked, by="health", hours=20, subject=story.another("assessment"))
    if story.happens(0.4):
        need = story.another("health_need")
        noted = {"need": story.one_of("trauma", "screening", "injury"), "urgent": story.happens(0.2)}
        story.tell("health_need_noted", noted, by="health", hours=10, subject=need)
        if story.happens(0.7):
            answered = {"answered_by_role": "health_service", "therapy_begun": True}
            story.tell("health_need_answered", answered, by="health", hours=30, subject=need)
    if story.happens(0.8):
        enrolled = {"language_support": True}
        story.tell("schooling_enrolled", enrolled, by="school", hours=60, subject=story.another("schooling"))
    if story.happens(0.4):
        factor = {"factor": story.one_of("trusted_adult", "friends", "stable_school", "own_plans")}
        story.tell("protective_factor_noted", factor, subject=story.another("protective_factor"))


def missing(story: Story) -> None:
    """A child away from where they should be; most come back while the story is told."""
    gone(story)
    if not story.happens(0.75):
        return
    located(story)
    away = story.last["missing"]
    measures = {"measures": ["return_to_placement"], "child_protection_involved": True}
    story.tell("missing_measures_decided", measures, by="police", hours=2, subject=away)
    returned = {"safe_and_well": True, "treated_as_offence": False}
    story.tell("missing_returned", returned, hours=2, subject=away)
    if story.happens(0.7):
        story.tell("return_interview_held", {"independent": True}, hours=20, subject=away)


def gone(story: Story) -> None:
    """Nobody knows where the child is, and who is told of it."""
    away = story.another("missing")
    story.tell("missing_reported", {"reported_to": "police"}, hours=200, subject=away, at_night=True)
    if story.happens(0.85):
        story.tell("missing_police_reported", {}, by="police", hours=0.3, subject=away, at_night=True)
        danger = {"danger": story.one_of("grave", "possible")}
        story.tell("missing_risk_assessed", danger, by="police", hours=0.4, subject=away, at_night=True)
        told = {"told": ["hotline_116000", "guardian"]}
        story.tell("missing_others_told", told, by="police", hours=0.5, subject=away, at_night=True)


def located(story: Story) -> None:
    """The child is found after an alert."""
    found = {"located_by_role": "police", "alert_hit": True}
    story.tell("missing_located", found, by="police", hours=20, subject=story.last["missing"], at_night=True)
