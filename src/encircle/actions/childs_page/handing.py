"""Giving a child the code of its own page, in person and after the check of who is near; taking it back at once."""

from dataclasses import dataclass
from enum import StrEnum

from encircle.actions.childs_page.code import new_code, printed
from encircle.actions.context import Who
from encircle.actions.permit import NotSeen, Permit, permitted
from encircle.actions.whose_law import law_for
from encircle.core.access import Doing
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.childs_page import Credential, add_credential, credentials_of, revoke_credentials
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

__all__ = [
    "Check",
    "Company",
    "Credential",
    "Device",
    "GivenAlready",
    "Handing",
    "NotSafe",
    "hand_over",
    "handing",
    "take_back",
]


class Company(StrEnum):
    """Who is near the child at that moment."""

    ALONE = "alone"
    """Only the giver, face to face."""
    TRUSTED = "trusted"
    """With somebody whom the child chose."""
    CONTROLLED = "controlled"
    """Somebody who controls, accompanies or speaks for the child, or may."""
    APART = "apart"
    """The giver does not meet the child now."""


class Device(StrEnum):
    """On what the child will open the page."""

    OWN = "own"
    """A device that nobody else looks into."""
    LENT = "lent"
    """One of the giver's agency, when they meet."""
    SHARED = "shared"
    """One that somebody else gave, pays for or may look into."""
    NOT_KNOWN = "not_known"


SAFE_COMPANY = frozenset({Company.ALONE, Company.TRUSTED})
SAFE_DEVICE = frozenset({Device.OWN, Device.LENT})


TRIES = 5
"""How often another code is made where one begins like that of another child."""


class GivenAlready(Refused):
    """The same form was sent before: its code was shown then, and is not shown again."""


class NotSafe(Refused):
    """The check says that somebody else might use the code or see the page: none is given."""


@dataclass(frozen=True, slots=True)
class Check:
    """The questions that are answered before a code is given. `wished`: the child wants the page."""

    company: Company
    device: Device
    wished: bool

    @property
    def is_passed(self) -> bool:
        """Whether nothing speaks against it."""
        return self.wished and self.company in SAFE_COMPANY and self.device in SAFE_DEVICE


@dataclass(frozen=True, slots=True)
class Handing:
    """What of the child's page those around the child see. `may_hand_over`: whether it is theirs to give and take back."""

    number: str
    credentials: tuple[Credential, ...]
    may_hand_over: bool
    zone: str
    of_a_child: bool
    """A concern has no such page: the child gets it once its record is open."""

    @property
    def live(self) -> Credential | None:
        """The credential that opens the page now."""
        return next((one for one in self.credentials if one.is_live), None)


def handing(who: Who, number: str) -> Handing:
    """Who gave this child its page and when it was last used. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.CHILDS_PAGE) as permit:
        of_a_child = permit.root.kind is Kind.CHILD
        _enter(permit, EntryKind.LOOK, "childs_page_looked_up")
        decides = of_a_child and Decision.HAND_OVER_PAGE in permit.allowed.decides
        zone = law_for(permit.root.country).zone
        return Handing(number, credentials_of(permit.root.id), decides, zone, of_a_child)


def hand_over(who: Who, number: str, check: Check, *, token: str) -> str:
    """A new code for this child, told this once, as it is printed; the one before opens nothing any more.

    `token`: a random UUID of the form. Refuses: NotSeen, NotAllowed; NotSafe, by the answers of the check; GivenAlready.
    """
    with permitted(who, number, purpose=Purpose.CHILDS_PAGE, doing=Doing.DECIDE) as permit:
        _only_of_a_child(permit)
        permit.ask_to_decide(Decision.HAND_OVER_PAGE)
        if check.is_passed:
            code = _given(permit, check, token)
            _enter(permit, EntryKind.WRITE, "childs_page_given")
            return printed(code)
        _enter(permit, EntryKind.REFUSAL, "childs_page_not_safe")
    raise NotSafe(
        code="not_safe",
        reason="By your answers somebody else could get hold of the code, or the child does not want the page.",
        instead="Meet the child alone first. Find out together which device is safe.",
    )


def take_back(who: Who, number: str) -> bool:
    """Close this child's page at once, also where it is open; False, where nothing was open. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.CHILDS_PAGE, doing=Doing.DECIDE) as permit:
        _only_of_a_child(permit)
        permit.ask_to_decide(Decision.HAND_OVER_PAGE)
        taken = revoke_credentials(permit.root.id)
        _enter(permit, EntryKind.WRITE, "childs_page_taken_back")
        return bool(taken)


def _given(permit: Permit, check: Check, token: str) -> str:
    root = permit.root.id
    already = any(one.id == token for one in credentials_of(root))
    if not already:
        revoke_credentials(root)
        for code in (new_code() for _ in range(TRIES)):
            if add_credential(
                root,
                code,
                company=check.company.value,
                device=check.device.value,
                credential=token,
                ctx=permit.context,
            ):
                return code
    raise GivenAlready(
        code="given_already",
        reason="A code was given a moment ago. It was shown then and cannot be shown again.",
        instead="If it was not written down, give a new one: the one before then opens nothing.",
    )


def _only_of_a_child(permit: Permit) -> None:
    if permit.root.kind is not Kind.CHILD:
        raise NotSeen(permit.root.number)


def _enter(permit: Permit, kind: EntryKind, outcome: str) -> None:
    act = journal.Act(
        kind=kind,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
        regime=permit.allowed.regime,
    )
    journal.enter(act, ctx=permit.context)
