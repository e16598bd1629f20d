"""Tokens of agencies for the API: what each may be used for, until when; and which requests it has sent, as hashes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, holds_codes


class ApiToken(models.Model):
    """A program of an agency works with it, in one role. The secret itself is kept by nobody but the agency."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = Code()
    name = Code()
    """What the agency calls the program."""
    made_by = Code()
    purposes = ArrayField(models.CharField(max_length=64))
    field_groups = ArrayField(models.CharField(max_length=1))
    """No more is opened by it than these, whatever the mandate of the role would open."""
    secret_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    last_used_hour = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"
        constraints = (
            holds_codes("api_token", "role", "name", "made_by"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="api_token_expires_after_it_was_made"
            ),
        )
        indexes = (models.Index(fields=("agency", "made_at"), name="api_token_of_agency"),)

    def __str__(self) -> str:
        return str(self.id)


class ApiRequest(models.Model):
    """A key that a program gave to a request, and what it sent with it: both as hashes keyed by the secret."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+", db_index=False)
    key_hash = models.BinaryField()
    said_hash = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "api_request"
        constraints = (models.UniqueConstraint(fields=("token", "key_hash"), name="api_request_once"),)
        indexes = (models.Index(fields=("token", "made_at"), name="api_request_of_token"),)

    def __str__(self) -> str:
        return str(self.pk)
