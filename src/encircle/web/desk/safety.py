"""Safety first: what is raised about this child as of the chosen time, and what to do instead. Shows, does not decide."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from encircle.actions.record import Look
from encircle.core.prohibition import Alarm, AlarmState
from encircle.vocabulary.moment import Span
from encircle.web.desk.acts import named
from encircle.web.desk.axes import behind
from encircle.web.desk.facts import FactList
from encircle.web.desk.ledger import Basis, about, sources
from encircle.web.desk.ways import may_add
from encircle.web.page import when, wording


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that everybody must know first."""

    text: str
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """One time that a prohibition was crossed."""

    about: str
    raised: bool
    state: str | Promise
    at: str
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlarmView:
    """One prohibition that the record shows to be crossed, once or several times."""

    code: str
    title: str
    crossings: tuple[Crossing, ...]
    instead: str
    override: str | Promise
    sources: tuple[Basis, ...]
    where: tuple[str, ...]
    in_law: str
    may_acknowledge: bool

    @property
    def raised(self) -> tuple[Crossing, ...]:
        """Those that stand."""
        return tuple(one for one in self.crossings if one.raised)


def flags(look: Look, facts: FactList) -> tuple[Flag, ...]:
    """Missing, deprived of liberty, placed with adults, not to be contacted, guardian in conflict."""
    return tuple(_flags(look, facts))


def alarm_views(look: Look, facts: FactList, *, language: str) -> tuple[AlarmView, ...]:
    """All alarms by prohibition, those of which any is raised first."""
    by_code: dict[str, list[Alarm]] = {}
    for alarm in look.answer.alarms:
        by_code.setdefault(alarm.rule.code, []).append(alarm)
    views = [_view(alarms, look, facts, language) for alarms in by_code.values()]
    return tuple(sorted(views, key=lambda view: not view.raised))


def _flags(look: Look, facts: FactList) -> Iterator[Flag]:
    situation = look.answer.folded.earliest
    told = {
        "missing_now": _("The child is missing"),
        "detained": _("The child is deprived of liberty"),
        "placed_with_adults": _("The child is placed with adults who are strangers"),
        "guardian_in_conflict": _("The guardian has a conflict of interest"),
        "do_not_contact": _("Do not contact: a flag says whom"),
        "died": _("The child has died"),
    }
    for attribute, words in told.items():
        if situation.child[attribute] is True:
            yield Flag(words, behind(situation, facts, attribute))
    until = situation.child["restricted_until"]
    ended = isinstance(until, Span) and until.latest < look.as_of.at
    if situation.child["use_restriction"] == "restricted" and not ended:
        yield Flag(_("The use of this record is restricted"), behind(situation, facts, "use_restriction"))
    if look.held_back:
        yield Flag(
            _("The use of another record of this child is restricted: what stands there is not used here"), ()
        )


def _view(alarms: list[Alarm], look: Look, facts: FactList, language: str) -> AlarmView:
    rule = alarms[0].rule
    ordered = sorted(alarms, key=lambda alarm: list(AlarmState).index(alarm.state))
    return AlarmView(
        code=rule.code,
        title=wording.told(rule.title, language),
        crossings=tuple(_crossing(alarm, look, facts) for alarm in ordered),
        instead=wording.told(rule.instead, language),
        override=wording.OVERRIDES[rule.override],
        sources=sources(rule.sources, look, language),
        where=tuple(str(origin) for origin in rule.origins),
        in_law=f"{reverse('law_prohibition', args=(rule.code,))}?law={look.law.pack}",
        may_acknowledge=may_add(named()["acknowledge"], look.allowed.adds),
    )


def _crossing(alarm: Alarm, look: Look, facts: FactList) -> Crossing:
    return Crossing(
        about=about(alarm.subject, look, facts),
        raised=alarm.state is AlarmState.RAISED,
        state=wording.ALARMS[alarm.state],
        at="" if alarm.at is None else when.span(alarm.at.at),
        facts=() if alarm.at is None else facts.numbers([fact.id for fact in alarm.at.facts]),
    )
