"""The permit: asked first by everything that looks at a record or writes to it, in the transaction of the act.

The rule itself is `core/access`; here it is given the mandates of the installation and the memberships of who asks.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.conf import settings

from encircle.actions.context import Visit, Who, at_work
from encircle.actions.law import law_of
from encircle.core.access import Allowed, Denied, Doing, decide, groups_of, needed_for_status, visits_open
from encircle.core.journal.entry import EntryKind
from encircle.core.restriction import is_open_under, restriction
from encircle.law.mandate import Mandate
from encircle.records import facts as rows
from encircle.records import journal
from encircle.records.context import Context
from encircle.records.links import told_of
from encircle.records.refusal import Unavailable
from encircle.records.relations import Standing, standing_to
from encircle.records.restrictions import restrictions_of, restrictions_of_each
from encircle.records.seen import SeenRoot, root_numbered
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.field_group import MEANING, FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose


class NotSeen(Refused):
    """There is no such record, or none that one may see: which of the two is not told."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="not_seen",
            reason="There is no record of that number that you can open.",
            instead="Look at the number again, or go back to the list of records.",
        )
        self.number = number


class NotAllowed(Refused):
    """One may know of the record, but not do this with it: why, by which mandate, and what to do instead."""

    def __init__(self, denied: Denied, number: str) -> None:
        super().__init__(code=denied.code, reason=denied.reason, source=denied.source, instead=denied.instead)
        self.number = number


class VisitNotChosen(NotAllowed):
    """The record could be opened to several ends, and none of them was chosen yet. `choices`: which, what each opens."""

    def __init__(self, number: str, choices: Mapping[VisitPurpose, frozenset[FieldGroup]]) -> None:
        denied = Denied(
            code="visit_not_chosen",
            reason="Say first to what end you open this record.",
            source="Each look at a record has one purpose, which is written down.",
            instead="Choose one of those that your mandate names.",
        )
        super().__init__(denied, number)
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Permit:
    """Somebody may do this to this record, in the open transaction. `allowed`: the parts that it opens."""

    who: Who
    purpose: Purpose
    root: SeenRoot
    allowed: Allowed
    context: Context
    opened_in_emergency: bool = False
    """Only because who looks has opened it in an emergency."""

    def open_facts(self) -> tuple[Fact, ...]:
        """The facts of the parts that are open to this person. To which part one belongs, the whole record says."""
        facts = self.whole().facts
        group_of = groups_of(facts)
        return tuple(fact for fact in facts if group_of[fact.id] in self.allowed.groups)

    def whole(self) -> rows.Reading:
        """All facts, from which situation and ledger are computed. Shown is of them only what `core.access.shown` leaves.

        The number of another record stands in them only where the agency takes part in that one too. What stands on a
        linked record whose use is restricted is not used, unless it may be to the end of this visit.
        """
        found = rows.read(self.root.id)
        others = {fact.root for fact in found.facts} - {self.root.id}
        visit = None if self.who.visit is None else self.who.visit.purpose
        shut = {
            root
            for root, facts in restrictions_of_each(others).items()
            if not is_open_under(
                restriction(facts, now=self.context.now), purpose=self.purpose, visit=visit, relations=()
            )
        }
        used = tuple(fact for fact in found.facts if fact.root not in shut)
        return replace(found, facts=told_of(used), held_back=bool(shut))

    def by_mandate(self) -> Allowed:
        """What mandates alone open here, without what decisions have added: nobody passes on what was opened to them."""
        stands = standing_to((self.root.id,), ctx=self.context)[self.root.id]
        answer = decide(
            Doing.LOOK,
            role=self.who.role,
            purpose=self.purpose,
            relations=stands.relations,
            mandates=mandates(),
            visit=None if self.who.visit is None else self.who.visit.purpose,
        )
        return answer if isinstance(answer, Allowed) else replace(self.allowed, groups=frozenset())

    def ask_to_add(self, groups: Collection[FieldGroup]) -> None:
        """Asked before anything is written into these parts. Refuses: NotAllowed, a part that is not open to add to."""
        closed = [
            MEANING[group] for group in FieldGroup if group in groups and group not in self.allowed.adds
        ]
        if closed:
            denied = Denied(
                code="not_allowed",
                reason=f"You cannot write into this part of the record: {'; '.join(closed)}.",
                source=self.allowed.source,
                instead="Tell the case lead, who can write it down or say who may.",
            )
            raise NotAllowed(denied, self.root.number)

    def ask_to_decide(self, decision: Decision) -> None:
        """Asked before a decision of that kind is recorded. Refuses: NotAllowed, one that the mandate does not name."""
        if decision not in self.allowed.decides:
            denied = Denied(
                code="not_yours_to_decide",
                reason="This is not for your role to decide.",
                source=self.allowed.source,
                instead="Ask the case lead who decides it.",
            )
            raise NotAllowed(denied, self.root.number)


