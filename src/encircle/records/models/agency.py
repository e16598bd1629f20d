"""Agencies: who acts, learns and says. Their names are public."""

from datetime import time

from django.db import models
from django.db.models.functions import Now

from encircle.records.models.code import COUNTRY, Code, MaybeCode, holds_codes


class Agency(models.Model):
    """An authority, service or organisation, here or abroad."""

    id = models.UUIDField(primary_key=True)
    code = Code(unique=True)
    name = models.CharField(max_length=300)
    names = models.JSONField(default=dict)
    """By language, where the name differs."""
    role = Code()
    country = models.CharField(max_length=2)
    region = MaybeCode()
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    notice_address = models.CharField(max_length=300, blank=True)
    """Where messages without content go by day."""
    night_address = models.CharField(max_length=300, blank=True)
    """The duty desk by night."""
    opens_at = models.TimeField(db_default=time(8))
    closes_at = models.TimeField(db_default=time(16))
    """From when until when it is day there, on working days, in the time of its country."""
    hours_set = models.BooleanField(db_default=False)
    """Whether an operator has set these hours; else the desk of reports has those of the practice of its country."""
    passkeys_from = models.DateTimeField(null=True)
    """From when on nobody of it reads sensitive parts without a passkey; nothing: a code is enough."""
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agency"
        constraints = (
            holds_codes("agency", "code", "role", "region"),
            holds_codes("agency", "country", pattern=COUNTRY, rule="country"),
        )

    def __str__(self) -> str:
        return self.code
