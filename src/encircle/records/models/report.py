"""Reports at the door: sealed, before they are stored, to those who may read them."""

from django.db import models

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.root import Root


class Report(models.Model):
    """What is open of a report: hour, region, language, the danger answer and how far it has come."""

    id = models.UUIDField(primary_key=True)
    hour = models.DateTimeField()
    region = Code()
    language = Code()
    danger = Code()
    state = Code()
    code_index = models.BinaryField(unique=True)
    """The keyed hash by which the way-back code finds it; the code itself is nowhere."""
    reply_key = models.BinaryField()
    """The public key to which replies are sealed; its other half is made from the code."""
    concern = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+")
    """The concern that triage opened for it."""
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The desk that answers for it, from its arrival on; any other that reads it may take it over."""
    unread_since = models.DateTimeField(null=True)
    """The hour of the first message that nobody at a desk has opened yet."""
    set_aside_by = MaybeCode()
    """Who proposed that nothing follows; a second person confirms it."""
    because = MaybeCode()
    held = models.BooleanField(db_default=False)
    """It came in a suspected flood, and stands in the held part of the list until somebody takes it out."""
    out_of_hours = models.BooleanField(db_default=False)
    """Somebody is in danger, and it came outside the hours of all desks but those that are there for that."""

    class Meta:
        db_table = "report"
        constraints = (
            holds_codes("report", "region", "language", "danger", "state", "set_aside_by", "because"),
            models.CheckConstraint(
                condition=models.Q(held=False) | ~models.Q(danger="yes"), name="report_in_danger_is_not_held"
            ),
        )
        indexes = (
            models.Index(
                fields=("unread_since",), name="report_unread", condition=models.Q(unread_since__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class ReportSeal(models.Model):
    """The key of a report, sealed to one recipient: an agency of its region, or the holder of the code."""

    id = models.UUIDField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="seals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Empty: the holder of the code."""
    recipient_key = models.BinaryField()
    """The id of the public key to which it is sealed."""
    sealed = models.BinaryField()

    class Meta:
        db_table = "report_seal"
        constraints = (
            models.UniqueConstraint(
                fields=("report", "agency", "recipient_key"), nulls_distinct=False, name="report_seal_once"
            ),
        )
        indexes = (models.Index(fields=("agency", "report"), name="report_seal_of_agency"),)

    def __str__(self) -> str:
        return str(self.id)


class ReportPart(models.Model):
    """One sealed part: the account, a reply in either direction, a file. Added, never changed."""

    id = models.UUIDField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="parts")
    kind = Code()
    by_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Empty: from the one who reported."""
    hour = models.DateTimeField()
    sealed = models.BinaryField()
    """Under the report's key; of a file, where it lies and what opens it."""

    class Meta:
        db_table = "report_part"
        constraints = (holds_codes("report_part", "kind"),)

    def __str__(self) -> str:
        return str(self.id)
