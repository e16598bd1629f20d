"""Credentials of children: who gave a child the code of its own page, how it was checked that this was safe, until when."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.root import Root


class ChildCredential(models.Model):
    """One code, given in person. The code itself is nowhere; of an open page only the hash of its session is here."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    handle_index = models.BinaryField()
    """Keyed hash of the first signs: by them wrong attempts are counted."""
    code_index = models.BinaryField(unique=True)
    """Keyed hash of all signs."""
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    given_by = Code()
    given_at = models.DateTimeField(db_default=Now())
    company = Code()
    """Who was near when it was given, as the giver answered."""
    device = Code()
    """On whose device the child will open it, as the giver answered."""
    revoked_at = models.DateTimeField(null=True)
    revoked_by = MaybeCode()
    used_hour = models.DateTimeField(null=True)
    """The hour of the last use, no more exactly."""
    failed = models.SmallIntegerField(db_default=0)
    slowed_until = models.DateTimeField(null=True)
    session_index = models.BinaryField(null=True)
    session_seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "child_credential"
        constraints = (
            holds_codes("child_credential", "given_by", "company", "device", "revoked_by"),
            models.UniqueConstraint(
                fields=("root",), condition=Q(revoked_at__isnull=True), name="child_credential_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=("handle_index",),
                condition=Q(revoked_at__isnull=True),
                name="child_credential_handle_once",
            ),
            models.UniqueConstraint(fields=("session_index",), name="child_credential_session_once"),
        )

    def __str__(self) -> str:
        return str(self.id)
