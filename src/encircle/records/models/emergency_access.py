"""Emergency accesses: who opened a record of others in an emergency, why, until when, and what a second person found."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import MaybeCode, holds_codes
from encircle.records.models.data_key import DataKey
from encircle.records.models.membership import Membership
from encircle.records.models.person import Person
from encircle.records.models.root import Root


class EmergencyAccess(models.Model):
    """One opening. The membership that it made says until when the record is open; this row stays."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    began_at = models.DateTimeField(db_default=Now())
    review_by = models.DateTimeField(null=True)
    """Until when a second person looks at it; nothing, where the practice of the country sets no number."""
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.BinaryField()
    """In the words of who opened it. Sealed."""
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    found = MaybeCode()
    """needed, or not_needed."""
    review = models.BinaryField(null=True)
    """What the second person wrote. Sealed."""

    class Meta:
        db_table = "emergency_access"
        constraints = (
            holds_codes("emergency_access", "found"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("person")),
                name="emergency_access_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, found__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, found__isnull=False),
                name="emergency_access_reviewed_as_a_whole",
            ),
        )
        indexes = (
            models.Index(fields=("root", "began_at"), name="emergency_access_of_root"),
            models.Index(fields=("agency", "began_at"), name="emergency_access_of_agency"),
        )

    def __str__(self) -> str:
        return str(self.id)
