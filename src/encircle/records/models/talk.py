"""Talks: somebody asks at the door before they decide to report, and one person of a desk answers. Holds no word of it."""

from django.db import models

from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.person import Person
from encircle.records.models.report import Report


class Talk(models.Model):
    """How far a talk has come. What is said lies sealed in the parts of its report, which is in no list until it is given."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+", db_column="report_id"
    )
    kind = Code()
    """chat, or call: noted by who took it."""
    state = Code()
    """waits, on, ended; given: it has become a report."""
    rule = Code()
    """Which words on danger were shown before anything could be written."""
    rule_hour = models.DateTimeField()
    worker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The one person who answers."""
    turn = models.BigIntegerField(null=True)
    """Its place among those that wait, so that no minute is kept; gone with the end of the talk."""
    active_hour = models.DateTimeField()
    """The hour of the last word."""
    lines = models.IntegerField(db_default=0)
    """How many were written, by which they keep their order within an hour."""
    is_unseen = models.BooleanField(db_default=True)
    """Whether who asks has written something that nobody has read."""
    ended_by = MaybeCode()
    """asker, desk, time."""
    because = MaybeCode()
    """Why it was given to a report."""

    class Meta:
        db_table = "talk"
        constraints = (holds_codes("talk", "kind", "state", "rule", "ended_by", "because"),)
        indexes = (
            models.Index(fields=("turn",), name="talk_in_turn", condition=models.Q(turn__isnull=False)),
        )

    def __str__(self) -> str:
        return str(self.pk)
