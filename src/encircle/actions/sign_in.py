"""Signing in with login and password: who it is, at which agency, in which role. Attempts are slowed, not counted for ever.

An unknown login takes as long and is answered with the same words as a wrong password.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F

from encircle.actions.context import Who
from encircle.actions.post import demonstration_post, post_of, post_of_login
from encircle.actions.second_factor import has_second_factor
from encircle.core.journal.entry import EntryKind
from encircle.host.clock import now
from encircle.records import journal, people
from encircle.records.context import with_context
from encircle.records.models import Account
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role

NOBODY = "unknown"
"""The actor of a refused sign-in with a login that nobody has."""


class SignInRefused(Refused):
    """Login and password do not belong together; which of the two is wrong is not told."""


class TooManyAttempts(Refused):
    """Wrong too often: the next attempt has to wait."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The account that signed in, and the person as whom it works."""

    account: Account
    who: Who


class Attempts:
    """Wrong attempts of each login, in this process only: a restart forgets them, two processes count apart.

    After `free` wrong ones in a row each next one doubles the wait, up to a quarter of an hour.
    """

    free = 5
    first_wait_seconds = 5
    longest_wait_seconds = 900
    most_logins = 10_000

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._wrong: dict[str, tuple[int, float]] = {}

    def wait_seconds(self, login: str) -> int:
        """How long this login has to wait before the next attempt is looked at; 0: not at all."""
        with self._lock:
            count, until = self._wrong.get(login, (0, 0.0))
            return 0 if count < self.free else max(0, round(until - self._clock()))

    def wrong(self, login: str) -> None:
        """Count a wrong attempt."""
        with self._lock:
            count = self._wrong.pop(login, (0, 0.0))[0] + 1
            wait = min(
                self.longest_wait_seconds, self.first_wait_seconds * 2 ** max(0, min(count, 20) - self.free)
            )
            self._wrong[login] = (count, self._clock() + wait)
            while len(self._wrong) > self.most_logins:
                self._wrong.pop(next(iter(self._wrong)))

    def right(self, login: str) -> None:
        """Forget what was wrong before."""
        with self._lock:
            self._wrong.pop(login, None)


ATTEMPTS = Attempts()


def sign_in(*, login: str, password: str, device: str = "", attempts: Attempts = ATTEMPTS) -> SignedIn:
    """Who this is. Each answer is journalled; where a second factor is still asked for, as `password_right`.

    `device`: a browser in which this login has signed in before; its attempts are counted apart from those of others.
    Refuses: TooManyAttempts, without looking at the password; SignInRefused, for one reason as for the other.
    """
    counted = f"{login}\0{device}" if device else login
    wait = attempts.wait_seconds(counted)
    if wait:
        _enter(NOBODY, None, outcome="waiting")
        raise TooManyAttempts(
            code="too_many_attempts",
            reason="The password was wrong too often.",
            instead=f"Wait {_minutes(wait)} and try again, or ask the coordinator of your agency for a new password.",
        )
    with with_context(agency=None, actor=NOBODY, purpose=Purpose.SIGN_IN.value):
        account = authenticate(None, login=login, password=password)
        person = _person_of(login)
    if account is None or person is None or _is_over(account):
        attempts.wrong(counted)
        _enter(NOBODY if person is None else person.person, None, outcome="refused", wrong=login)
        raise SignInRefused(
            code="sign_in_refused",
            reason="Login and password do not belong together.",
            instead="Look at both and try again.",
        )
    attempts.right(counted)
    _enter(person.person, person, outcome="password_right" if has_second_factor(account.pk) else "ok")
    return SignedIn(account, person)


def who_is(account: AbstractBaseUser) -> Who | None:
    """As whom this account works today: the person longest in office; None if it has no post any more."""
    post = post_of(account.pk)
    return None if post is None else post.who


def step_into(person_id: str) -> SignedIn:
    """Work as one of the people of the demonstration, without a password. Journalled.

    Refuses: outside demo mode (`demo_only`); for anybody whom the demonstration did not make (`nobody_there`), so
    that people who were entered otherwise stay closed even if their installation is run as a demonstration.
    """
    if not settings.DEMO:
        raise Refused(code="demo_only", reason="One steps into a role in a demonstration only.")
    with with_context(agency=None, actor=NOBODY, purpose=Purpose.SIGN_IN.value):
        post = demonstration_post(_uuid(person_id))
        account = None if post is None else Account.objects.filter(pk=post.account).first()
    if post is None or account is None:
        raise Refused(
            code="nobody_there",
            reason="The demonstration has nobody like that.",
            instead="Choose one of the people on the page.",
        )
    _enter(post.who.person, post.who, outcome="stepped_in")
    return SignedIn(account, post.who)


def make_local_account(*, login: str, password: str, agency: AgencyId, role: Role) -> None:
    """Let somebody of that agency sign in with a password; a login that is there already stays as it is."""
    with with_context(agency=agency, actor="installation", purpose=Purpose.OPERATE.value) as context:
        people.add_staff(login=login, password=password, agency=agency, role=role)
        act = journal.Act(kind=EntryKind.POLICY, outcome="account_made", role=role.value)
        journal.enter(act, ctx=context)


def _person_of(login: str) -> Who | None:
    post = post_of_login(login)
    return None if post is None else post.who


def _uuid(text: str) -> UUID:
    """The id that was sent; one that nobody has, where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _is_over(account: AbstractBaseUser) -> bool:
    """Whether this is a first password that was not changed in its time."""
    until = getattr(account, "first_password_until", None)
    return until is not None and until <= now()


def _enter(actor: str, who: Who | None, *, outcome: str, wrong: str | None = None) -> None:
    """`wrong`: the login with which it was tried; its owner is told how often."""
    agency = None if who is None else who.agency
    with with_context(agency=agency, actor=actor, purpose=Purpose.SIGN_IN.value) as context:
        if wrong is not None:
            Account.objects.filter(login=wrong).update(wrong_attempts=F("wrong_attempts") + 1)
        act = journal.Act(
            kind=EntryKind.SIGN_IN, outcome=outcome, role=None if who is None else who.role.value
        )
        journal.enter(act, ctx=context)


def _minutes(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 90 else f"{-(-seconds // 60)} minutes"
