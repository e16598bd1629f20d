"""Rows of the duty ledger: derived from facts and law; may be deleted and rebuilt. Never the text."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from encircle.records.models.agency import Agency
from encircle.records.models.code import CODE, RULE, RULE_LENGTH, Code, holds_codes
from encircle.records.models.person import Person
from encircle.records.models.root import Root
from encircle.records.models.subject import Subject


class DutyRow(models.Model):
    """One duty as it stood when it was last computed; at `next_change_at` time alone changes it."""

    id = models.BigAutoField(primary_key=True)
    scope = Code()
    root = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Who owes it, where the role of the law is known as an agency."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    code = models.CharField(max_length=RULE_LENGTH)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The interview, decision or proceeding for which it stands."""
    pack = models.CharField(max_length=64)
    """Pack and version by which it was computed: ee@2026.11."""
    state = Code()
    owner = Code()
    kind = Code()
    """law, sop, unverified or words."""
    urgency = models.SmallIntegerField(null=True)
    """Its place in a work list (records.projection.Urgency): 0 is late; nothing, where nobody has to do anything."""
    late = models.BooleanField(db_default=False)
    """Met after its deadline."""
    raised_at = models.DateTimeField(null=True)
    due_earliest = models.DateTimeField(null=True)
    due_latest = models.DateTimeField(null=True)
    next_change_at = models.DateTimeField(null=True)
    missing = ArrayField(models.CharField(max_length=64), default=list)
    """Evidence not yet given, by its codes."""
    unknown = ArrayField(models.CharField(max_length=64), default=list)
    """Fact types that would settle what is unknown."""
    by_facts = ArrayField(models.UUIDField(), default=list)
    through_seq = models.BigIntegerField()
    """The last fact that was taken into account when this row last changed."""
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "duty_row"
        constraints = (
            holds_codes("duty_row", "scope", "state", "owner", "kind"),
            holds_codes("duty_row", "code", pattern=RULE, rule="a_rule"),
            holds_codes("duty_row", "pack", pattern=CODE.replace("_.:-", "_.:@-"), rule="a_pack"),
            models.CheckConstraint(condition=Q(root__isnull=False), name="duty_row_has_its_root"),
            models.UniqueConstraint(
                fields=("root", "agency", "person", "code", "subject"),
                nulls_distinct=False,
                name="duty_row_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("agency", "urgency", "due_latest", "raised_at", "id"),
                name="duty_row_work_list",
                condition=Q(urgency__isnull=False),
            ),
            models.Index(
                fields=("owner", "urgency", "due_latest", "raised_at", "id"),
                name="duty_row_without_agency",
                condition=Q(agency__isnull=True, urgency__isnull=False),
            ),
            models.Index(
                fields=("urgency", "due_latest", "root"),
                name="duty_row_missing",
                condition=Q(urgency__isnull=False, code__in=("D31", "D32", "D31-return")),
            ),
            models.Index(fields=("next_change_at",), name="duty_row_next_change"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.state}"
