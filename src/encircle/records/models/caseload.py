"""Reviews of a caseload: which children an agency goes through with prompts, and what was answered for each."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, holds_codes
from encircle.records.models.data_key import DataKey
from encircle.records.models.root import Root


class CaseloadReview(models.Model):
    """One time that an agency goes through its caseload. It is finished when each of its children has an answer."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    setting = Code()
    """Where the agency meets children: of that setting are the prompts."""
    started_at = models.DateTimeField(db_default=Now())
    started_by = Code()

    class Meta:
        db_table = "caseload_review"
        constraints = (holds_codes("caseload_review", "setting", "started_by"),)
        indexes = (models.Index(fields=("agency", "-started_at"), name="caseload_review_of_agency"),)

    def __str__(self) -> str:
        return str(self.id)


class CaseloadChild(models.Model):
    """A child of a review: by its record, or by the agency's own number alone where it has none here."""

    id = models.UUIDField(primary_key=True)
    review = models.ForeignKey(CaseloadReview, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.IntegerField()
    root = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    data_key = models.ForeignKey(
        DataKey, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reference = models.BinaryField(null=True)
    """The agency's own number. Sealed under its key."""
    forgotten_at = models.DateTimeField(null=True)
    """When the own number was deleted."""

    class Meta:
        db_table = "caseload_child"
        constraints = (
            models.CheckConstraint(
                condition=Q(root__isnull=True) | Q(reference__isnull=True, forgotten_at__isnull=True),
                name="caseload_child_by_record_or_number",
            ),
            models.CheckConstraint(
                condition=Q(root__isnull=False)
                | Q(reference__isnull=False, data_key__isnull=False, forgotten_at__isnull=True)
                | Q(reference__isnull=True, forgotten_at__isnull=False),
                name="caseload_child_is_known_or_forgotten",
            ),
            models.UniqueConstraint(fields=("review", "place"), name="caseload_child_in_its_place"),
            models.UniqueConstraint(
                fields=("review", "root"), condition=Q(root__isnull=False), name="caseload_child_once"
            ),
        )
        indexes = (
            models.Index(fields=("root",), condition=Q(root__isnull=False), name="caseload_child_of_root"),
        )

    def __str__(self) -> str:
        return str(self.id)


class CaseloadAnswer(models.Model):
    """What somebody answered for a child. Only added: the last one counts, so that an answer is corrected by another."""

    id = models.UUIDField(primary_key=True)
    child = models.ForeignKey(CaseloadChild, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The record of the child, where it has one here."""
    number = models.IntegerField()
    """The how manieth answer for this child it is: two people cannot both give the next one."""
    outcome = Code()
    again_on = models.DateField(null=True)
    concern = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The concern that was opened with it."""
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    said = models.BinaryField()
    """The marks, each with how it is known, and the reason in words. Sealed under the key of the record, or of the agency."""
    answered_at = models.DateTimeField(db_default=Now())
    answered_by = Code()

    class Meta:
        db_table = "caseload_answer"
        constraints = (
            holds_codes("caseload_answer", "outcome", "answered_by"),
            models.CheckConstraint(
                condition=Q(outcome="look_again", again_on__isnull=False)
                | (~Q(outcome="look_again") & Q(again_on__isnull=True)),
                name="caseload_answer_again_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="triage", concern__isnull=False)
                | (~Q(outcome="triage") & Q(concern__isnull=True)),
                name="caseload_answer_triage_with_a_concern",
            ),
            models.UniqueConstraint(fields=("child", "number"), name="caseload_answer_next_once"),
        )
        indexes = (
            models.Index(
                fields=("agency", "again_on"),
                condition=Q(again_on__isnull=False),
                name="caseload_answer_again",
            ),
            models.Index(fields=("root",), condition=Q(root__isnull=False), name="caseload_answer_of_root"),
        )

    def __str__(self) -> str:
        return str(self.id)
