"""Keeping and erasing: legal holds, and erasures that one person asked for, a second decided and a job carried out."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.code import BASIS, Code, MaybeCode, holds_codes
from encircle.records.models.data_key import DataKey
from encircle.records.models.person import Person
from encircle.records.models.root import Root


class LegalHold(models.Model):
    """Nothing of this record is erased while it runs: a proceeding needs it, or the child asked for it."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    basis = Code()
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_by = MaybeCode()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.BinaryField()
    """In the words of who set it. Sealed."""

    class Meta:
        db_table = "legal_hold"
        constraints = (
            holds_codes("legal_hold", "ended_by"),
            holds_codes("legal_hold", "basis", pattern=BASIS, rule="a_basis"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="legal_hold_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=("root", "until"), name="legal_hold_of_root"),)

    def __str__(self) -> str:
        return str(self.id)


class Erasure(models.Model):
    """One erasure of parts of a record. It names no child: the number of the record, codes, times and ids of staff."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    parts = Code(max_length=128)
    """The compartments, joined by colons."""
    ground = Code()
    """The rule of retention, or `asked_for`: the person it is about asked for it."""
    basis = Code()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    dropped_by = MaybeCode()
    done_at = models.DateTimeField(null=True)
    keys = models.SmallIntegerField(null=True)
    """How many keys were destroyed."""
    note = models.BinaryField(null=True)
    """The certificate: a signed note of codes, times and ids."""

    class Meta:
        db_table = "erasure"
        constraints = (
            holds_codes("erasure", "parts", "ground", "dropped_by"),
            holds_codes("erasure", "basis", pattern=BASIS, rule="a_basis"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="erasure_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, keys__isnull=True, note__isnull=True)
                | Q(done_at__isnull=False, keys__isnull=False, note__isnull=False, decided_by__isnull=False),
                name="erasure_done_after_it_was_decided",
            ),
        )
        indexes = (
            models.Index(fields=("root", "asked_at"), name="erasure_of_root"),
            models.Index(
                fields=("decided_at",),
                condition=Q(decided_at__isnull=False, done_at__isnull=True),
                name="erasure_waiting",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
