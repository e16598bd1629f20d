"""The key of one person, once more: under what a passkey of theirs gives, beside the passphrase."""

from django.db import models
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.people_key import MemberKey


class PasskeyLock(models.Model):
    """A private key under the output of one passkey, which is nowhere. Goes with the passkey, and with the key."""

    id = models.UUIDField(primary_key=True)
    member_key = models.ForeignKey(MemberKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    passkey = models.ForeignKey(
        # The database deletes with the passkey, whoever removes that: see the migration.
        "mfa.Authenticator",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    sealed = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "passkey_lock"
        constraints = (
            models.UniqueConstraint(fields=("passkey", "member_key"), name="passkey_lock_one_of_each"),
        )
        indexes = (models.Index(fields=("member_key",), name="passkey_lock_of_key"),)

    def __str__(self) -> str:
        return str(self.id)
