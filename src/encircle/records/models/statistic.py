"""Published statistics: the ledger of releases and their figures, after disclosure control. Counts are never in it."""

from django.db import models
from django.db.models.functions import Now

from encircle.records.models.code import CODE, RULE, Code, holds_codes

CODE_OR_RULE = f"({CODE})|({RULE})"
A_PACK = CODE.replace("_.:-", "_.:@-")


class StatisticRelease(models.Model):
    """All tables of one period, made once and never changed: when, by which method, by which law."""

    id = models.UUIDField(primary_key=True)
    period = Code(unique=True)
    """The quarter at whose end was counted: 2026-q3."""
    method = Code()
    """How small numbers are protected: rounding:5."""
    pack = models.CharField(max_length=64)
    tables = models.SmallIntegerField()
    digest = models.BinaryField()
    """SHA-256 of all figures in their order: who keeps it can show that none was changed."""
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "statistic_release"
        constraints = (
            holds_codes("statistic_release", "period", "method"),
            holds_codes("statistic_release", "pack", pattern=A_PACK, rule="a_pack"),
        )

    def __str__(self) -> str:
        return self.period


class StatisticCell(models.Model):
    """One published figure. The id keeps the order of the codes."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(
        StatisticRelease, on_delete=models.PROTECT, related_name="cells", db_index=False
    )
    table_code = Code()
    row_code = Code()
    column_code = Code()
    figure = models.IntegerField()

    class Meta:
        db_table = "statistic_cell"
        constraints = (
            holds_codes("statistic_cell", "table_code", "column_code"),
            holds_codes("statistic_cell", "row_code", pattern=CODE_OR_RULE, rule="a_code_or_rule"),
            models.CheckConstraint(
                condition=models.Q(figure__gte=0), name="statistic_cell_is_no_less_than_none"
            ),
            models.UniqueConstraint(
                fields=("release", "table_code", "row_code", "column_code"), name="statistic_cell_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.table_code} {self.row_code} {self.column_code}"
