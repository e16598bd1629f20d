"""Practice: proposals to change a number, an agency or a text beside the law, and what became of each. Nothing of a child."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, MaybeCode, holds_codes
from encircle.records.models.person import Person

A_RULE_OR_CODE = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
DECIDED = ("approved", "declined", "withdrawn", "replaced")


class PracticeProposal(models.Model):
    """What somebody proposes to set in the law of one pack, and from which day. Never changed: a correction is a new one."""

    id = models.UUIDField(primary_key=True)
    number = models.IntegerField(unique=True)
    pack = Code()
    part = Code()
    """number, owner or text."""
    code = models.CharField(max_length=64)
    """Of the SOP, of the role, or of the rule."""
    field = MaybeCode()
    """Which plain words: professional, 6-9 ..."""
    amount = models.IntegerField(null=True)
    unit = MaybeCode()
    counting = MaybeCode()
    texts = models.JSONField()
    """The name of an agency, or plain words, by language."""
    basis = models.JSONField()
    """Whose practice it is, by language."""
    why = models.TextField()
    """The reasons of who proposes."""
    valid_from = models.DateField()
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = Code()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "practice_proposal"
        constraints = (
            holds_codes("practice_proposal", "pack", "part", "field", "unit", "counting", "role"),
            holds_codes("practice_proposal", "code", pattern=A_RULE_OR_CODE, rule="a_rule_or_code"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=1),
                name="practice_proposal_is_of_one_or_more",
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class PracticeStep(models.Model):
    """What became of a proposal: approved, declined, withdrawn or replaced, once; and that it came into force."""

    id = models.BigAutoField(primary_key=True)
    token = models.UUIDField(unique=True)
    """Random: by the newest one a process learns that the law has changed, whichever database it speaks to."""
    proposal = models.ForeignKey(
        PracticeProposal, on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    kind = Code()
    why = models.TextField(blank=True)
    since = models.DateTimeField(null=True)
    """Of an approval: from which instant it holds; never before the approval itself."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    role = MaybeCode()
    at = models.DateTimeField()

    class Meta:
        db_table = "practice_step"
        constraints = (
            holds_codes("practice_step", "kind", "role"),
            models.CheckConstraint(
                condition=~Q(kind="approved") | Q(since__gte=models.F("at")),
                name="practice_step_holds_from_its_approval_on",
            ),
            models.CheckConstraint(
                condition=Q(kind="in_force") | Q(person__isnull=False, role__isnull=False),
                name="practice_step_is_of_a_person",
            ),
            models.UniqueConstraint(
                fields=("proposal",), condition=Q(kind__in=DECIDED), name="practice_step_decided_once"
            ),
            models.UniqueConstraint(
                fields=("proposal",), condition=Q(kind="in_force"), name="practice_step_in_force_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("-id",), name="practice_step_newest", condition=Q(kind__in=("approved", "in_force"))
            ),
        )

    def __str__(self) -> str:
        return self.kind


class PracticeEffect(models.Model):
    """What a proposal would move on the open records, in one figure that is rounded so that it tells of no child."""

    id = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(
        PracticeProposal, on_delete=models.PROTECT, related_name="effects", db_index=False
    )
    code = models.CharField(max_length=64)
    """Of the duty or the alarm; `compared` and `moved` for all records together."""
    turn = MaybeCode()
    before = MaybeCode()
    after = MaybeCode()
    figure = models.IntegerField()
    counted_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "practice_effect"
        constraints = (
            holds_codes("practice_effect", "turn", "before", "after"),
            holds_codes("practice_effect", "code", pattern=A_RULE_OR_CODE, rule="a_rule_or_code"),
            models.CheckConstraint(condition=Q(figure__gte=0), name="practice_effect_is_no_less_than_none"),
        )
        indexes = (models.Index(fields=("proposal", "id"), name="practice_effect_of_proposal"),)

    def __str__(self) -> str:
        return f"{self.code} {self.figure}"
