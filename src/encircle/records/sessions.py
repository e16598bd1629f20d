"""The store of sessions that Django asks. The database holds only the hash of what the cookie holds.

Whoever reads the tables can therefore sign in nowhere with it; a row that is gone has ended its session at the next click.
For the database the cookie gives a proof, of which the row holds the hash: a transaction that names it stands in that
session, and only there the sign-in of its account is changed.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models.functions import Now

from encircle.records.models.staff_session import StaffSession

SINCE, SEEN = "encircle_since", "encircle_seen"
"""When the session began, and was used last: seconds since 1970."""
STEP, DEVICE = "encircle_step", "encircle_device"
"""With which second step it was opened; on what kind of device."""
PROVIDER = "encircle_provider"
"""Of a session that an identity provider opened: in hexadecimal digits, what the row holds of it."""
PROVED, PROVED_AT = "encircle_second_factor", "encircle_second_factor_at"
"""Whether a second step was shown in the session, and when last: seconds since 1970."""
NO_STEP, OTHER_DEVICE = "none", "other"
_DIGITS = 40
_PROOF = b"encircle.session.proof\0"


class SessionStore(db.SessionStore):
    """As Django's own, but for what lies in the database, and that the row says whose session it is."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        """The table of ours."""
        return StaffSession

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return bool(StaffSession.objects.filter(session_key=hashed(session_key)).exists())

    def delete(self, session_key: str | None = None) -> None:
        """End it; nothing where there is none."""
        key = session_key or self.session_key
        if key:
            StaffSession.objects.filter(session_key=hashed(key)).delete()

    def create_model_instance(self, data: Mapping[str, Any]) -> StaffSession:
        """The row as it is to be: all of it follows from what the session holds."""
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # not in the stubs
        return StaffSession(
            session_key=hashed(key),
            session_data=self.encode(dict(data)),
            expire_date=self.get_expiry_date(),
            account_id=data.get(SESSION_KEY),
            begun_at=_instant(data.get(SINCE)),
            seen_at=_instant(data.get(SEEN)),
            step=data.get(STEP, NO_STEP),
            device=data.get(DEVICE, OTHER_DEVICE),
            provider_session=bytes.fromhex(data[PROVIDER]) if data.get(PROVIDER) else None,
            proof=hashlib.sha256(bytes.fromhex(proof_of(key))).digest(),
            proved_until=_proved_until(data),
        )

    def _get_session_from_db(self) -> StaffSession | None:
        found = StaffSession.objects.filter(
            session_key=hashed(self.session_key or ""), expire_date__gt=Now()
        ).first()
        if found is None:
            self._session_key = None
        return found


def hashed(session_key: str) -> str:
    """What the database holds of it. The key has 165 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:_DIGITS]


def proof_of(session_key: str) -> str:
    """What a transaction names to stand in this session, in hexadecimal digits. Neither key nor hash gives it away."""
    return hashlib.sha256(_PROOF + session_key.encode()).hexdigest()


def of_provider(issuer: str, session: str) -> bytes:
    """What the database holds of a provider's session, by which its end is found."""
    return hashlib.sha256(f"{issuer}\0{session}".encode()).digest()


def _proved_until(data: Mapping[str, Any]) -> datetime | None:
    """As the pages count it: in a demonstration a second step counts as long as the session."""
    since = _instant(data.get(PROVED_AT, data.get(SINCE))) if data.get(PROVED) else None
    lasts = settings.SESSION_COOKIE_AGE if settings.DEMO else settings.AGAIN_SECONDS
    return None if since is None else since + timedelta(seconds=lasts)


def _instant(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
