"""Words for what meetings are coded by: purposes, answers, outcomes, parts of the record. Decides nothing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.vocabulary.field_group import FieldGroup

Words = str | Promise

PURPOSES: Mapping[str, Words] = {
    "before_interview": _("Planning before an interview"),
    "strategy": _("How to protect the child now"),
    "case_review": _("Review of the case"),
    "before_decision": _("Before a decision about the child"),
    "coordination": _("Coordination of proceedings"),
    "emergency": _("Emergency"),
    "discharge": _("Before the child leaves a place of care"),
    "other": _("Another purpose"),
}
HELD_AS: Mapping[str, Words] = {
    "in_person": _("In one room"),
    "video": _("By video"),
    "telephone": _("By telephone"),
    "mixed": _("In one room, some by video or telephone"),
}
ANSWERS: Mapping[str, Words] = {
    "coming": _("Comes"),
    "by_telephone": _("Comes by telephone or video"),
    "not_coming": _("Does not come"),
}
OUTCOMES: Mapping[str, Words] = {
    "done": _("Done"),
    "not_done": _("Not done"),
    "not_needed": _("No longer needed"),
}
PARTS: Mapping[FieldGroup, Words] = {
    FieldGroup.MINIMUM: _("What every agency of the case needs: safety, language, who to call"),
    FieldGroup.ACCOUNT: _("What was done to the child, what the child told"),
    FieldGroup.LOCATION: _("Where the child is"),
    FieldGroup.HEALTH: _("Health of body and mind"),
    FieldGroup.CRIMINAL: _("Suspects and criminal records"),
    FieldGroup.ASYLUM: _("Asylum and residence"),
    FieldGroup.REQUESTS: _("Requests to and from other countries"),
    FieldGroup.VIEWS: _("The child's views and best interests"),
    FieldGroup.INDICATORS: _("Signs and concerns"),
}
"""In which part of the record something belongs, said so that who shares it can choose."""
MINUTES: Mapping[str, Words] = {
    "decisions": _("What was decided, and for which reasons"),
    "childs_views": _("What the child thinks, and how it counted"),
    "guardians_view": _("What the guardian said"),
    "dissent": _("Who disagreed, and why"),
    "remarks": _("Anything else that has to be kept"),
}
