"""Alarms of prohibitions: derived; may be deleted and rebuilt. What was done about one is a fact."""

from django.db import models

from encircle.records.models.agency import Agency
from encircle.records.models.code import CODE, RULE, RULE_LENGTH, Code, MaybeCode, holds_codes
from encircle.records.models.fact import FactRow
from encircle.records.models.root import Root
from encircle.records.models.subject import Subject


class AlarmRow(models.Model):
    """Something happened that may not happen: raised by a fact, until cleared or acknowledged by another."""

    id = models.BigAutoField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=RULE_LENGTH)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    pack = models.CharField(max_length=64)
    state = Code()
    at = models.DateTimeField(null=True)
    """As early as it can have been; nothing, where the record does not say when."""
    by_fact = models.ForeignKey(
        FactRow, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Who acted: its case lead and supervisor are told."""
    override = MaybeCode()
    """Who may set the prohibition aside: by_construction, never, two_persons."""
    settled_by = models.ForeignKey(
        FactRow, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The fact that cleared or acknowledged it."""
    escalated = models.SmallIntegerField(db_default=0)
    """How many times it went one desk higher."""
    next_change_at = models.DateTimeField(null=True)
    through_seq = models.BigIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "alarm_row"
        constraints = (
            holds_codes("alarm_row", "state", "override"),
            holds_codes("alarm_row", "code", pattern=RULE, rule="a_rule"),
            holds_codes("alarm_row", "pack", pattern=CODE.replace("_.:-", "_.:@-"), rule="a_pack"),
            models.UniqueConstraint(
                fields=("root", "code", "subject"), nulls_distinct=False, name="alarm_row_once"
            ),
        )
        indexes = (
            models.Index(
                "agency",
                models.F("at").desc(nulls_last=True),
                "id",
                name="alarm_row_raised",
                condition=models.Q(state="raised"),
            ),
            models.Index(fields=("next_change_at",), name="alarm_row_next_change"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.state}"
