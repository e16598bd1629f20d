"""Those to whom reports at the door are sealed: an agency's public key, and its private key under a passphrase."""

from django.db import models
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, holds_codes


class ReportRecipient(models.Model):
    """An agency that receives reports. A key is never changed: it ends, and another begins."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    public_key = models.BinaryField()
    locked = models.BinaryField()
    """The private key under the passphrase of those who read reports there; the passphrase is nowhere."""
    enrolled_by = Code()
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "report_recipient"
        constraints = (
            holds_codes("report_recipient", "enrolled_by"),
            models.UniqueConstraint(
                fields=("agency",), condition=models.Q(ended_at=None), name="report_recipient_one_key"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
