"""What is still to be computed anew: parts of all records, each gone through in one transaction."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class RebuildPart(models.Model):
    """Records that wait to be computed anew; the part goes in the transaction that writes their rows.

    `one_by_one`: one of them could not be computed with the others, or is linked to another record.
    """

    id = models.BigAutoField(primary_key=True)
    roots = ArrayField(models.UUIDField())
    one_by_one = models.BooleanField(db_default=False)

    class Meta:
        db_table = "rebuild_part"

    def __str__(self) -> str:
        return str(self.id)
