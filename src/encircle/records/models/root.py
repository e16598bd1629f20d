"""Roots: a concern or a child, or an agency or the installation itself; everything else hangs on one of them."""

from django.db import models

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, holds_codes


class Root(models.Model):
    """A concern (maybe no child yet) or a child (nameless, unknown, not yet born: then it has few facts).

    Or an agency's own record, or that of the installation, in which nothing of a child stands. A root has no name.
    """

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
                condition=models.Q(kind__in=("child", "concern", "agency", "installation")),
                name="root_is_of_a_known_kind",
            ),
        )
        indexes = (models.Index(fields=("-made_at", "id"), name="root_newest"),)

    def __str__(self) -> str:
        return self.number
