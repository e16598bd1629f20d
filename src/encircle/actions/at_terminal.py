"""Signing in at a terminal: the same login, password and second step as in the window. A passkey needs the window."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings

from encircle.actions.context import Who
from encircle.actions.second_factor import has_second_factor, journal_sign_in
from encircle.actions.sign_in import sign_in
from encircle.vocabulary.refusal import Refused


class SecondStepRefused(Refused):
    """The code of the app is wrong, or this account has none that a terminal can ask for."""


def sign_in_at_terminal(*, login: str, password: str, code: str) -> Who:
    """As whom one works. `code`: of the app on the telephone; empty where the account asks for none.

    Refuses: as `sign_in`; SecondStepRefused. Outside a demonstration nobody works without a second step.
    """
    signed = sign_in(login=login, password=password)
    account = signed.account.pk
    if signed.account.first_password_until is not None:
        raise SecondStepRefused(
            code="first_password",
            reason="Your password was made by somebody else.",
            instead="Sign in in the window and change it first.",
        )
    app = Authenticator.objects.filter(user_id=account, type=Authenticator.Type.TOTP).first()
    if app is None:
        if has_second_factor(account) or not settings.DEMO:
            raise SecondStepRefused(
                code="no_code",
                reason="A terminal asks for the code of an app, and this account has none.",
                instead="Set one up in the window, or do this there.",
            )
        return signed.who
    if not TOTP(app).validate_code(code):
        journal_sign_in(account, "second_factor_refused")
        raise SecondStepRefused(
            code="second_factor_refused",
            reason="This is not the code that the app shows now.",
            instead="Wait for the next one and try again.",
        )
    journal_sign_in(account, "ok")
    return signed.who
