"""Roots: a concern or a child; everything else hangs on one of them. A root has no name of its own."""

from django.db import models

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, holds_codes


class Root(models.Model):
    """A concern (maybe no child yet) or a child (nameless, unknown, not yet born: then it has few facts)."""

    id = models.UUIDField(primary_key=True)
    kind = Code()
    number = Code(unique=True)
    """Random, not counted: it tells nobody how many children there are."""
    opened_by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    """Stamped by the database."""

    class Meta:
        db_table = "root"
        constraints = (
            holds_codes("root", "number"),
            models.CheckConstraint(
                condition=models.Q(kind__in=("child", "concern")), name="root_is_a_child_or_a_concern"
            ),
        )
        indexes = (models.Index(fields=("-made_at", "id"), name="root_newest"),)

    def __str__(self) -> str:
        return self.number
