"""Questions to owners: somebody asked who works with a child, and what the owner of the record answered."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.person import Person
from encircle.records.models.root import Root


class OwnerQuestion(models.Model):
    """One question. What was asked stands nowhere but sealed in the journal; where nobody may be told of, no record."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = Code()
    visit = Code()
    """To what end the record would be visited."""
    asked_at = models.DateTimeField(db_default=Now())
    root = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Whom the answer named."""
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer = MaybeCode()
    """let_in, or why not."""

    class Meta:
        db_table = "owner_question"
        constraints = (
            holds_codes("owner_question", "role", "visit", "answer"),
            models.CheckConstraint(
                condition=Q(root__isnull=True, owner__isnull=True)
                | Q(root__isnull=False, owner__isnull=False),
                name="owner_question_names_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=True, answered_at__isnull=True, answered_by__isnull=True)
                | Q(answer__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="owner_question_answered_as_a_whole",
            ),
        )
        indexes = (
            models.Index(fields=("person", "asked_at"), name="owner_question_of_person"),
            models.Index(fields=("agency", "asked_at"), name="owner_question_of_agency"),
            models.Index(fields=("root", "asked_at"), name="owner_question_of_root"),
        )

    def __str__(self) -> str:
        return str(self.id)
