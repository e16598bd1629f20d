"""Name keys: a name can be searched for without being stored. What they tell: docs/developer/tables.md."""

from django.db import models

from encircle.records.models.code import Code, holds_codes
from encircle.records.models.fact import FactRow
from encircle.records.models.root import Root


class NameKey(models.Model):
    """The keyed hash of one spelling of one part of a name, or of how it sounds. Erased with the key of the identity."""

    id = models.BigAutoField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")
    fact = models.ForeignKey(FactRow, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = Code()
    """What of the name was hashed: pair, part, sound, start (core/linkage/key.py)."""
    key = models.BinaryField()

    class Meta:
        db_table = "name_key"
        constraints = (
            holds_codes("name_key", "kind"),
            models.UniqueConstraint(fields=("key", "root", "fact", "kind"), name="name_key_once"),
        )

    def __str__(self) -> str:
        return str(self.id)
