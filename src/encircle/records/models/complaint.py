"""Complaints: a sealed report that goes to a body which is not the one complained of."""

from django.db import models

from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.report import Report


class Complaint(models.Model):
    """What is open of a complaint beside its report: what kind of agency it is about, by whom, and what became of it."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, primary_key=True, related_name="+")
    about = Code()
    """The role of those complained of; no agency of that role is ever given its key."""
    complainant = Code()
    promised_by = models.DateField(null=True)
    """The day by which an answer was promised; empty, while nobody acknowledged it."""
    acknowledged_hour = models.DateTimeField(null=True)
    outcome = MaybeCode()
    answered_hour = models.DateTimeField(null=True)
    """The hour of the first answer with an outcome."""
    given_on_hour = models.DateTimeField(null=True)
    """When the body gave it on to those complained of, since whoever complained agreed."""

    class Meta:
        db_table = "complaint"
        constraints = (holds_codes("complaint", "about", "complainant", "outcome"),)

    def __str__(self) -> str:
        return str(self.report_id)
