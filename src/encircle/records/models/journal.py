"""The journal: entries, their leaves in the order of the sequencer, nodes of the tree, signed heads."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from encircle.records.models.agency import Agency
from encircle.records.models.code import BASIS, RULE, RULE_LENGTH, Code, MaybeCode, holds_codes
from encircle.records.models.data_key import DataKey


class JournalEntry(models.Model):
    """Who did what, by which right, in codes; what it was about stands sealed in the body."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    kind = Code()
    actor = Code()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    role = MaybeCode()
    purpose = MaybeCode()
    legal_basis = MaybeCode()
    regime = MaybeCode()
    field_groups = ArrayField(models.CharField(max_length=1))
    root = models.UUIDField(null=True, db_column="root_id")
    """No foreign key: a refusal may name a root that does not exist."""
    duty = MaybeCode(max_length=RULE_LENGTH)
    outcome = Code()
    data_key = models.ForeignKey(
        DataKey, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    body = models.BinaryField(null=True)
    salt = models.BinaryField()
    visit = MaybeCode()
    """To what end the record was visited; null outside a visit."""

    class Meta:
        db_table = "journal_entry"
        constraints = (
            holds_codes("journal_entry", "kind", "actor", "role", "purpose", "regime", "outcome"),
            holds_codes("journal_entry", "legal_basis", pattern=BASIS, rule="a_basis"),
            holds_codes("journal_entry", "duty", pattern=RULE, rule="a_rule"),
            holds_codes("journal_entry", "visit", rule="a_visit"),
            models.CheckConstraint(
                condition=Q(body__isnull=True, data_key__isnull=True)
                | Q(body__isnull=False, data_key__isnull=False),
                name="journal_entry_body_has_a_key",
            ),
        )
        indexes = (
            models.Index(fields=("root", "at"), name="journal_entry_of_root"),
            models.Index(fields=("agency", "at"), name="journal_entry_of_agency"),
            BrinIndex(fields=("at",), name="journal_entry_by_time", pages_per_range=16),
        )

    def __str__(self) -> str:
        return str(self.id)


class JournalLeaf(models.Model):
    """The salted hash of an entry, written with it; the sequencer gives it its position, once."""

    id = models.BigAutoField(primary_key=True)
    entry = models.UUIDField(unique=True)
    hash = models.BinaryField()
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        db_table = "journal_leaf"
        indexes = (
            models.Index(fields=("id",), condition=Q(position__isnull=True), name="journal_leaf_waiting"),
        )

    def __str__(self) -> str:
        return str(self.id)


class JournalNode(models.Model):
    """A complete subtree above the leaves, kept so that proofs read some dozens of rows."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "journal_node"

    def __str__(self) -> str:
        return f"{self.level}:{self.index}"


class JournalCheckpoint(models.Model):
    """A signed head of the tree."""

    size = models.BigIntegerField(primary_key=True)
    tree_root = models.BinaryField()
    note = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "journal_checkpoint"

    def __str__(self) -> str:
        return str(self.size)
