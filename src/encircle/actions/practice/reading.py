"""Reading: the list of proposals, one of them with its difference and effect, and what holds as files. A look, journalled."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.law import law_of, law_then, running_laws
from encircle.actions.permit import mandates
from encircle.actions.practice.draft import Draft, Problem, start_of, with_law
from encircle.actions.practice.proposing import may
from encircle.actions.whose_law import BASE, COUNCIL_OF_EUROPE, EUROPEAN_UNION, laws_to_choose
from encircle.core.child import situation_schema
from encircle.core.journal.entry import EntryKind
from encircle.law.calendar import zone_of
from encircle.law.finding import Finding
from encircle.law.law import Law
from encircle.law.mandate import LedgerSeen
from encircle.law.pack import law_with
from encircle.law.practice import Held, Practice, in_force
from encircle.records import journal
from encircle.records import practice as rows
from encircle.records.adopted import practice_of
from encircle.records.context import Context
from encircle.records.models import Agency
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose

ON_A_PAGE = 20
_NO_COUNTRY = (BASE, EUROPEAN_UNION, COUNCIL_OF_EUROPE)
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ProposalList:
    """One page of proposals. `may_propose`: whether who looks may make one. `now`: of the list."""

    proposals: tuple[rows.Proposal, ...]
    page: int
    more: bool
    may_propose: bool
    now: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One proposal. `law`: of its country now; `before`, `after`: the law on its first day without and with it.

    `problems`, `warnings`: what the check of the law says of it now, while it waits. `effect`: None, while nobody has
    counted. `superseded`: the number of the proposal that holds in its place. `agency`: of who proposed it.
    `lists`: whether duties of single records may be open to who looks.
    """

    proposal: rows.Proposal
    law: Law
    now: datetime
    agency: str
    before: Law | None
    after: Law | None
    effect: rows.Counted | None
    problems: Mapping[str, Problem] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()
    superseded: int | None = None
    is_own: bool = False
    may_decide: bool = False
    may_propose: bool = False
    lists: bool = False

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.proposal.decided is None


def packs_of_practice() -> tuple[str, ...]:
    """The countries whose practice can be set here: that of the installation; in a demonstration every one there is."""
    others = tuple(code for code in laws_to_choose() if code not in (*_NO_COUNTRY, settings.COUNTRY))
    return (settings.COUNTRY, *others)


def listed(who: Who, *, purpose: Purpose, page: int = 1, waiting: bool | None = None) -> ProposalList:
    """Proposals, the newest first."""
    with at_work(who, purpose) as context:
        found = rows.proposals(skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1, waiting=waiting)
        _enter(who, "practice_listed", context)
    more = len(found) > ON_A_PAGE
    return ProposalList(found[:ON_A_PAGE], page, more, may(who, Decision.PROPOSE_PRACTICE), context.now)


def seen(who: Who, number: int, *, purpose: Purpose) -> Seen | None:
    """That proposal; None where there is none."""
    with at_work(who, purpose) as context:
        proposal = rows.proposal(number)
        if proposal is None:
            return None
        effect = rows.effect_of(number)
        agency = _agency(proposal.agency)
        _enter(who, "practice_shown", context)
    law, now, own = law_of(proposal.pack), context.now, proposal.person == who.person
    shown = Seen(
        proposal,
        law,
        now,
        agency,
        None,
        None,
        effect,
        is_own=own,
        may_decide=not own and may(who, Decision.APPROVE_PRACTICE),
        may_propose=may(who, Decision.PROPOSE_PRACTICE),
        lists=_lists(who),
    )
    held = proposal.held
    if held is not None:
        before, after = _around(proposal.pack, held, now)
        by = _superseded(held, proposal.pack, now)
        return replace(shown, before=before, after=after, superseded=by)
    if proposal.decided is not None:
        return shown
    today = now.astimezone(zone_of(law.zone)).date()
    since = max(now, start_of(proposal.valid_from, law))
    draft = Draft(proposal.pack, proposal.amendment.part.value, proposal.amendment.code)
    found = with_law(draft, proposal.amendment, proposal.valid_from, since=since, today=today)
    return replace(
        shown, before=found.before, after=found.after, problems=found.problems, warnings=found.warnings
    )


def files_of(who: Who, pack: str, on: date | None, *, purpose: Purpose) -> tuple[str, bytes] | None:
    """What holds in that country at the end of that day, or now, as a folder of packs in a zip; None where nothing does.

    The same practice gives the same bytes.
    """
    with at_work(who, purpose) as context:
        act = journal.Act(kind=EntryKind.EXPORT, outcome="practice_exported", role=who.role.value)
        journal.enter(act, ctx=context)
    return zipped(pack, on, now=context.now)


def zipped(pack: str, on: date | None, *, now: datetime) -> tuple[str, bytes] | None:
    """The name of the pack and its files in one archive, as of the end of that day or now."""
    law = law_of(pack)
    at = now if on is None else start_of(on + timedelta(days=1), law) - _MOMENT
    found = law_with(
        running_laws().shelf, pack, practice_of(pack), at=at, schema=situation_schema(), on=law.on
    )
    if found.made is None:
        return None
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in sorted(found.made.files.items()):
            archive.writestr(zipfile.ZipInfo(f"packs/{path}", date_time=(2026, 1, 1, 0, 0, 0)), text)
    return found.made.pack, written.getvalue()


def holding(pack: str, now: datetime) -> Practice:
    """What practice has set in that country and holds now."""
    return in_force(practice_of(pack), now)


def _around(pack: str, held: Held, now: datetime) -> tuple[Law, Law]:
    """The law just before it came into force and from then on; of one still to come, the law that is to be."""
    since = held.by.since
    if since <= now:
        return law_then(pack, since - _MOMENT), law_then(pack, since)
    shelf, adopted, on = running_laws().shelf, practice_of(pack), law_of(pack).on
    made = (
        law_with(shelf, pack, adopted, at=at, schema=situation_schema(), on=on).law
        for at in (since - _MOMENT, since)
    )
    before, after = made
    return before, after


def _superseded(held: Held, pack: str, now: datetime) -> int | None:
    for one in in_force(practice_of(pack), now):
        if one.amendment.key == held.amendment.key and one.by.since > held.by.since:
            return one.by.number
    return None


def _lists(who: Who) -> bool:
    mandate = mandates().get(who.role)
    return (
        mandate is not None
        and Purpose.PROTECT in mandate.purposes
        and mandate.ledger is not LedgerSeen.FIGURES
    )


def _agency(agency: AgencyId) -> str:
    return Agency.objects.values_list("name", flat=True).get(pk=agency)


def _enter(who: Who, outcome: str, context: Context) -> None:
    journal.enter(journal.Act(kind=EntryKind.LOOK, outcome=outcome, role=who.role.value), ctx=context)
