"""Access files: what a child, or who speaks for it, is given of its record; who prepared and checked it, to whom it went."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.data_key import DataKey
from encircle.records.models.person import Person
from encircle.records.models.root import Root


class AccessFile(models.Model):
    """One file. It is never stored itself: it is made anew from the record as it stood when it was prepared."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    recipient = Code()
    """child, adult, guardian, lawyer."""
    language = Code()
    with_place = models.BooleanField()
    """Whether where the child is stands in it: the child asked for that, and it is safe."""
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    prepared_at = models.DateTimeField(db_default=Now())
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    choices = models.BinaryField()
    """What who prepared it left out, by fact and reason, and which parts were open then. Sealed."""
    checked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    checked_at = models.DateTimeField(null=True)
    digest = models.BinaryField(null=True)
    """SHA-256 of the file that was checked: another one is not given."""
    given_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    given_at = models.DateTimeField(null=True)
    dropped_by = MaybeCode()
    """Who put it aside before it was given."""

    class Meta:
        db_table = "access_file"
        constraints = (
            holds_codes("access_file", "recipient", "language", "dropped_by"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("prepared_by")),
                name="access_file_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True, digest__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False, digest__isnull=False),
                name="access_file_checked_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True, given_at__isnull=True)
                | Q(given_by__isnull=False, given_at__isnull=False, checked_by__isnull=False),
                name="access_file_given_after_it_was_checked",
            ),
        )
        indexes = (models.Index(fields=("root", "prepared_at"), name="access_file_of_root"),)

    def __str__(self) -> str:
        return str(self.id)
