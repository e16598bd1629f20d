"""Linked identities: at which provider somebody may also sign in, by its own word for them. Never by a mail address."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from encircle.records.models.code import Code, holds_codes


class LinkedIdentity(models.Model):
    """One identity of one account. Issuer and subject together name it; neither alone means anything."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    linked_by = Code()
    """How: `self`, by who was signed in already; `invitation`."""
    linked_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "linked_identity"
        constraints = (
            holds_codes("linked_identity", "linked_by"),
            models.UniqueConstraint(
                fields=("issuer", "subject"), condition=Q(ended_at=None), name="identity_opens_one_account"
            ),
            models.UniqueConstraint(
                fields=("account", "issuer"),
                condition=Q(ended_at=None),
                name="account_has_one_of_each_issuer",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
