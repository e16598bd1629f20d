"""Open fields: the few fields of sealed payloads that lists and rules must read without opening them."""

from django.db import models
from django.db.models import Q

from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.fact import FactRow
from encircle.records.models.root import Root
from encircle.records.models.subject import Subject


class OpenField(models.Model):
    """One code, number, flag or time of one fact (of a placement: kind, vetted, adults). Made of facts."""

    id = models.BigAutoField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    fact = models.ForeignKey(FactRow, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    field = Code()
    code = MaybeCode()
    number = models.BigIntegerField(null=True)
    flag = models.BooleanField(null=True)
    earliest = models.DateTimeField(null=True)
    latest = models.DateTimeField(null=True)

    class Meta:
        db_table = "open_field"
        constraints = (
            holds_codes("open_field", "field", "code"),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True, latest__isnull=True)
                | Q(earliest__isnull=False, latest__isnull=False, earliest__lte=models.F("latest")),
                name="open_field_time_has_both_ends",
            ),
        )
        indexes = (
            models.Index(fields=("root", "field"), name="open_field_of_root"),
            models.Index(fields=("fact",), name="open_field_of_fact"),
        )

    def __str__(self) -> str:
        return f"{self.field} of {self.fact_id}"
