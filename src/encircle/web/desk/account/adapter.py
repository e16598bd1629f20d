"""Adapter: where django-allauth asks us. Nobody signs up, no mail is sent, and no secret lies open in the database."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encircle.actions.keys import open_second_factor, seal_second_factor
from encircle.actions.recovery_codes import HASHED, HashedCode
from encircle.actions.second_factor import may_remove_a_factor

PASSKEYS_COUNTED_FROM = 1


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an operator or a coordinator; after the password comes the second factor, nothing else."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_stages(self) -> list[str]:
        """What follows the password."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """As the rules have it; and another one than before. Refuses: ValidationError."""
        if user is not None and user.check_password(password):
            raise ValidationError(_("Choose another password than the one before."), code="same_password")
        return str(super().clean_password(password, user))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Its owner chose it: nobody else has seen it."""
        user.first_password_until = None  # type: ignore[attr-defined]  # the library knows no account of ours
        super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whether the library asks for the password again. Who has none showed our second step, see `pages.py`."""
        user = self.request.user
        has_password = isinstance(user, AbstractBaseUser) and user.has_usable_password()
        return has_password and bool(super().is_reauthentication_required(app=app))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """No mail tells that somebody has an account here."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of apps and of recovery codes until they were shown; names passkeys."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This is not the code that the app shows now. Wait for the next one. If none is taken, the clock of your "
            "telephone is wrong: let it set itself."
        ),
    }
    """A code lives thirty seconds, so a clock that is wrong is what to look at first."""

    def encrypt(self, text: str) -> str:
        """The secret as it lies in the database."""
        return seal_second_factor(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; of a recovery code that was shown, what compares as it. Refuses: SealBroken."""
        if encrypted_text.startswith(HASHED):
            return HashedCode(encrypted_text.removeprefix(HASHED))
        return open_second_factor(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one, outside a demonstration."""
        return may_remove_a_factor(authenticator.user_id)

    def generate_authenticator_name(self, user: AbstractBaseUser, kind: Authenticator.Type) -> str:
        """What a passkey is called until somebody names it."""
        count = Authenticator.objects.filter(user_id=user.pk, type=kind).count()
        return _("Passkey {number}").format(number=count + PASSKEYS_COUNTED_FROM)

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, to stand in the page itself."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]
