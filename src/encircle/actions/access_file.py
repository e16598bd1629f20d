"""The access file: prepared by who leads the case, checked by a second person, given to the child or who speaks for it.

Nobody prepares or checks what is closed to them: a part that is not open is named in the file, with whom to ask. What the
rule leaves out stays out (`core/access_file`); who prepares it leaves out more, by reason. The file is never stored: it is
made from the record as it stood when it was prepared, and given only if it is still the one that was checked.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from encircle.actions.act.perform import perform_in
from encircle.actions.act.statement import Statement
from encircle.actions.asked import Asked, Question
from encircle.actions.context import Who
from encircle.actions.form_token import id_of_form
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.permit import Permit, permitted
from encircle.actions.record import Look, Sight, rows_open, sight
from encircle.core.access import Doing
from encircle.core.access.groups import groups_of
from encircle.core.access_file import CHOSEN, NotGiven, Reason, Recipient, left_out, not_given
from encircle.core.child import AsOf
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.access_files import FileRow as FileRow
from encircle.records.access_files import add_file, drop_file, files_on, mark_checked, mark_given
from encircle.records.facts import Reading
from encircle.records.journal.history import LooksOf, looks_by_agency
from encircle.records.people_keys import holders_of
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.role import Role

_ROLES: Mapping[Recipient, Role] = {
    Recipient.CHILD: Role.CHILD,
    Recipient.ADULT: Role.CHILD,
    Recipient.GUARDIAN: Role.GUARDIAN,
    Recipient.LAWYER: Role.LAWYER,
}
_TOLD_OF = (Compartment.LOCATION,)
"""What a file can tell of what is sealed to people; confidential talks it never tells."""
_DATA: Mapping[FieldGroup, str] = {
    FieldGroup.MINIMUM: "minimum",
    FieldGroup.ACCOUNT: "account",
    FieldGroup.LOCATION: "location",
    FieldGroup.HEALTH: "health",
    FieldGroup.CRIMINAL: "criminal",
    FieldGroup.ASYLUM: "asylum",
    FieldGroup.VIEWS: "views",
    FieldGroup.INDICATORS: "indicators",
}


class NoSuchFile(Refused):
    """There is no such file on this record that one may act on."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_file",
            reason="There is no such file on this record that can still be used. Nothing was changed.",
            instead="Look at the list again, or prepare a new one.",
        )


class PartClosed(Refused):
    """The file has parts that are closed to who wants to check or give it."""

    def __init__(self) -> None:
        super().__init__(
            code="part_closed",
            reason="The file has parts of the record that are not open to you, so you cannot check it.",
            instead="Ask somebody to whom they are open, or let the parts be opened to you by a decision.",
        )


class PartSealed(Refused):
    """The file tells a part that is sealed to people, and who wants to read, check or give it has not opened their key."""

    def __init__(self) -> None:
        super().__init__(
            code="part_sealed",
            reason="The file tells a part that is sealed to people, and your key is not open or does not open it.",
            instead="Unlock your key, then come back; or ask somebody who can open it.",
        )


class Changed(Refused):
    """What would be given is not what was checked."""

    def __init__(self) -> None:
        super().__init__(
            code="file_changed",
            reason="The file is not the one that was checked: something in it was erased or named anew.",
            instead="Put it aside and prepare a new one.",
        )


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a record, and what a new one would hold. `out`: what the rule leaves out; `closed`: parts not in it.

    `is_sealed`: where the child is, is sealed to people, and not open to who asks; `holders`: the agencies that open it.
    """

    told: Heading
    look: Look
    out: Mapping[FactId, Reason]
    closed: tuple[FieldGroup, ...]
    items: tuple[FileRow, ...]
    place_is_open: bool
    is_sealed: bool
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccessFile:
    """One file as it is read. `out`: what is left out, by reason; `looks`: who has looked, until it was prepared.

    `holders`: the agencies that could open what was sealed to who prepared it.
    """

    row: FileRow
    look: Look
    out: Mapping[FactId, Reason]
    closed: tuple[FieldGroup, ...]
    looks: tuple[LooksOf, ...]
    person: str
    holders: tuple[str, ...]


Make = Callable[[AccessFile], bytes]
"""Makes the file in its language: words are not the business of actions."""


def access_files(who: Who, number: str, *, with_place: bool = False) -> Files:
    """The files of that record and what a new one would hold. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR) as permit:
        permit.ask_to_decide(Decision.GIVE_ACCESS)
        told = heading(permit)
        enter_look(permit, "access_files", told)
        look = _look(sight(permit), AsOf(permit.context.now))
        whole, place_is_open = permit.whole().facts, FieldGroup.LOCATION in permit.allowed.groups
        out = left_out(whole, told.situation, with_place=with_place)
        is_sealed = place_is_open and bool(_sealed(whole, told))
        return Files(
            told,
            look,
            out,
            _closed(permit.allowed.groups),
            files_on(permit.root.id),
            place_is_open,
            is_sealed,
            holders_of(permit.root.id, _TOLD_OF) if is_sealed else (),
        )


