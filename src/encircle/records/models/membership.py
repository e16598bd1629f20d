"""Memberships: which agency, and who in it, stands in which relation to a root, from when until when."""

from django.db import models

from encircle.records.models.agency import Agency
from encircle.records.models.code import BASIS, Code, MaybeCode, holds_codes
from encircle.records.models.person import Person
from encircle.records.models.root import Root
from encircle.records.models.subject import Subject


class Membership(models.Model):
    """An agency sees a root while it has a membership that has begun and not ended."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Only this person of the agency; nobody named: the agency's team."""
    relation = Code()
    """opener, team, case_lead, guardian, lawyer, referred, supervisor ..."""
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Only for this subject: the proceeding in which a lawyer acts."""
    basis = MaybeCode()
    """The act on which the agency takes part."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    added_by = MaybeCode()
    ended_by = MaybeCode()

    class Meta:
        db_table = "membership"
        constraints = (
            holds_codes("membership", "relation", "added_by", "ended_by"),
            holds_codes("membership", "basis", pattern=BASIS, rule="a_basis"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(relation="offered"), name="membership_is_more_than_an_offer"
            ),
        )
        indexes = (
            models.Index(fields=("root", "agency", "until"), name="membership_of_root"),
            models.Index(fields=("agency", "until", "root"), name="membership_of_agency"),
        )

    def __str__(self) -> str:
        return str(self.id)
