"""The breach pack: from an account under suspicion to what has to be reported, from the journal alone, with its proofs.

For the reports within 24 hours (NIS2) and 72 hours (GDPR 33, LED 30): which children (numbers alone), which parts, when, what
was passed on and taken out. In English, for those who receive such reports; names of children and texts are not in it.
By command for the operator, of every account; by page for who supervises, of the people of the own agency. A token of a
program is an account too.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.supervised import (
    LooksOfAsked,
    ask_to_supervise,
    asked_for,
    day_in,
    enter_supervised,
    may_be_chosen,
)
from encircle.actions.token import ACTOR
from encircle.actions.whose_law import law_for
from encircle.core.journal.entry import EntryKind
from encircle.core.journal.proof import verify_inclusion
from encircle.host.document import Paper, Section
from encircle.records.context import with_context
from encircle.records.journal.account import (
    Done,
    Head,
    done_by,
    done_with,
    last_head,
    numbers_of,
    person_of,
    program_of,
    proof_of,
)
from encircle.records.look_alarms import Program, people_under, programs_under
from encircle.vocabulary.field_group import MEANING, FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

PROOFS = 1_000
"""For how many entries proofs are written out; the places of all others in the tree are told."""
PROOFS_ON_A_PAGE = 200
"""The same while somebody waits for a page: the command writes the others."""
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""Before the first entry of any journal."""
_HEAD = ("entry", "at", "what", "outcome", "agency", "role", "purpose", "parts", "record", "position", "leaf")


