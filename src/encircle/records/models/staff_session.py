"""Sessions of staff: what is open, whose it is, since when, and on what kind of device. Holds no address and no cookie."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from encircle.records.models.code import Code, holds_codes


class StaffSession(AbstractBaseSession):
    """One browser that is signed in, or on its way. The key of the row is the hash of what the cookie holds."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    """The last use, to the minute."""
    step = Code(db_default="none")
    """With which second step it was opened: totp, webauthn, recovery_codes, provider, none."""
    device = Code(db_default="other")
    """A word of a short list, such as firefox_linux."""
    provider_session = models.BinaryField(null=True)
    """Opened by an identity provider: the hash of its issuer and of its own word for the session."""
    proof = models.BinaryField(null=True, unique=True)
    """The hash of what the cookie gives beside the key: by it the database knows in whose session a transaction stands."""
    proved_until = models.DateTimeField(null=True)
    """Until when the second step that was shown last counts."""

    class Meta:
        db_table = "staff_session"
        constraints = (holds_codes("staff_session", "step", "device"),)
        indexes = (models.Index(fields=("account", "seen_at"), name="staff_session_of_account"),)

    def __str__(self) -> str:
        return str(self.begun_at)
