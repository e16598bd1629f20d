"""Claim: what a token has to say before it is believed: whose it is, for whom, when, in answer to which question. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import compare_digest
from typing import Final

from encircle.host.provider.setting import Provider

CLOCKS: Final = timedelta(seconds=60)
"""As far the clocks of two machines may be apart."""
OLDEST: Final = timedelta(minutes=10)
"""A token of a sign-in is not older."""
OLDEST_END: Final = timedelta(minutes=2)
"""The word that a session has ended is not older."""
END_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
_LONGEST = 255


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in at a provider. `subject` is its word for them, and the only one by which they are known here.

    `acr`, `amr`: how they did it, in its words; `signed_in_at`: when; `session`: its session, if it has a name.
    """

    issuer: str
    subject: str
    acr: str
    amr: tuple[str, ...]
    signed_in_at: datetime | None
    session: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What a provider says has ended: one session, or all of a person. `number`: of this word, which counts once."""

    issuer: str
    subject: str
    session: str
    number: str
    said_at: datetime


def identity_of(
    claims: Mapping[str, object], provider: Provider, *, nonce: str, at: datetime
) -> Identity | str:
    """Who it is; or the code of what is against it."""
    against = _against(claims, provider, at=at, oldest=OLDEST)
    if against:
        return against
    if not nonce or not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        return "other_nonce"
    subject = _text(claims, "sub")
    if not subject:
        return "no_subject"
    amr = claims.get("amr", [])
    signed_in_at = _time(claims, "auth_time")
    if signed_in_at is not None and signed_in_at > at + CLOCKS:
        return "from_the_future"
    return Identity(
        issuer=provider.issuer,
        subject=subject,
        acr=_text(claims, "acr"),
        amr=tuple(one for one in amr if isinstance(one, str)) if isinstance(amr, list) else (),
        signed_in_at=signed_in_at,
        session=_text(claims, "sid"),
    )


def ended_of(claims: Mapping[str, object], provider: Provider, *, at: datetime) -> Ended | str:
    """What has ended; or the code of what is against it."""
    against = _against(claims, provider, at=at, oldest=OLDEST_END)
    if against:
        return against
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(END_EVENT), dict) or "nonce" in claims:
        return "no_end"
    subject, session, number = _text(claims, "sub"), _text(claims, "sid"), _text(claims, "jti")
    if not number or not (subject or session):
        return "no_subject"
    said_at = _time(claims, "iat")
    assert said_at is not None  # looked at above
    return Ended(provider.issuer, subject, session, number, said_at)


def step_of(identity: Identity, provider: Provider, *, agency: str) -> str:
    """Which second step this was for people of that agency, as a session calls it; nothing, where it was none."""
    steps = provider.agencies.get(agency)
    if steps is None:
        return ""
    found = {steps.amr[one] for one in identity.amr if one in steps.amr}
    found |= {steps.acr[identity.acr]} if identity.acr in steps.acr else set()
    return max(found, default="")  # a passkey ("webauthn") before another step ("provider")


def _against(claims: Mapping[str, object], provider: Provider, *, at: datetime, oldest: timedelta) -> str:
    if claims.get("iss") != provider.issuer:
        return "other_issuer"
    audience = claims.get("aud")
    for_whom = audience if isinstance(audience, list) else [audience]
    if for_whom != [provider.client_id]:
        return "other_audience"
    if claims.get("azp", provider.client_id) != provider.client_id:
        return "other_audience"
    expires, said = _time(claims, "exp"), _time(claims, "iat")
    if expires is None or said is None or expires + CLOCKS <= at or said < at - oldest - CLOCKS:
        return "expired"
    begins = _time(claims, "nbf")
    if said > at + CLOCKS or (begins is not None and begins > at + CLOCKS):
        return "from_the_future"
    return ""


def _text(claims: Mapping[str, object], name: str) -> str:
    """Printable and not too long; nothing otherwise."""
    value = claims.get(name)
    fine = isinstance(value, str) and len(value) <= _LONGEST and value.isascii() and value.isprintable()
    return str(value) if fine else ""


def _time(claims: Mapping[str, object], name: str) -> datetime | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
