"""Sharing agreements: what one agency may share with another, on which basis, until when. Nothing of a child."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import BASIS, Code, MaybeCode, holds_codes
from encircle.records.models.person import Person


class SharingAgreement(models.Model):
    """One agreement. Its terms never change: other terms are another agreement. Each side signs once, either can end it."""

    id = models.UUIDField(primary_key=True)
    giver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    taker = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    field_groups = Code()
    """The letters of the parts, in small, with dots between: h.l."""
    ends = Code(max_length=128)
    """To which ends, with dots between: protect.treat."""
    onward = Code()
    basis = Code()
    first = models.DateField()
    last = models.DateField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField(db_default=Now())
    giver_signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    giver_signed_at = models.DateTimeField(null=True)
    taker_signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    taker_signed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    ended_because = MaybeCode()

    class Meta:
        db_table = "sharing_agreement"
        constraints = (
            holds_codes("sharing_agreement", "field_groups", "ends", "onward", "ended_because"),
            holds_codes("sharing_agreement", "basis", pattern=BASIS, rule="a_basis"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="sharing_agreement_has_two_sides"),
            models.CheckConstraint(
                condition=Q(last__gt=F("first")), name="sharing_agreement_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True, ended_because__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False, ended_because__isnull=False),
                name="sharing_agreement_ended_as_a_whole",
            ),
        )
        indexes = (
            models.Index(fields=("giver", "taker"), name="sharing_agreement_of_giver"),
            models.Index(fields=("taker",), name="sharing_agreement_of_taker"),
        )

    def __str__(self) -> str:
        return str(self.id)