@dataclass(frozen=True, slots=True)
class ChildTouched:
    """One record that the account opened or changed: how often, from when until when, which parts, what was done."""

    number: str
    times: int
    first: datetime
    last: datetime
    parts: tuple[FieldGroup, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreachPack:
    """Everything that the journal has of one account in a time. `proofs`: by entry, as far as it is in the signed head.

    `elsewhere`: so many records have no number in it, because the agency of who asks takes no part in them.
    """

    account: str
    since: datetime
    until: datetime
    made: datetime
    entries: tuple[Done, ...]
    numbers: Mapping[RootId, str]
    head: Head | None
    proofs: Mapping[str, tuple[bytes, ...]]
    elsewhere: int = 0

    @property
    def children(self) -> tuple[ChildTouched, ...]:
        """The records, those with the most entries first."""
        by_root: dict[RootId, list[Done]] = {}
        for one in self.entries:
            if one.root is not None and one.root in self.numbers and one.kind != EntryKind.REFUSAL.value:
                by_root.setdefault(one.root, []).append(one)
        found = (_touched(self.numbers[root], several) for root, several in by_root.items())
        return tuple(sorted(found, key=lambda one: (-one.times, one.number)))

    def of(self, *kinds: EntryKind) -> tuple[Done, ...]:
        """The entries of these kinds."""
        return tuple(one for one in self.entries if one.kind in {kind.value for kind in kinds})


@dataclass(frozen=True, slots=True)
class BreachAsked:
    """The page: whose pack is asked for, and of whom one may ask. `pack`: None while none is chosen."""

    asked: LooksOfAsked
    people: Mapping[str, str]
    programs: Mapping[str, Program]
    pack: BreachPack | None
    zone: str

    @property
    def chosen(self) -> bool:
        """Whether somebody is asked for of whom one may ask."""
        return may_be_chosen(self.asked, self.people, self.programs)


def breach_of(who: Who, asked: LooksOfAsked) -> BreachAsked:
    """The pack of a person or program of the own agency, without proofs; without days: all. Refuses: NotAllowed; BadInput."""
    return _asked_of(who, asked, EntryKind.LOOK, "breach_pack_shown", proofs=0)


def breach_to_take_out(who: Who, asked: LooksOfAsked) -> BreachAsked:
    """The same to be handed on, with proofs. Refuses: NotAllowed; BadInput, days that end before they begin."""
    return _asked_of(who, asked, EntryKind.EXPORT, "breach_pack_taken_out", proofs=PROOFS_ON_A_PAGE)


def breach_pack(account: str, *, since: datetime, until: datetime) -> BreachPack:
    """The pack for that login, or for a token as `token:` and its id. A job.

    Refuses: BadInput, an account that is not there, a time that ends before it begins.
    """
    _ask_for_time(since, until)
    with with_context(agency=None, actor="breach", purpose="verify") as ctx:
        person, token = person_of(account), account.removeprefix(ACTOR)
        program = program_of(token) if account.startswith(ACTOR) else None
        if person is not None:
            entries = done_by(person, since=since, until=until)
        elif program is not None:
            account, entries = _named(program, token), done_with(token, since=since, until=until)
        else:
            raise BadInput(code="no_account", reason="There is no account with that login.", where="account")
        head, made = last_head(), ctx.now
        proofs = _proofs(entries, head, at_most=PROOFS)
    with with_context(agency=None, actor="breach", purpose="retention"):
        numbers = numbers_of({one.root for one in entries if one.root is not None})
    return BreachPack(account, since, until, made, entries, numbers, head, proofs)


def as_csv(pack: BreachPack) -> str:
    """One line for each entry: codes, times, numbers of records, and its place in the tree."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(_HEAD)
    for one in pack.entries:
        lines.writerow(
            (
                one.id,
                _time(one.at),
                one.kind,
                one.outcome,
                one.agency,
                one.role,
                one.purpose,
                "".join(one.groups),
                "" if one.root is None else pack.numbers.get(one.root, ""),
                "" if one.position is None else one.position,
                one.leaf.hex(),
            )
        )
    return out.getvalue()


def as_proofs(pack: BreachPack) -> str:
    """The signed head and the proofs, to be checked by anybody: leaf, position, the hashes on the way (RFC 9162)."""
    told = {
        "head": None if pack.head is None else pack.head.note,
        "size": 0 if pack.head is None else pack.head.size,
        "entries": [
            {
                "entry": one.id,
                "position": one.position,
                "leaf": one.leaf.hex(),
                "proof": [each.hex() for each in pack.proofs[one.id]],
            }
            for one in pack.entries
            if one.id in pack.proofs
        ],
    }
    return json.dumps(told, indent=1) + "\n"


def is_proved(pack: BreachPack) -> bool:
    """Whether every proof of the pack leads to the signed head."""
    head = pack.head
    return head is not None and all(
        verify_inclusion(
            one.leaf, index=one.position, size=head.size, proof=pack.proofs[one.id], root=head.root
        )
        for one in pack.entries
        if one.id in pack.proofs and one.position is not None
    )


def as_paper(pack: BreachPack) -> Paper:
    """The same as a paper for those to whom a breach is reported."""
    children = pack.children
    parts = {part for child in children for part in child.parts}
    return Paper(
        title="What an account has done",
        language="en",
        lead=(
            f"Account {pack.account}, from {_time(pack.since)} until {_time(pack.until)}; made {_time(pack.made)}.",
            "Read from the journal of this installation. Records are told by their numbers; there is no name of a child"
            " and no text of a record in it.",
        ),
        sections=(
            Section(
                "In short",
                items=(
                    f"Records of children and concerns that were opened or changed: {len(children) + pack.elsewhere}.",
                    *_elsewhere(pack),
                    f"Entries of the journal: {len(pack.entries)}.",
                    f"Refused attempts: {len(pack.of(EntryKind.REFUSAL))}.",
                    f"Passed on to others: {len(pack.of(EntryKind.DISCLOSURE))}.",
                    f"Taken out: {len(pack.of(EntryKind.EXPORT))}.",
                    f"Parts that were open: {'; '.join(MEANING[part] for part in FieldGroup if part in parts) or 'none'}.",
                    *_first_and_last(pack),
                ),
            ),
            _records(children),
            _several("Passed on to others", pack.of(EntryKind.DISCLOSURE), pack),
            _several("Taken out", pack.of(EntryKind.EXPORT), pack),
            _several("Refused attempts", pack.of(EntryKind.REFUSAL), pack),
            _proved(pack),
        ),
    )


def _asked_of(who: Who, asked: LooksOfAsked, kind: EntryKind, outcome: str, *, proofs: int) -> BreachAsked:
    zone = law_for(settings.COUNTRY).zone
    with at_work(who, Purpose.SUPERVISE) as context:
        ask_to_supervise(who)
        people, programs, now = people_under(who.agency), programs_under(who.agency), context.now
        found, pack = BreachAsked(asked, people, programs, None, zone), None
        if found.chosen:
            since = day_in(asked.since, zone) or _FIRST
            last = day_in(asked.until, zone)
            until = now if last is None else last + timedelta(days=1)
            _ask_for_time(since, until)
            done = partial(done_with, asked.token) if asked.token else partial(done_by, asked.person)
            entries, head = done(since=since, until=until), last_head()
            roots = {
                one.root for one in entries if one.root is not None and one.kind != EntryKind.REFUSAL.value
            }
            numbers = numbers_of(roots)
            pack = BreachPack(
                _named(programs[asked.token].name, asked.token) if asked.token else people[asked.person],
                entries[0].at if since == _FIRST and entries else since,
                until,
                now,
                entries,
                numbers,
                head,
                _proofs(entries, head, at_most=proofs),
                len(roots - set(numbers)),
            )
        enter_supervised(who, context, kind, outcome, of=asked_for(asked) if found.chosen else None)
    return replace(found, pack=pack)


def _named(program: str, token: str) -> str:
    return f"{program} (a program, token {token})"


def _ask_for_time(since: datetime, until: datetime) -> None:
    if until <= since:
        raise BadInput(code="no_time", reason="The time ends before it begins.", where="until")


def _touched(number: str, several: list[Done]) -> ChildTouched:
    groups = {group for one in several for group in one.groups}
    return ChildTouched(
        number,
        len(several),
        several[0].at,
        several[-1].at,
        tuple(group for group in FieldGroup if group.value in groups),
        tuple(sorted({one.kind for one in several})),
    )


def _proofs(entries: Iterable[Done], head: Head | None, *, at_most: int) -> dict[str, tuple[bytes, ...]]:
    if head is None:
        return {}
    placed = [one for one in entries if one.position is not None and one.position < head.size]
    return {one.id: proof_of(one.position or 0, size=head.size) for one in placed[:at_most]}


def _elsewhere(pack: BreachPack) -> tuple[str, ...]:
    if not pack.elsewhere:
        return ()
    return (
        f"Of these, without a number here: {pack.elsewhere}. The agency takes no part in them;"
        " whoever runs this installation has their numbers (encircle breach).",
    )


def _first_and_last(pack: BreachPack) -> tuple[str, ...]:
    if not pack.entries:
        return ()
    return (f"First entry {_time(pack.entries[0].at)}, last entry {_time(pack.entries[-1].at)}.",)


def _records(children: Iterable[ChildTouched]) -> Section:
    rows = tuple(
        (
            one.number,
            str(one.times),
            _time(one.first),
            _time(one.last),
            "".join(one.parts),
            ", ".join(one.kinds),
        )
        for one in children
    )
    return Section(
        "Records",
        ("Letters of parts: " + "; ".join(f"{part.value} {words}" for part, words in MEANING.items()) + ".",)
        if rows
        else ("None.",),
        head=("Number", "Times", "First", "Last", "Parts", "What") if rows else (),
        rows=rows,
        widths=(4, 2, 5, 5, 2, 4),
    )


def _several(title: str, entries: Iterable[Done], pack: BreachPack) -> Section:
    rows = tuple(
        (_time(one.at), "" if one.root is None else pack.numbers.get(one.root, ""), one.outcome, one.purpose)
        for one in entries
    )
    return Section(
        title,
        () if rows else ("None.",),
        head=("At", "Record", "What", "Purpose") if rows else (),
        rows=rows,
        widths=(4, 3, 4, 3),
    )


def _proved(pack: BreachPack) -> Section:
    if pack.head is None:
        return Section("Proof", ("No head of the journal was signed yet.",))
    waiting = sum(one.position is None or one.position >= pack.head.size for one in pack.entries)
    return Section(
        "Proof",
        (
            f"The journal's signed head has {pack.head.size} entries. {_proofs_told(pack)}"
            f" {waiting} entries are not in this head yet.",
        ),
        items=tuple(line for line in pack.head.note.splitlines() if line),
    )


def _proofs_told(pack: BreachPack) -> str:
    if not pack.proofs:
        return "The file of proofs shows that the entries stand in it."
    return f"{len(pack.proofs)} proofs are in the file of proofs;"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