def mandates() -> Mapping[Role, Mandate]:
    """What each role is entitled to, by the law of the installation's country today."""
    return law_of(settings.COUNTRY).mandates_by_role


def ask_for_purpose(who: Who, purpose: Purpose) -> None:
    """Asked before a list over many records. Refuses: NotAllowed, a purpose that is not of the role."""
    own = decide(Doing.LOOK, role=who.role, purpose=purpose, relations=(Relation.TEAM,), mandates=mandates())
    if isinstance(own, Denied):
        raise NotAllowed(own, "")


def look_at_many(who: Who, outcome: str, groups: Collection[FieldGroup] = ()) -> journal.Act:
    """What the journal has of a look at a list over many records: by the mandate of the role, with these parts."""
    own = mandates().get(who.role)
    return journal.Act(
        kind=EntryKind.LOOK,
        outcome=outcome,
        role=who.role.value,
        legal_basis=None if own is None else own.basis,
        regime=None if own is None else own.regime,
        field_groups=tuple(group for group in FieldGroup if group in groups),
    )


@contextmanager
def permitted(who: Who, number: str, *, purpose: Purpose, doing: Doing = Doing.LOOK) -> Iterator[Permit]:
    """One transaction with the record of that number.

    Refuses: NotSeen, alike for a record that is not there, one of others and one that is hidden; NotAllowed, where the
    mandate does not open it for this: the edge journals both. VisitNotChosen, where who looks has to say first to what end.
    """
    with at_work(who, purpose) as context:
        yield permit_in(context, who, number, purpose=purpose, doing=doing)


def permit_in(
    context: Context, who: Who, number: str, *, purpose: Purpose, doing: Doing = Doing.LOOK
) -> Permit:
    """The same inside a transaction that an action has opened for another record. Refuses as `permitted`."""
    root = root_numbered(number)
    if root is None:
        raise NotSeen(number)
    stands = standing_to((root.id,), ctx=context)[root.id]
    asked = partial(
        decide,
        doing,
        role=who.role,
        purpose=purpose,
        relations=stands.relations,
        mandates=mandates(),
        opened=stands.opened,
    )
    answer = asked()
    if isinstance(answer, Allowed) and who.visit is not None:
        visit = _chosen(who, who.visit, stands.relations, number)
        who = replace(who, visit=visit)
        told = None if visit.purpose is None else visit.purpose.value
        context = replace(context, visit=told, duty=visit.duty)
        answer = asked(visit=visit.purpose)
    if isinstance(answer, Denied):
        raise NotSeen(number) if answer.hidden else NotAllowed(answer, number)
    if doing is Doing.LOOK:
        _ask_restriction(context, who, root, purpose, stands.relations)
    in_emergency = stands.relations == {Relation.EMERGENCY}
    return Permit(who, purpose, root, answer.narrowed(who.held_to), context, in_emergency)


def _ask_restriction(
    context: Context, who: Who, root: SeenRoot, purpose: Purpose, relations: frozenset[Relation]
) -> None:
    """Refuses: NotAllowed, a look to an end that a restriction of this record does not name."""
    found = restriction(restrictions_of(root.id), now=context.now)
    visit = None if who.visit is None else who.visit.purpose
    if not is_open_under(found, purpose=purpose, visit=visit, relations=relations):
        raise NotAllowed(
            Denied(
                code="restricted",
                reason="The use of this record is restricted for a time, and your purpose is not among those left.",
                source="GDPR 18(2)",
                instead="Ask the case lead. Writing down what happens to the child is still open.",
            ),
            root.number,
        )


