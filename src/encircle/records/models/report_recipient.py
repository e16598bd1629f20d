"""Those to whom reports at the door are sealed: agencies, by the key that their people hold together."""

from django.db import models
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, holds_codes


class ReportRecipient(models.Model):
    """An agency that receives reports, from when until when. Its key is the agency's own, see `people_key`."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    enrolled_by = Code()
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    out_of_hours = models.BooleanField(db_default=False)
    """The desk that is there when no other one is."""

    class Meta:
        db_table = "report_recipient"
        constraints = (
            holds_codes("report_recipient", "enrolled_by"),
            models.UniqueConstraint(
                fields=("agency",), condition=models.Q(ended_at=None), name="report_recipient_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
