"""The lists of an agency, in their order: derived by triggers from memberships and derived rows; never written by hand."""

from django.db import models

from encircle.records.models.agency import Agency
from encircle.records.models.calendar_row import CalendarRow
from encircle.records.models.root import Root


def _of(model: type[models.Model]) -> models.ForeignKey[models.Model, models.Model]:
    """A reference that the database does not check again: the rows from which it is copied have it checked."""
    return models.ForeignKey(
        model, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )


class RootOfAgency(models.Model):
    """A record in the list of an agency that takes part in it: its place there, and nothing that is shown."""

    pk = models.CompositePrimaryKey("root_id", "agency_id")
    root = _of(Root)
    agency = _of(Agency)
    urgency = models.SmallIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "root_of_agency"
        indexes = (
            models.Index(fields=("agency", "urgency", "due_at", "root"), name="root_of_agency_waiting"),
            models.Index(fields=("agency", "-made_at", "root"), name="root_of_agency_newest"),
        )

    def __str__(self) -> str:
        return f"{self.root_id} {self.agency_id}"


class CalendarOfAgency(models.Model):
    """A row of the calendar in the list of an agency that takes part in its record."""

    pk = models.CompositePrimaryKey("row_id", "agency_id")
    row = models.ForeignKey(
        CalendarRow, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    """Goes with its row, which the database itself sees to."""
    root = _of(Root)
    agency = _of(Agency)
    field_group = models.CharField(max_length=1)
    latest = models.DateTimeField()

    class Meta:
        db_table = "calendar_of_agency"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(field_group__regex="^[A-Z]$"),
                name="calendar_of_agency_holds_a_field_group",
            ),
        )
        indexes = (
            models.Index(fields=("agency", "field_group", "latest", "row"), name="calendar_of_agency_ahead"),
        )

    def __str__(self) -> str:
        return f"{self.row_id} {self.agency_id}"
