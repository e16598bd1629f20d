"""Numbers and owners: from merged entries to limits, SOPs and agencies. Knows no duty."""

from collections.abc import Mapping

from encircle.law.counting import Counting, Period, Unit
from encircle.law.limit import LimitRule, Sense
from encircle.law.owner import OwnerRule
from encircle.law.pack.merge import Laid
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields, Items
from encircle.law.sop import SopRule
from encircle.law.source import Source
from encircle.law.texts import Texts
from encircle.vocabulary.role import Role

_ONE_HOUR = Period(1, Unit.HOURS, Counting.HOURS)


class Numbers:
    """Makes limits, SOPs and owners; notes what is wrong."""

    def __init__(self, *, sourcing: Sourcing, problems: Problems) -> None:
        self._sourcing = sourcing
        self._problems = problems
        self._take = Take(problems)

    def limit(self, laid: Laid) -> LimitRule:
        """A number of law."""
        period = self._period(laid.body, default=None)
        sources = self._sourcing.sources(laid.body)
        if not cites(laid.body):
            self._problems.add(
                laid.origins[0], f"{laid.code} has no source. A number of law names its article."
            )
        sense = self._take.choice(laid.body, "sense", Sense, Sense.AT_MOST)
        return LimitRule(
            laid.code, self._take.texts(laid.body, "title"), period, sense, sources, laid.origins
        )

    def sop(self, laid: Laid) -> SopRule:
        """A number of practice, or a number that is still to be set."""
        body, period = laid.body, None
        if self._take.maybe_word(body, "amount") is not None:
            hours = self._take.maybe_word(body, "unit") == Unit.HOURS
            period = self._period(body, default=Counting.HOURS if hours else Counting.PLAIN)
        sources, set_by = self._sourcing.sources(body), self._take.maybe_texts(body, "sop_source")
        if period is not None and not cites(body) and set_by is None:
            self._problems.add(
                body.place("amount"), f"{laid.code} has a number and no source. Add sources or sop_source."
            )
        title, why = self._take.texts(body, "title"), self._no_number(laid, period)
        times = None if self._take.maybe_word(body, "times") is None else self._take.whole(body, "times")
        return SopRule(laid.code, title, period, sources, set_by, laid.origins, no_number=why, times=times)

    def _no_number(self, laid: Laid, period: Period | None) -> Texts | None:
        """Why a country sets no number; nothing where a pack above it has set one."""
        body, why = laid.body, self._take.maybe_texts(laid.body, "no_number")
        if why is None or period is None:
            return why
        files = [origin.file for origin in laid.origins]
        said, number = (files.index(body.place(name).file) for name in ("no_number", "amount"))
        if said >= number:
            what = f"{laid.code} says why it has no number, and has one ({body.place('amount')})."
            self._problems.add(body.place("no_number"), f"{what} Write 'amount: null', or leave this out.")
        return None

    def owners(self, entries: Mapping[str, Laid]) -> tuple[OwnerRule, ...]:
        """All owners that can be made."""
        made = (self.owner(laid) for laid in entries.values())
        return tuple(owner for owner in made if owner is not None)

    def owner(self, laid: Laid) -> OwnerRule | None:
        """The agency behind a role."""
        if laid.code not in list(Role):
            self._problems.add(laid.origins[0], f"{laid.code!r} is no role. {meant(laid.code, list(Role))}")
            return None
        sources, set_by = based(laid, self._sourcing, self._problems)
        return OwnerRule(
            Role(laid.code), self._take.texts(laid.body, "agency"), sources, set_by, laid.origins
        )

    def _period(self, body: Fields, *, default: Counting | None) -> Period:
        amount = self._take.whole(body, "amount")
        unit = self._take.choice(body, "unit", Unit)
        counting = self._take.choice(body, "counting", Counting, default)
        try:
            return Period(amount, unit, counting)
        except ValueError as wrong:
            self._problems.add(body.place("counting"), str(wrong))
            return _ONE_HOUR


def based(laid: Laid, sourcing: Sourcing, problems: Problems) -> tuple[tuple[Source, ...], Texts | None]:
    """The sources of an entry, and whose practice it is; one of the two must be there."""
    sources, set_by = sourcing.sources(laid.body), Take(problems).maybe_texts(laid.body, "sop_source")
    if not cites(laid.body) and set_by is None:
        problems.add(
            laid.origins[0], f"{laid.code} has neither sources nor sop_source. Say what it rests on."
        )
    return sources, set_by


def cites(body: Fields) -> bool:
    """Whether an entry names a source at all, be it one that can't be taken."""
    value = body.fields.get("sources")
    return isinstance(value, Items) and bool(value.items)
