"""Notices: to which agency it was said, when and by which channel, that something waits. Never what waits."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import RULE, RULE_LENGTH, Code, MaybeCode, holds_codes
from encircle.records.models.root import Root
from encircle.records.models.subject import Subject


class Notice(models.Model):
    """An alarm or an overdue duty of which an agency is told, once for each step, until it is settled."""

    id = models.BigAutoField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The record; none, where looks of people are what is told of."""
    kind = Code()
    """alarm, duty, emergency; looks_stand_out, looks_of_week."""
    code = models.CharField(max_length=RULE_LENGTH)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    acted = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Who acted or owes, where that is known: who was told first."""
    step = models.SmallIntegerField(db_default=0)
    """0: who acted or owes; 1: the case lead of the record too; 2: the agency above, or the coordinator."""
    made_at = models.DateTimeField(db_default=Now())
    send_at = models.DateTimeField(null=True, db_default=Now())
    """When it is next to be sent; nothing, once that is done."""
    tries = models.SmallIntegerField(db_default=0)
    sent_at = models.DateTimeField(null=True)
    channel = MaybeCode()
    """mail, or window: it stands in Encircle only."""
    desk = MaybeCode()
    """day or night: to which address it went."""
    higher_at = models.DateTimeField(null=True)
    """When it is next to be asked whether it goes higher; of the first step only."""
    higher = models.SmallIntegerField(db_default=0)
    """The last step that was told."""
    settled_at = models.DateTimeField(null=True)
    """When it was answered, or stopped to be so."""

    class Meta:
        db_table = "notice"
        constraints = (
            holds_codes("notice", "kind", "channel", "desk"),
            holds_codes("notice", "code", pattern=RULE, rule="a_rule"),
            models.UniqueConstraint(
                fields=("root", "code", "subject", "agency", "step"),
                nulls_distinct=False,
                condition=Q(settled_at__isnull=True),
                name="notice_once_while_it_waits",
            ),
        )
        indexes = (
            models.Index(
                "agency",
                models.F("made_at").desc(),
                "id",
                name="notice_of_agency",
                condition=Q(settled_at__isnull=True),
            ),
            models.Index(fields=("send_at",), name="notice_to_be_sent", condition=Q(send_at__isnull=False)),
            models.Index(
                fields=("higher_at",), name="notice_to_go_higher", condition=Q(higher_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.step}"
