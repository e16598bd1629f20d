"""Accounts: with what somebody signs in. Knows neither agency nor role: those belong to the person."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

_SESSION = "encircle.account.session"


class AccountManager(BaseUserManager["Account"]):
    """Accounts by their login."""


class Account(AbstractBaseUser):
    """One way to sign in. Somebody with two agencies has one account and two persons."""

    id = models.UUIDField(primary_key=True)
    login = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(db_default=Now())
    signed_out_at = models.DateTimeField(null=True)
    """Sessions from before then are over, as after a change of password."""

    first_password_until = models.DateTimeField(null=True)
    """While set, the password is one that somebody else has seen: it opens nothing but its change, and this long."""
    wrong_attempts = models.IntegerField(db_default=0)
    """Wrong passwords and codes since the last sign-in."""
    changed = models.CharField(max_length=64, db_default="")
    """What was changed last about the sign-in, as the journal calls it, and when."""
    changed_at = models.DateTimeField(null=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return str(self.id)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is this one. Its hash stays as it is: the pages change a password in its owner's session only."""
        return check_password(raw_password, self.password)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Changes with the password and with `signed_out_at`: every session carries it."""
        ended = "" if self.signed_out_at is None else self.signed_out_at.isoformat()
        return salted_hmac(_SESSION, self.password + ended, secret=secret, algorithm="sha256").hexdigest()
