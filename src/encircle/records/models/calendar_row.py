"""The calendar of a root: derived from facts, may be rebuilt. Deadlines of duties have rows of their own."""

from django.db import models

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.root import Root
from encircle.records.models.subject import Subject


class CalendarRow(models.Model):
    """One hearing, interview, meeting, review ... that is planned or due. What it is about stays sealed in its facts."""

    id = models.BigAutoField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = Code()
    """hearing, interview, action_due, turns_18 ..."""
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    earliest = models.DateTimeField()
    latest = models.DateTimeField()
    lane = MaybeCode()
    """The kind of proceeding to which it belongs."""
    field_group = models.CharField(max_length=1)
    """The part of the record from which it is known: who may not read that, is not shown it."""
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Of an action that was agreed: who has to do it."""
    through_seq = models.BigIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "calendar_row"
        constraints = (
            holds_codes("calendar_row", "code", "lane"),
            models.CheckConstraint(
                condition=models.Q(field_group__regex="^[A-Z]$"), name="calendar_row_holds_a_field_group"
            ),
            models.CheckConstraint(
                condition=models.Q(earliest__lte=models.F("latest")),
                name="calendar_row_earliest_before_latest",
            ),
            models.UniqueConstraint(
                fields=("root", "code", "subject"), nulls_distinct=False, name="calendar_row_once"
            ),
        )
        indexes = (
            models.Index(fields=("field_group", "latest", "id"), name="calendar_row_of_part"),
            models.Index(
                fields=("agency", "latest", "id"),
                name="calendar_row_actions",
                condition=models.Q(agency__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.latest}"
