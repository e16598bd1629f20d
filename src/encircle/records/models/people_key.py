"""Keys of people and agencies, to which data keys are sealed. Each private one lies wrapped; the server opens none."""

from django.db import models
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import MaybeCode, holds_codes
from encircle.records.models.data_key import DataKey
from encircle.records.models.person import Person
from encircle.records.models.root import Root


class MemberKey(models.Model):
    """The key of one person. `locked`: the private one under a passphrase that is nowhere."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    public = models.BinaryField()
    locked = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())
    tries = models.IntegerField(db_default=0)
    """Passphrases tried in a row since the last right one."""
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    """Who ended it on the pages; nobody, where its person left or whoever runs the installation ended it."""

    class Meta:
        db_table = "member_key"
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(ended_at__isnull=True),
                name="member_key_one_in_use",
            ),
        )
        indexes = (models.Index(fields=("agency",), name="member_key_of_agency"),)

    def __str__(self) -> str:
        return str(self.id)


class AgencyKey(models.Model):
    """A key of one agency. From `in_use_at` on facts are sealed to it: then two people can open it.

    From `retired_at` on a newer one has its place: nothing more is sealed to it, and what was is sealed anew. At
    `ended_at` nothing is left, and nobody has its private key any more. `reason`: why it was made in place of another.
    """

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    public = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())
    in_use_at = models.DateTimeField(null=True)
    reason = MaybeCode()
    retired_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agency_key"
        constraints = (
            holds_codes("agency_key", "reason"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(retired_at__isnull=False),
                name="agency_key_ends_after_another",
            ),
            models.UniqueConstraint(
                fields=("agency",), condition=models.Q(retired_at__isnull=True), name="agency_key_one"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class AgencyKeyShare(models.Model):
    """The private key of an agency, sealed to the key of one of its people. Deleted when they leave."""

    id = models.UUIDField(primary_key=True)
    agency_key = models.ForeignKey(AgencyKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    member_key = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "agency_key_share"
        constraints = (
            models.UniqueConstraint(fields=("member_key", "agency_key"), name="agency_key_share_once"),
        )
        indexes = (models.Index(fields=("agency_key",), name="agency_key_share_of_key"),)

    def __str__(self) -> str:
        return str(self.id)


class DataKeyShare(models.Model):
    """A data key that recipients keep, sealed to the key of one agency. Deleted when the data key is destroyed."""

    id = models.UUIDField(primary_key=True)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_key = models.ForeignKey(AgencyKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "data_key_share"
        constraints = (
            models.UniqueConstraint(fields=("data_key", "agency_key"), name="data_key_share_once"),
        )
        indexes = (
            models.Index(fields=("root",), name="data_key_share_of_root"),
            models.Index(fields=("agency_key", "id"), name="data_key_share_of_key"),
        )

    def __str__(self) -> str:
        return str(self.id)
