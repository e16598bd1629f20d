"""Keeping what came in at the door: legal holds, and erasures that one person asked for, a second decided and a job did.

With a report goes every row that names it. What stays is the erasure: whose, when, how many, and the certificate.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import BASIS, Code, MaybeCode, holds_codes
from encircle.records.models.person import Person
from encircle.records.models.report import Report


class ReportHold(models.Model):
    """This report is not erased while it runs. Why, in words, is nowhere: they would stand beside it unsealed."""

    id = models.UUIDField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    basis = Code()
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_by = MaybeCode()

    class Meta:
        db_table = "report_hold"
        constraints = (
            holds_codes("report_hold", "ended_by"),
            holds_codes("report_hold", "basis", pattern=BASIS, rule="a_basis"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="report_hold_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=("report", "until"), name="report_hold_of_report"),)

    def __str__(self) -> str:
        return str(self.id)


class ReportErasure(models.Model):
    """One erasure of reports, talks or complaints: what of, on which ground, by whom, and once done how many went."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    of = Code()
    """report, talk or complaint."""
    ground = Code()
    """The rule of retention."""
    basis = Code()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    dropped_by = MaybeCode()
    done_at = models.DateTimeField(null=True)
    reports = models.IntegerField(null=True)
    """How many went; fewer than were asked for, where a hold came in between, or somebody wrote."""
    keys = models.IntegerField(null=True)
    """How many sealed keys were destroyed."""
    note = models.BinaryField(null=True)
    """The certificate: a signed note of codes, times and ids of staff."""

    class Meta:
        db_table = "report_erasure"
        constraints = (
            holds_codes("report_erasure", "of", "ground", "dropped_by"),
            holds_codes("report_erasure", "basis", pattern=BASIS, rule="a_basis"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="report_erasure_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, reports__isnull=True, keys__isnull=True, note__isnull=True)
                | Q(
                    done_at__isnull=False,
                    reports__isnull=False,
                    keys__isnull=False,
                    note__isnull=False,
                    decided_by__isnull=False,
                ),
                name="report_erasure_done_after_it_was_decided",
            ),
        )
        indexes = (models.Index(fields=("agency", "of", "asked_at"), name="report_erasure_of_agency"),)

    def __str__(self) -> str:
        return str(self.id)


class ReportToErase(models.Model):
    """One report of an erasure, until that is done or put aside. In one at a time."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+", db_column="report_id"
    )
    erasure = models.ForeignKey(ReportErasure, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "report_to_erase"

    def __str__(self) -> str:
        return str(self.pk)
