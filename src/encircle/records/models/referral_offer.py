"""Offers: referrals that wait for their answer. The agency sees what is asked, and nothing of the record until it accepts."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import BASIS, Code, MaybeCode, holds_codes
from encircle.records.models.root import Root
from encircle.records.models.subject import Subject


class ReferralOffer(models.Model):
    """One offer. Only codes: what is asked, for what, how soon, for a child of about which age."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The referral on record of which it is the offer."""
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Who is asked."""
    giver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    offered_by = Code()
    offered_at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    """Until when it can be accepted."""
    asked = Code()
    need = Code()
    urgency = Code()
    age = Code()
    basis = Code()
    """The act on which the agency takes part once it has accepted."""
    outcome = MaybeCode()
    because = MaybeCode()
    """Why it was declined."""
    ended_at = models.DateTimeField(null=True)
    ended_by = MaybeCode()

    class Meta:
        db_table = "referral_offer"
        constraints = (
            holds_codes(
                "referral_offer",
                "asked",
                "need",
                "urgency",
                "age",
                "outcome",
                "because",
                "offered_by",
                "ended_by",
            ),
            holds_codes("referral_offer", "basis", pattern=BASIS, rule="a_basis"),
            models.CheckConstraint(condition=~Q(agency=F("giver")), name="referral_offer_is_to_another"),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, ended_at__isnull=True, ended_by__isnull=True)
                | Q(outcome__isnull=False, ended_at__isnull=False, ended_by__isnull=False),
                name="referral_offer_ends_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(because__isnull=True) | Q(outcome="declined"),
                name="referral_offer_declined_with_a_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=("agency", "until"),
                condition=Q(outcome__isnull=True),
                name="referral_offer_waiting",
            ),
            models.Index(fields=("root", "offered_at"), name="referral_offer_of_root"),
        )

    def __str__(self) -> str:
        return str(self.id)
