"""The situation of a root in codes, for lists and statistics: derived; may be deleted and rebuilt."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from encircle.records.models.agency import Agency
from encircle.records.models.code import CODE, MaybeCode, holds_codes
from encircle.records.models.root import Root


class SituationRow(models.Model):
    """The axes of one child as codes. Names, places, health and free text are never in it."""

    root = models.OneToOneField(Root, on_delete=models.PROTECT, primary_key=True, related_name="+")
    protection = MaybeCode()
    age_basis = MaybeCode()
    parental_care = MaybeCode()
    location = MaybeCode()
    region = MaybeCode()
    case_lead = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    facts = models.IntegerField()
    codes = models.JSONField()
    """Flags, counters, codes and times by attribute name; how many duties and alarms are in which state."""
    urgency = models.SmallIntegerField(null=True)
    """That of its most urgent duty (records.projection.Urgency); nothing, where nobody has to do anything."""
    due_at = models.DateTimeField(null=True)
    """When that duty is due."""
    pack = models.CharField(max_length=64)
    next_change_at = models.DateTimeField(null=True)
    """When time alone can change a row of this root: it is then computed anew. A sweep looks here only."""
    through_seq = models.BigIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "situation_row"
        constraints = (
            holds_codes("situation_row", "protection", "age_basis", "parental_care", "location", "region"),
            holds_codes("situation_row", "pack", pattern=CODE.replace("_.:-", "_.:@-"), rule="a_pack"),
        )
        indexes = (
            models.Index(fields=("region", "protection", "computed_at"), name="situation_row_list"),
            models.Index(fields=("next_change_at",), name="situation_row_next_change"),
            models.Index(fields=("urgency", "due_at", "root"), name="situation_row_waiting"),
            models.Index(
                KT("codes__missing_since__0").desc(nulls_last=True),
                "root",
                condition=Q(location="missing"),
                name="situation_row_missing",
            ),
            GinIndex(fields=("codes",), opclasses=("jsonb_path_ops",), name="situation_row_codes"),
        )

    def __str__(self) -> str:
        return str(self.root_id)
