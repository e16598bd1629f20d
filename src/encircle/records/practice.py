"""Practice in the tables: proposals, what became of them, and what of them is law. Rows are only ever added.

What was adopted is read into the process when a transaction begins and finds that there is something new: so every
process learns of a change with its next transaction, and asking for the law asks the database nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import connection

from encircle.law.counting import Counting, Unit
from encircle.law.practice import Adopted, Amendment, Held, Part, ordered
from encircle.records.adopted import MEMORY, Known
from encircle.records.models import PracticeEffect, PracticeProposal, PracticeStep
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role

APPROVED, DECLINED, WITHDRAWN, REPLACED, IN_FORCE = (
    "approved",
    "declined",
    "withdrawn",
    "replaced",
    "in_force",
)
DECIDED = (APPROVED, DECLINED, WITHDRAWN, REPLACED)


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a proposal, by whom and why. `since`: of an approval, from when it holds."""

    kind: str
    at: datetime
    person: str | None
    role: Role | None
    why: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal and its steps, the earliest first. `replaces`: the number of the one whose place it takes."""

    id: str
    number: int
    pack: str
    amendment: Amendment
    why: str
    valid_from: date
    replaces: int | None
    person: str
    agency: AgencyId
    role: Role
    made_at: datetime
    steps: tuple[Step, ...]

    @property
    def decided(self) -> Step | None:
        """The step that ended its waiting; None while it waits."""
        return next((step for step in self.steps if step.kind in DECIDED), None)

    @property
    def held(self) -> Held | None:
        """What of it is law, or will be; None where it was not approved."""
        step = self.decided
        if step is None or step.since is None or step.role is None:
            return None
        return Held(self.amendment, Adopted(self.number, step.since, self.role, step.role))


def _read(token: str) -> Known:
    found = _proposals(PracticeProposal.objects.filter(steps__kind=APPROVED).order_by("number"))
    by_pack: dict[str, list[Held]] = {}
    for one in found:
        if one.held is not None:
            by_pack.setdefault(one.pack, []).append(one.held)
    unmarked = frozenset(one.number for one in found if all(step.kind != IN_FORCE for step in one.steps))
    return Known(token, {pack: ordered(held) for pack, held in by_pack.items()}, unmarked)


def proposal(number: int) -> Proposal | None:
    """That proposal; None where there is none."""
    return next(iter(_proposals(PracticeProposal.objects.filter(number=number))), None)


def proposals(*, skip: int, at_most: int, waiting: bool | None = None) -> tuple[Proposal, ...]:
    """Proposals, the newest first; `waiting`: only those that nobody has decided, or only the others."""
    found = PracticeProposal.objects.order_by("-number")
    if waiting is True:
        found = found.exclude(steps__kind__in=DECIDED)
    elif waiting is False:
        found = found.filter(steps__kind__in=DECIDED)
    return _proposals(found[skip : skip + at_most])


def waiting_of(pack: str, key: tuple[str, ...]) -> tuple[Proposal, ...]:
    """What waits for a decision about the same thing."""
    found = PracticeProposal.objects.filter(pack=pack).exclude(steps__kind__in=DECIDED).order_by("number")
    return tuple(one for one in _proposals(found) if one.amendment.key == key)


def add_proposal(
    amendment: Amendment,
    *,
    pack: str,
    why: str,
    valid_from: date,
    replaces: str | None,
    person: str,
    agency: AgencyId,
    role: Role,
) -> int:
    """Write a proposal; its number."""
    hold()
    last = PracticeProposal.objects.order_by("-number").values_list("number", flat=True).first()
    number = 1 + (last or 0)
    PracticeProposal.objects.create(
        id=uuid4(),
        number=number,
        pack=pack,
        part=amendment.part.value,
        code=amendment.code,
        field=amendment.field or None,
        amount=amendment.amount,
        unit=None if amendment.unit is None else amendment.unit.value,
        counting=None if amendment.counting is None else amendment.counting.value,
        texts=dict(amendment.texts),
        basis=dict(amendment.basis),
        why=why,
        valid_from=valid_from,
        replaces_id=replaces,
        person_id=person,
        agency_id=agency,
        role=role.value,
    )
    return number


def add_step(
    of: Proposal,
    kind: str,
    *,
    at: datetime,
    person: str | None = None,
    role: Role | None = None,
    why: str = "",
    since: datetime | None = None,
) -> None:
    """Write what became of it. The database refuses a second decision, and one by who proposed it."""
    PracticeStep.objects.create(
        token=uuid4(),
        proposal_id=of.id,
        kind=kind,
        at=at,
        person_id=person,
        role=None if role is None else role.value,
        why=why,
        since=since,
    )


def hold() -> None:
    """Until the transaction ends nobody else writes a proposal or decides one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('practice_proposal'))")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an effect, after disclosure control. `turn`, `before`, `after`: codes, or nothing."""

    code: str
    turn: str
    before: str
    after: str
    figure: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a proposal would move, and when that was counted."""

    figures: tuple[Figure, ...]
    at: datetime


def effect_of(number: int) -> Counted | None:
    """What that proposal would move; None where it is not counted yet."""
    rows = list(PracticeEffect.objects.filter(proposal__number=number).order_by("id"))
    if not rows:
        return None
    figures = tuple(
        Figure(row.code, row.turn or "", row.before or "", row.after or "", row.figure) for row in rows
    )
    return Counted(figures, rows[0].counted_at)


def uncounted(*, at_most: int) -> tuple[Proposal, ...]:
    """Proposals that wait and of which nobody has counted what they would move."""
    found = PracticeProposal.objects.exclude(steps__kind__in=DECIDED).filter(effects=None).order_by("number")
    return _proposals(found[:at_most])


def store_effect(of: Proposal, figures: Iterable[Figure]) -> None:
    """Write what it would move, once."""
    PracticeEffect.objects.bulk_create(
        PracticeEffect(
            proposal_id=of.id,
            code=one.code,
            turn=one.turn or None,
            before=one.before or None,
            after=one.after or None,
            figure=one.figure,
        )
        for one in figures
    )


def _proposals(rows: "Iterable[PracticeProposal]") -> tuple[Proposal, ...]:
    """The proposals with their steps, in two queries."""
    found = list(rows)
    steps: dict[object, list[Step]] = {}
    for step in PracticeStep.objects.filter(proposal__in=[row.pk for row in found]).order_by("id"):
        told = Step(
            step.kind,
            step.at,
            None if step.person_id is None else str(step.person_id),
            None if step.role is None else Role(step.role),
            step.why,
            step.since,
        )
        steps.setdefault(step.proposal_id, []).append(told)
    numbers = dict(
        PracticeProposal.objects.filter(pk__in=[row.replaces_id for row in found if row.replaces_id])
        .order_by("number")
        .values_list("pk", "number")
    )
    return tuple(
        Proposal(
            id=str(row.pk),
            number=row.number,
            pack=row.pack,
            amendment=_amendment(row),
            why=row.why,
            valid_from=row.valid_from,
            replaces=None if row.replaces_id is None else numbers.get(row.replaces_id),
            person=str(row.person_id),
            agency=AgencyId(str(row.agency_id)),
            role=Role(row.role),
            made_at=row.made_at,
            steps=tuple(steps.get(row.pk, ())),
        )
        for row in found
    )


def _amendment(row: PracticeProposal) -> Amendment:
    return Amendment(
        part=Part(row.part),
        code=row.code,
        amount=row.amount,
        unit=None if row.unit is None else Unit(row.unit),
        counting=None if row.counting is None else Counting(row.counting),
        field=row.field or "",
        texts=tuple(sorted(row.texts.items())),
        basis=tuple(sorted(row.basis.items())),
    )


MEMORY.read = _read
