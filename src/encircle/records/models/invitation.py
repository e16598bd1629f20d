"""Invitations of staff: a code handed over in person, with which a colleague makes their own sign-in, once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, holds_codes


class Invitation(models.Model):
    """One invitation into one role at one agency. The code itself is nowhere."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = Code()
    given_name = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    code_hash = models.BinaryField(unique=True)
    made_by = Code()
    """The person who invites, or `operator`."""
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The sign-in that was made with it."""
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "invitation"
        constraints = (
            holds_codes("invitation", "role", "made_by"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_used_or_revoked",
            ),
        )
        indexes = (models.Index(fields=("agency", "made_at"), name="invitation_of_agency"),)

    def __str__(self) -> str:
        return str(self.id)
