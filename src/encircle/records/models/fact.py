"""Facts: rows that are only ever added. The payload is sealed; beside it stand ids, codes and times."""

from django.db import models
from django.db.models import F, Q

from encircle.records.models.agency import Agency
from encircle.records.models.code import ZONE, Code, MaybeCode, holds_codes
from encircle.records.models.data_key import DataKey
from encircle.records.models.root import Root
from encircle.records.models.subject import Subject

WRITTEN_BY_A_CHILD = Q(recorded_by="childs_page", type__in=("view_heard", "complaint_made"))
"""What was written on a child's own page."""
ACCOUNT_TAKEN = Q(type__in=("interview_held", "account_told", "return_interview_held"))
"""That somebody took the account of a child: counted by agency and time."""


class FactRow(models.Model):
    """One fact. Rows come in by records.facts alone; the database stamps who recorded it when."""

    id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(editable=False)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The root itself for facts about the child; the fact's own id, if the first word about a new thing."""
    type = Code()
    happened_earliest = models.DateTimeField()
    happened_latest = models.DateTimeField()
    precision = Code()
    zone = models.CharField(max_length=64)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    """The source: who says so."""
    said_by = MaybeCode()
    certainty = Code()
    field_group = models.CharField(max_length=1)
    regime = Code()
    compartment = Code()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    version_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdraws = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    matter = models.UUIDField(editable=False)
    """Root, type and subject in one; a withdrawal belongs to the matter of what it withdraws."""
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The last fact of the matter that the writer had read."""
    payload_format = models.SmallIntegerField()
    payload = models.BinaryField()
    received_in = models.UUIDField(null=True)
    """The message of another installation that brought it."""
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = Code(editable=False)
    recorded_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )

    class Meta:
        db_table = "fact"
        constraints = (
            holds_codes(
                "fact", "type", "precision", "said_by", "certainty", "regime", "compartment", "recorded_by"
            ),
            holds_codes("fact", "zone", pattern=ZONE, rule="a_zone"),
            holds_codes("fact", "field_group", pattern="^[A-Z]$", rule="a_field_group"),
            models.CheckConstraint(
                condition=Q(happened_earliest__lte=F("happened_latest")),
                name="fact_happened_earliest_before_latest",
            ),
            models.CheckConstraint(
                condition=Q(happened_earliest__lte=F("recorded_at")),
                name="fact_not_recorded_before_it_happened",
            ),
            models.CheckConstraint(
                condition=Q(type="withdrawal", withdraws__isnull=False)
                | (~Q(type="withdrawal") & Q(withdraws__isnull=True)),
                name="fact_withdrawal_names_a_fact",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, version_of__isnull=True)
                | Q(corrects__isnull=True, withdraws__isnull=True)
                | Q(version_of__isnull=True, withdraws__isnull=True),
                name="fact_refers_to_one_other",
            ),
            models.UniqueConstraint(
                fields=("matter", "follows"), nulls_distinct=False, name="fact_followed_once"
            ),
        )
        indexes = (
            models.Index(fields=("root", "seq"), name="fact_of_root"),
            models.Index(
                fields=("root", "recorded_at"), name="fact_childs_words", condition=WRITTEN_BY_A_CHILD
            ),
            models.Index(
                fields=("recorded_at",), name="fact_childs_words_newest", condition=WRITTEN_BY_A_CHILD
            ),
            models.Index(
                fields=("agency", "happened_earliest"), name="fact_account_taken", condition=ACCOUNT_TAKEN
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class LearntRow(models.Model):
    """An agency came to know a fact: rows that are only ever added."""

    id = models.BigAutoField(primary_key=True)
    fact = models.ForeignKey(FactRow, on_delete=models.PROTECT, related_name="+", db_index=False)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = Code(editable=False)

    class Meta:
        db_table = "fact_learnt"
        constraints = (
            holds_codes("fact_learnt", "recorded_by"),
            models.UniqueConstraint(fields=("fact", "agency", "at"), name="fact_learnt_once"),
        )
        indexes = (models.Index(fields=("root",), name="fact_learnt_of_root"),)

    def __str__(self) -> str:
        return str(self.id)


class Link(models.Model):
    """Two roots are the same child, by a fact that can be withdrawn: the fold reads both. Made of facts."""

    fact = models.OneToOneField(FactRow, on_delete=models.PROTECT, primary_key=True, related_name="+")
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "link"
        constraints = (models.CheckConstraint(condition=~Q(root=F("other")), name="link_joins_two_roots"),)

    def __str__(self) -> str:
        return str(self.fact_id)
