"""Subjects: the things around a child that facts are about. Kind and episode only; all else is facts."""

from django.db import models

from encircle.records.models.code import Code, holds_codes
from encircle.records.models.root import Root


class Subject(models.Model):
    """One proceeding, placement, interview, guardian ... of one root; the root itself is a subject too."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")
    kind = Code()
    episode = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The period of exploitation or risk to which it belongs: a subject of kind episode."""
    made_at = models.DateTimeField()

    class Meta:
        db_table = "subject"
        constraints = (holds_codes("subject", "kind"),)

    def __str__(self) -> str:
        return str(self.id)
