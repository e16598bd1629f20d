"""Forms of passkeys: what no browser sends is no answer, and no fault of ours. Decides nothing.

The library reads what was sent as it comes, and trips over what has another shape.
"""

import struct
from typing import Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm

NO_ANSWER: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError, struct.error)
"""What the library trips over."""


class UsedPasskey(AuthenticateWebAuthnForm):
    """One that signs in, or is shown once more."""

    def full_clean(self) -> None:
        """Read what was sent; what cannot be read is refused in the words of a wrong code."""
        try:
            super().full_clean()
        except NO_ANSWER:
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class NewPasskey(AddWebAuthnForm):
    """One that is added."""

    def full_clean(self) -> None:
        """As for one that is used."""
        try:
            super().full_clean()
        except NO_ANSWER:
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))
