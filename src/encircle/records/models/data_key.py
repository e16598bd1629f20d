"""Data keys: one for each root and compartment, wrapped. Whoever erases the key erases what it sealed."""

from django.db import models

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.root import Root


class DataKey(models.Model):
    """A wrapped key. An agency has one too, for journal bodies that belong to no root (a search)."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    compartment = Code()
    kept_by = Code(default="installation")
    """installation: wrapped here by the keyring. recipients: sealed to agencies' keys, wrapped is empty."""
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    """From then on it opens but seals nothing new."""
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = MaybeCode()
    destroyed_because = MaybeCode()

    class Meta:
        db_table = "data_key"
        constraints = (
            holds_codes("data_key", "compartment", "kept_by", "destroyed_by", "destroyed_because"),
            models.CheckConstraint(
                condition=models.Q(root__isnull=True, agency__isnull=False)
                | models.Q(root__isnull=False, agency__isnull=True),
                name="data_key_of_a_root_or_an_agency",
            ),
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=False, wrapped__isnull=True)
                | models.Q(destroyed_at__isnull=True, wrapped__isnull=False)
                | models.Q(destroyed_at__isnull=True, kept_by="recipients"),
                name="data_key_destroyed_is_gone",
            ),
            models.UniqueConstraint(
                fields=("root", "compartment"),
                condition=models.Q(retired_at__isnull=True, destroyed_at__isnull=True, root__isnull=False),
                name="data_key_one_in_use_per_root",
            ),
            models.UniqueConstraint(
                fields=("agency", "compartment"),
                condition=models.Q(retired_at__isnull=True, destroyed_at__isnull=True, agency__isnull=False),
                name="data_key_one_in_use_per_agency",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
