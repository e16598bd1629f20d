"""Files at the door: sealed pieces, which wait for the form to be sent and belong to the report from then on."""

from django.db import models


class ReportPiece(models.Model):
    """One sealed piece of a file; number 0 is its label, which goes when the form is sent.

    A file is sent when there is a part of the report with its id. What was not sent within a day is swept away.
    """

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField()
    number = models.IntegerField()
    held_by = models.BinaryField()
    """The keyed hash of the form in which it was added, as that of a way-back code."""
    hour = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "report_piece"
        constraints = (models.UniqueConstraint(fields=("file", "number"), name="report_piece_once"),)
        indexes = (
            models.Index(fields=("held_by",), name="report_piece_labels", condition=models.Q(number=0)),
        )

    def __str__(self) -> str:
        return str(self.id)
