"""Decisions in the best interests of a child: what the child said, what was weighed, and the way to a durable solution."""

from encircle.actions.synthetic.story import Story

_WORDS = (
    "I want to stay near my school.",
    "I would like to see my aunt on Sundays.",
    "I want to know who decides.",
    "I like it here and want to learn the language.",
)


def decided(story: Story) -> None:
    """A decision from proposal to answer: the child is heard first, and told afterwards."""
    kind = story.one_of("placement", "services", "education", "family_contact")
    decision, view = story.another("decision"), story.another("view")
    proposed = {
        "decision_kind": kind,
        "formal": True,
        "proposed_by_role": "child_protection_service",
        "decide_by": story.day(14),
    }
    story.tell("decision_proposed", proposed, hours=40, subject=decision)
    heard = {"decision": decision, "method": "direct", "words": story.one_of(*_WORDS)}
    story.tell("view_heard", heard, hours=20, subject=view, said_by="child")
    followed = {
        "followed": story.one_of("fully", "fully", "partly"),
        "weighing_reasons": "It was talked over.",
    }
    story.tell("view_weighed", followed, hours=20, subject=view)
    elements = {
        "elements": ["views", "identity", "health", "education", "care_protection_safety"],
        "formal": True,
        "options_compared": 2,
        "guardian_heard": True,
        "balance": "What the child wishes and needs points the same way.",
    }
    story.tell("interests_assessed", elements, hours=10, subject=decision)
    made = {
        "decision_kind": kind,
        "made_by_role": "child_protection_service",
        "outcome": "ordered",
        "reasons": "It keeps the child safe and follows the child's wish.",
        "in_writing": True,
        "duration_set": True,
        "individual_plan": True,
        "alternatives_compared": True,
        "review_due": story.day(90),
        "remedy_given": True,
        "remedy_until": story.day(30),
    }
    story.tell("decision_made", made, hours=20, subject=decision)
    story.tell("view_answered", {"decision": decision}, hours=4, subject=view)
    told = {"topics": ["decision", "remedy"], "decision": decision, "form": "talk", "understood": "fully"}
    story.tell("information_given", told, hours=2, subject=story.another("information"))


def identified(story: Story) -> None:
    """The trafficking assessment and the status that follows from it."""
    found = {
        "assessment_kind": "trafficking",
        "qualified": True,
        "made_by_roles": ["identification_authority"],
        "finding": "trafficked",
        "reasons": "Act and purpose are established.",
    }
    story.tell("assessment_made", found, by="police", hours=60, subject=story.another("assessment"))
    status = {"status": "identified_victim", "set_by_role": "identification_authority"}
    story.tell("status_set", status, by="police", hours=20)


def placement_reviewed(story: Story) -> None:
    """The place where the child lives is looked at again."""
    reviewed = {"by_court": True, "continued": True, "individual_plan": True, "review_due": story.day(90)}
    story.tell("placement_reviewed", reviewed, hours=60, subject=story.last["placement"])


def solution_found(story: Story) -> None:
    """The durable solution, its beginning, and what comes after the 18th birthday."""
    decision = story.another("decision")
    assessed = {
        "elements": ["views", "identity", "family_and_relations", "security_against_traffickers"],
        "formal": True,
        "options": ["local_integration", "family_reunification"],
        "options_compared": 2,
        "guardian_heard": True,
        "lawyer_heard": True,
    }
    story.tell("interests_assessed", assessed, hours=60, subject=decision)
    made = {
        "decision_kind": "durable_solution",
        "made_by_role": "child_protection_service",
        "outcome": "ordered",
        "reasons": "The child has put down roots here and wishes to stay.",
        "in_writing": True,
        "alternatives_compared": True,
        "remedy_given": True,
    }
    story.tell("decision_made", made, hours=20, subject=decision)
    told = {"topics": ["durable_solution"], "decision": decision, "form": "talk", "understood": "fully"}
    story.tell("information_given", told, hours=4, subject=story.another("information"))
    story.tell("solution_implemented", {"monitoring_until": story.day(365)}, hours=100, subject=decision)
    covers = {"transition_covers": ["accommodation", "adviser", "school_or_work"]}
    story.tell("transition_planned", covers, hours=20)