def _chosen(who: Who, visit: Visit, relations: frozenset[Relation], number: str) -> Visit:
    """The visit with its purpose: the one that was chosen; where there is but one, that. Refuses: VisitNotChosen."""
    choices = visits_open(role=who.role, relations=relations, mandates=mandates())
    if visit.purpose is None and len(choices) == 1:
        return replace(visit, purpose=next(iter(choices)))
    if visit.purpose not in choices:
        raise VisitNotChosen(number, choices)
    return visit


@dataclass(frozen=True, slots=True)
class Use:
    """What a page is for: to which purpose one looks there, and what is done with the record."""

    purpose: Purpose
    doing: Doing = Doing.LOOK


def uses_of(who: Who, uses: Collection[Use], *, number: str = "") -> frozenset[Use]:
    """Which of these are open to one who takes part, so that no way leads to a refusal. Opens nothing and looks at nothing.

    `number`: of the record that they would be of. The database is asked only where one's relation to it could give more
    than one's role; where it does not answer, the role alone counts.
    """
    own = mandates().get(who.role)
    plain = _open_uses(who.role, uses, frozenset({Relation.TEAM}))
    if own is None or not number or plain == _open_uses(who.role, uses, own.widened_by | {Relation.TEAM}):
        return plain
    try:
        with at_work(who, Purpose.WORK_LIST) as context:
            root = root_numbered(number)
            found = Standing() if root is None else standing_to((root.id,), ctx=context)[root.id]
    except Unavailable:
        return plain
    return _open_uses(who.role, uses, found.relations)


def pages_open(who: Who, roots: Collection[RootId], *, context: Context) -> frozenset[RootId]:
    """Those of these records whose page is open to who looks at a list of them."""
    stands = standing_to(tuple(roots), ctx=context)
    page = Use(Purpose.PROTECT)
    return frozenset(root for root in roots if _open_uses(who.role, (page,), stands[root].relations))


def _open_uses(role: Role, uses: Collection[Use], relations: frozenset[Relation]) -> frozenset[Use]:
    held = mandates()
    return frozenset(
        use
        for use in uses
        if isinstance(
            decide(use.doing, role=role, purpose=use.purpose, relations=relations, mandates=held), Allowed
        )
    )


def opened_of_each(
    who: Who, roots: Collection[RootId], *, context: Context
) -> Mapping[RootId, Allowed | Denied]:
    """The same rule for each record of a list, inside its transaction. Two queries, whatever their number.

    One whose use is restricted is marked, and nothing of it is open in the list where no visit of who looks could use it.
    """
    stands = standing_to(tuple(roots), ctx=context)
    purpose, held = Purpose(context.purpose), mandates()
    answers = {
        root: decide(
            Doing.LOOK,
            role=who.role,
            purpose=purpose,
            relations=stands[root].relations,
            mandates=held,
            opened=stands[root].opened,
        )
        for root in roots
    }
    limited = _limited(who, purpose, stands, now=context.now)
    return {
        root: (one if root not in limited else one.under_restriction(is_open=limited[root])).narrowed(
            who.held_to
        )
        if isinstance(one, Allowed)
        else one
        for root, one in answers.items()
    }


def _limited(
    who: Who, purpose: Purpose, stands: Mapping[RootId, Standing], *, now: datetime
) -> Mapping[RootId, bool]:
    """The records whose use is restricted now, and whether some visit of who looks could use each in spite of it."""
    found: dict[RootId, bool] = {}
    for root, facts in restrictions_of_each(stands).items():
        runs, relations = restriction(facts, now=now), stands[root].relations
        if runs is not None:
            visits = visits_open(role=who.role, relations=relations, mandates=mandates())
            found[root] = any(
                is_open_under(runs, purpose=purpose, visit=visit, relations=relations) for visit in visits
            )
    return found


def opens(answer: Allowed | Denied, group: FieldGroup) -> bool:
    """Whether that field group is open."""
    return isinstance(answer, Allowed) and group in answer.groups


def opens_status(answer: Allowed | Denied, status: str | None) -> bool:
    """Whether a list may tell that this is the status of a child."""
    return isinstance(answer, Allowed) and needed_for_status(status) <= answer.groups
