"""Reports at the desk: enrolled with a key, listed without their words, opened with the passphrase, answered, taken over."""

import json
from dataclasses import dataclass
from typing import Final
from uuid import uuid5

from encircle.actions.act import Statement, perform_in
from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form, space_of_form
from encircle.actions.opening import opening
from encircle.actions.permit import NotAllowed, mandates
from encircle.actions.reports.door import LONGEST, Said, said_in
from encircle.core.access import Denied
from encircle.core.access.rule import source_of
from encircle.core.journal.entry import EntryKind
from encircle.crypto import report as sealing
from encircle.crypto.people import PROPER, Cost, KeyPair, bound_to, lock, unlock
from encircle.crypto.sealed import SealBroken
from encircle.records import journal
from encircle.records import reports as rows
from encircle.records.context import Context
from encircle.records.reports import Open
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

AT_MOST: Final = 200
"""So many reports stand on the list."""
_KEY: Final = "report-recipient"


class NoReport(Refused):
    """No such report, or none that is sealed to this agency: it looks the same."""

    def __init__(self) -> None:
        super().__init__(
            code="no_report", reason="There is no such report.", instead="Go back to the list of reports."
        )


class NotUnlocked(Refused):
    """The passphrase is not the one, or the agency has no key."""

    def __init__(self) -> None:
        super().__init__(
            code="not_unlocked",
            reason="This passphrase does not open the reports of your agency.",
            instead="Type it again, or ask who keeps it at your agency.",
        )


@dataclass(frozen=True, slots=True)
class Read:
    """A report that is open: what stands beside it, and all that was said."""

    open: Open
    said: tuple[Said, ...]


def enrol(who: Who, passphrase: str, *, cost: Cost = PROPER, cheap_is_allowed: bool = False) -> bool:
    """Let reports be sealed to one's agency from now on; False, where they are already. Refuses: NotAllowed."""
    _ask(who)
    public, locked = new_key(who, passphrase, cost=cost, cheap_is_allowed=cheap_is_allowed)
    with at_work(who, Purpose.TRIAGE) as context:
        added = rows.add_recipient(public, locked, agency=who.agency, ctx=context)
        if added:
            _enter(who, EntryKind.POLICY, "report_recipient_enrolled", context)
    return added


def new_key(who: Who, passphrase: str, *, cost: Cost, cheap_is_allowed: bool = False) -> tuple[bytes, bytes]:
    """A new public key of their agency, and its private half under the passphrase."""
    pair = KeyPair.new()
    return pair.public, lock(
        pair, passphrase, bound=_bound(who), cost=cost, cheap_is_allowed=cheap_is_allowed
    )


def reports(who: Who) -> tuple[Open, ...]:
    """What is open of the reports that are sealed to one's agency. Refuses: NotAllowed."""
    _ask(who)
    with at_work(who, Purpose.TRIAGE) as context:
        found = rows.reports_of(who.agency, at_most=AT_MOST)
        _enter(who, EntryKind.LOOK, "reports_listed", context)
    return found


def read_report(who: Who, report: str, passphrase: str, *, cheap_is_allowed: bool = False) -> Read:
    """Open a report; from now on who reported sees that a person has read it. Refuses: NotAllowed, NoReport, NotUnlocked."""
    pair = _unlocked(who, passphrase, cheap_is_allowed=cheap_is_allowed)
    with at_work(who, Purpose.TRIAGE) as context:
        found, key = _found(who, report, pair)
        if found.state == "arrived":
            rows.set_state(found.id, "read")
        _enter(who, EntryKind.LOOK, "report_read", context, report=found.id)
        return Read(found, tuple(said_in(found.id, key)))


def answer_report(
    who: Who, report: str, passphrase: str, words: str, *, token: str, cheap_is_allowed: bool = False
) -> None:
    """Write to who reported; it opens with their code alone. The same form writes once. Refuses as `read_report`."""
    pair = _unlocked(who, passphrase, cheap_is_allowed=cheap_is_allowed)
    part = id_of_form(token, f"{who.agency}/{report}/answer")
    with at_work(who, Purpose.TRIAGE) as context:
        found, key = _found(who, report, pair)
        plain = json.dumps({"text": words[:LONGEST]}).encode()
        sealed = sealing.seal_part(plain, key=key, report=found.id, part=part, kind="answer")
        rows.add_part(found.id, part, "answer", sealed, ctx=context)
        if found.state == "arrived":
            rows.set_state(found.id, "read")
        _enter(who, EntryKind.WRITE, "report_answered", context, report=found.id)


def take_over(who: Who, report: str, passphrase: str, *, cheap_is_allowed: bool = False) -> str:
    """Open a concern with what the report says, nothing typed again; its number. Twice is once. Refuses as `read_report`."""
    pair = _unlocked(who, passphrase, cheap_is_allowed=cheap_is_allowed)
    token = str(uuid5(space_of_form(report), "taken over"))
    with opening(who, Kind.CONCERN, token=token, purpose=Purpose.RECORD) as permit:
        found, key = _found(who, report, pair)
        if found.concern:
            return found.concern
        told = "\n\n".join(one.text for one in said_in(found.id, key) if one.text and not one.theirs)
        statement = Statement(
            type="concern_registered", values=_registered(found, told), certainty=Certainty.REPORTED
        )
        perform_in(permit, [statement], token=token)
        rows.set_state(found.id, "concern", concern=permit.root.id)
        return permit.root.number


def _registered(found: Open, told: str) -> dict[str, object]:
    danger = {"yes": {"danger_now": True}, "no": {"danger_now": False}}.get(found.danger, {})
    words = {"text": told} if told else {}
    given = {"anonymous": True, "way_back_given": True, "language": found.language}
    return {"channel": "web_form", "raised_by": "anonymous", **danger, **words, **given}


def _unlocked(who: Who, passphrase: str, *, cheap_is_allowed: bool) -> KeyPair:
    """The key of one's agency; a wrong passphrase is journalled. Refuses: NotAllowed, NotUnlocked."""
    _ask(who)
    with at_work(who, Purpose.TRIAGE):
        own = rows.own_key(who.agency)
    try:
        if own is not None:
            return unlock(own.locked, passphrase, bound=_bound(who), cheap_is_allowed=cheap_is_allowed)
    except SealBroken:
        with at_work(who, Purpose.TRIAGE) as context:
            _enter(who, EntryKind.REFUSAL, "report_not_unlocked", context)
        raise NotUnlocked from None
    raise NotUnlocked


def _found(who: Who, report: str, pair: KeyPair) -> tuple[Open, bytes]:
    found, own = rows.report_numbered(report), rows.seal_of(report, who.agency)
    if found is None or own is None:
        raise NoReport
    return found, sealing.open_report_key(pair, own.sealed, report=found.id)


def _ask(who: Who) -> None:
    """Refuses: NotAllowed, a role that does not sit at triage."""
    mandate = mandates().get(who.role)
    if mandate is None or Purpose.TRIAGE not in mandate.purposes:
        source = "" if mandate is None else source_of(mandate)
        reason, instead = "This is not among the purposes of your role.", "Ask the triage team."
        raise NotAllowed(Denied("purpose", reason, source, instead), "")


def _bound(who: Who) -> bytes:
    return bound_to(_KEY, who.agency)


def _enter(who: Who, kind: EntryKind, outcome: str, context: Context, *, report: str = "") -> None:
    body = json.dumps({"report": report}).encode() if report else None
    journal.enter(journal.Act(kind=kind, outcome=outcome, role=who.role.value), ctx=context, body=body)
