"""Alarms about looks: whose looks stood out, and what somebody found. And the week that a case lead looks at."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.api_token import ApiToken
from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.data_key import DataKey
from encircle.records.models.person import Person
from encircle.records.models.root import Root


class LookAlarm(models.Model):
    """Looks of one person, or by one token of the API, that stood out within one time. Never shown to who looked."""

    id = models.UUIDField(primary_key=True)
    pattern = Code()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """With which a program looked; then it was no person."""
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    """For which was looked."""
    root = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The record, where it is about one alone."""
    counted = models.IntegerField()
    times = models.IntegerField()
    """From how many it is told."""
    since = models.DateTimeField()
    through = models.DateTimeField()
    """Between which times was counted; what lies before the second one is not counted again."""
    made_at = models.DateTimeField(db_default=Now())
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    found = MaybeCode()
    data_key = models.ForeignKey(
        DataKey, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer = models.BinaryField(null=True)
    """What was found, in words. Sealed under the key of the agency that answered."""

    class Meta:
        db_table = "look_alarm"
        constraints = (
            holds_codes("look_alarm", "pattern", "found"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, token__isnull=True)
                | Q(person__isnull=True, token__isnull=False),
                name="look_alarm_of_a_person_or_a_token",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("person")),
                name="look_alarm_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, found__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, found__isnull=False),
                name="look_alarm_answered_as_a_whole",
            ),
            models.UniqueConstraint(
                fields=("person", "root"),
                condition=Q(root__isnull=False),
                name="look_alarm_once_for_a_record",
            ),
        )
        indexes = (
            models.Index(fields=("agency", "made_at"), name="look_alarm_of_agency"),
            models.Index(fields=("person", "pattern", "through"), name="look_alarm_of_person"),
            models.Index(fields=("token", "pattern", "through"), name="look_alarm_of_token"),
        )

    def __str__(self) -> str:
        return str(self.id)


class LookWeek(models.Model):
    """A week of looks at the records that an agency leads: that somebody there has looked at them."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField()
    made_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "look_week"
        constraints = (
            models.UniqueConstraint(fields=("agency", "since"), name="look_week_once"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="look_week_seen_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