def prepare_file(
    who: Who,
    number: str,
    recipient: Recipient,
    *,
    language: str,
    with_place: bool,
    out: Mapping[FactId, Reason],
    token: str,
) -> str:
    """Prepare a file; its id. `out`: what is left out beside what the rule leaves out. The same form prepares one.

    Refuses: NotSeen, NotAllowed; BadInput: a recipient to whom it cannot be given.
    """
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR) as permit:
        permit.ask_to_decide(Decision.GIVE_ACCESS)
        _ask_whether_it_can_be_given(permit, recipient, with_place=with_place)
        if with_place and FieldGroup.LOCATION not in permit.allowed.groups:
            raise BadInput(
                code="place_closed", reason="Where the child is, is not open to you.", where="with_place"
            )
        file = id_of_form(token, f"{permit.root.id}/access-file")
        sealed = _sealed(permit.whole().facts, heading(permit)) if with_place else {}
        chosen = {fact: reason for fact, reason in out.items() if reason in CHOSEN}
        choices = {
            "out": {fact: reason.value for fact, reason in {**sealed, **chosen}.items()},
            "holders": holders_of(permit.root.id, _TOLD_OF) if sealed else (),
            "groups": "".join(sorted(permit.allowed.groups)),
            "summary": "".join(sorted(permit.allowed.summary)),
        }
        added = add_file(
            permit.root.id,
            file=file,
            recipient=recipient.value,
            language=language,
            with_place=with_place,
            choices=json.dumps(choices, sort_keys=True),
            ctx=permit.context,
        )
        if added:
            _journal(permit, EntryKind.WRITE, "access_file_prepared")
        return file


def access_file(who: Who, number: str, file: str) -> AccessFile:
    """That file, to be read. Refuses: NotSeen, NotAllowed; NoSuchFile; PartClosed."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR) as permit:
        found = _file(permit, file)
        _journal(permit, EntryKind.LOOK, "access_file_shown")
        return found


def check_file(who: Who, number: str, file: str, *, make: Make) -> None:
    """A second person has read it all. Refuses as `access_file`; RuleBroken, to who prepared it."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR) as permit:
        found = _file(permit, file)
        mark_checked(file, permit.root.id, hashlib.sha256(make(found)).digest())
        _journal(permit, EntryKind.WRITE, "access_file_checked")


