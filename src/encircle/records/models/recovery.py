"""Keys of recovery: institutions, two of which together bring back the key of an agency that nobody of it opens."""

from django.db import models
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, holds_codes
from encircle.records.models.people_key import AgencyKey


class RecoveryKey(models.Model):
    """The public key of one institution. Its private one is never here. `seat`: one of three."""

    id = models.UUIDField(primary_key=True)
    seat = models.SmallIntegerField()
    institution = Code()
    public = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())
    rehearsed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "recovery_key"
        constraints = (
            holds_codes("recovery_key", "institution"),
            models.CheckConstraint(condition=models.Q(seat__in=(1, 2, 3)), name="recovery_key_has_a_seat"),
            models.UniqueConstraint(
                fields=("seat",),
                condition=models.Q(ended_at__isnull=True),
                name="recovery_key_one_in_a_seat",
            ),
            models.UniqueConstraint(
                fields=("institution",),
                condition=models.Q(ended_at__isnull=True),
                name="recovery_key_one_of_each",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class RecoveryShare(models.Model):
    """The private key of an agency, sealed to one institution inside a seal to another: both open it, neither alone."""

    id = models.UUIDField(primary_key=True)
    agency_key = models.ForeignKey(AgencyKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    outer = models.ForeignKey(RecoveryKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    inner = models.ForeignKey(RecoveryKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "recovery_share"
        constraints = (
            models.UniqueConstraint(fields=("agency_key", "outer", "inner"), name="recovery_share_once"),
        )

    def __str__(self) -> str:
        return str(self.id)