def drop(who: Who, number: str, file: str) -> None:
    """Put it aside before it is given. Refuses: NotSeen, NotAllowed; NoSuchFile."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR) as permit:
        permit.ask_to_decide(Decision.GIVE_ACCESS)
        if not any(one.id == file for one in files_on(permit.root.id)):
            raise NoSuchFile
        drop_file(file, permit.root.id)
        _journal(permit, EntryKind.WRITE, "access_file_dropped")


def give_file(who: Who, number: str, file: str, *, make: Make, token: str) -> None:
    """It is given now: written down as a disclosure, on the record and in the journal.

    Refuses as `access_file`; NoSuchFile, one that nobody has checked; Changed; BadInput, a recipient who may not have it.
    """
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR, doing=Doing.ADD) as permit:
        found = _file(permit, file)
        if found.row.digest is None or found.row.given_at is not None or found.row.is_dropped:
            raise NoSuchFile
        if hashlib.sha256(make(found)).digest() != found.row.digest:
            raise Changed
        recipient = Recipient(found.row.recipient)
        _ask_whether_it_can_be_given(permit, recipient, with_place=found.row.with_place)
        mark_given(file, permit.root.id)
        _journal(permit, EntryKind.DISCLOSURE, "access_file_given")
        groups = groups_of(found.look.facts)
        kept = {groups[fact.id] for fact in found.look.facts if fact.id not in found.out}
        values = {
            "given_to_role": _ROLES[recipient].value,
            "data": [_DATA[one] for one in FieldGroup if one in kept and one in _DATA] or ["minimum"],
            "purpose": "access_to_own_data",
            "legal_basis": permit.allowed.basis,
            "child_informed": "informed",
        }
        perform_in(permit, [Statement(type="disclosure_made", values=values)], token=token)


def _file(permit: Permit, file: str) -> AccessFile:
    permit.ask_to_decide(Decision.GIVE_ACCESS)
    row = next((one for one in files_on(permit.root.id) if one.id == file), None)
    if row is None or row.choices is None:
        raise NoSuchFile
    choices = json.loads(row.choices)
    groups = frozenset(map(FieldGroup, choices["groups"]))
    summary = frozenset(map(FieldGroup, choices["summary"]))
    allowed = permit.allowed
    if not groups <= allowed.groups or not (groups - summary) <= (allowed.groups - allowed.summary):
        raise PartClosed
    narrowed = replace(permit, allowed=replace(allowed, groups=groups, summary=summary))
    then = _as_it_stood(sight(narrowed), row)
    told = _look(then, AsOf(row.prepared_at))
    whole = then.whole.facts
    situation = told.answer.folded.earliest
    chosen = {FactId(fact): Reason(reason) for fact, reason in choices["out"].items()}
    rule = left_out(whole, situation, with_place=row.with_place)
    if any(reason is Reason.SEALED and fact not in chosen for fact, reason in rule.items()):
        raise PartSealed
    out = {**rule, **chosen, **{fact: reason for fact, reason in rule.items() if reason is not Reason.SEALED}}
    return AccessFile(
        row=row,
        look=told,
        out={fact: reason for fact, reason in out.items() if any(one.id == fact for one in whole)},
        closed=_closed(groups),
        looks=looks_by_agency(permit.root.id, until=row.prepared_at),
        person=permit.who.person,
        holders=tuple(choices.get("holders", ())),
    )


def _as_it_stood(on: Sight, row: FileRow) -> Sight:
    """The record as the system held it when the file was prepared."""
    facts = tuple(fact for fact in on.whole.facts if fact.recorded <= row.prepared_at)
    whole = Reading(facts, on.whole.erased)
    return replace(on, whole=whole, opened=rows_open(whole, on.permit.allowed))


def _sealed(facts: tuple[Fact, ...], told: Heading) -> Mapping[FactId, Reason]:
    """What a file with the place would tell, if it were open to who asks."""
    out = left_out(facts, told.situation, with_place=True)
    return {fact: reason for fact, reason in out.items() if reason is Reason.SEALED}


def _look(on: Sight, as_of: AsOf) -> Look:
    return on.look(Asked(), Question(as_of, {}))[0]


def _closed(groups: frozenset[FieldGroup]) -> tuple[FieldGroup, ...]:
    return tuple(group for group in FieldGroup if group not in groups)


def _ask_whether_it_can_be_given(permit: Permit, to: Recipient, *, with_place: bool) -> None:
    why = not_given(to, heading(permit).situation, with_place=with_place)
    if why is not None:
        raise _cannot_have_it(why)


def _cannot_have_it(why: NotGiven) -> BadInput:
    match why:
        case NotGiven.NO_LONGER:
            return BadInput(
                code=why.value,
                reason="No such guardian or lawyer is in office on this record.",
                where="recipient",
            )
        case NotGiven.CONFLICT:
            return BadInput(
                code=why.value,
                reason="A conflict of interest of the guardian is on record, or cannot be excluded.",
                where="recipient",
            )
        case NotGiven.STILL_A_CHILD:
            return BadInput(
                code=why.value, reason="On this record the person is not yet 18.", where="recipient"
            )
        case NotGiven.NOT_THE_PLACE:
            return BadInput(
                code=why.value, reason="Where the child is, is told to the child alone.", where="with_place"
            )


def _journal(permit: Permit, kind: EntryKind, outcome: str) -> None:
    act = journal.Act(
        kind=kind,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
        regime=permit.allowed.regime,
        field_groups=tuple(group for group in FieldGroup if group in permit.allowed.groups),
    )
    journal.enter(act, ctx=permit.context)
