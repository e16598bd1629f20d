"""The four axes as cards: protection, proceedings, age, place and safety. What is not known is told as a question."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from encircle.actions.record import Look
from encircle.core.access import CLOSED
from encircle.core.child.situation import Item, Situation
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown
from encircle.web.desk.facts import FactList
from encircle.web.page import when, wording

NOT_OPEN = gettext_lazy("Not open to your role")
_PLACE_SHOWN = ("placed", "missing_now", "detained")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card, with the numbers of the facts behind it."""

    text: str
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """One card. `question`: what is not known, as a question; `answers`: the facts that would answer it."""

    name: str
    value: str
    lines: tuple[Line, ...]
    question: str = ""
    answers: tuple[str, ...] = ()


def axes(look: Look, facts: FactList) -> tuple[Axis, ...]:
    """The four, always in the same order."""
    situation = look.answer.folded.earliest
    return (
        _protection(situation, facts),
        _proceedings(situation, facts),
        _age(situation, facts, look),
        _place(situation, facts),
    )


def behind(
    situation: Situation, facts: FactList, attribute: str, kind: Kind = Kind.CHILD, subject: str = ""
) -> tuple[int, ...]:
    """Numbers of the facts behind an attribute."""
    return facts.numbers([fact.id for fact in situation.facts_behind(kind, subject, attribute)])


def _protection(situation: Situation, facts: FactList) -> Axis:
    child = situation.child
    value = child["protection"]
    if value == CLOSED:
        return Axis(_("Protection"), str(NOT_OPEN), ())
    began = child["protection_at"]
    lines = [Line(when.since(began))] if isinstance(began, Span) else []
    grounds = child["reasonable_grounds"]
    if grounds is True:
        lines.append(
            Line(
                _("An act and a purpose of trafficking are indicated"),
                behind(situation, facts, "reasonable_grounds"),
            )
        )
    if isinstance(value, Unknown) or value == "none":
        return Axis(
            _("Protection"),
            _("No status on record"),
            tuple(lines),
            _("Has anybody decided whether this child is at risk, or a presumed victim?"),
            (wording.titled("status_set"),),
        )
    own = behind(situation, facts, "protection")
    if isinstance(child["protection_at"], Span):
        lines.insert(0, Line(_("set by a person, never by the system"), own))
    else:
        lines.insert(0, Line(_("follows from what is on record; nobody has set a status"), own))
    return Axis(_("Protection"), wording.titled(str(value)), tuple(lines))


def _proceedings(situation: Situation, facts: FactList) -> Axis:
    current = [item for item in situation.of(Kind.PROCEEDING) if item["current"] is True]
    lines = tuple(_proceeding(item, situation, facts) for item in current)
    count = situation.child["open_proceedings"]
    if not isinstance(count, int):
        return _proceedings_seen(lines)
    if not count:
        return Axis(
            _("Proceedings"),
            _("None open on record"),
            (),
            _("Does any court, police, asylum or family proceeding concern the child?"),
            (wording.titled("proceeding_opened"),),
        )
    return Axis(_("Proceedings"), _how_many_open(count), lines)


def _proceedings_seen(lines: tuple[Line, ...]) -> Axis:
    """Those of kinds that are open to who looks; the same words, whether or not there are others."""
    if not lines:
        return Axis(_("Proceedings"), str(NOT_OPEN), ())
    others = Line(_("Whether there are others is not open to your role"))
    return Axis(_("Proceedings"), _how_many_open(len(lines)), (*lines, others))


def _how_many_open(count: int) -> str:
    return ngettext("{n} open", "{n} open", count).format(n=count)


def _proceeding(item: Item, situation: Situation, facts: FactList) -> Line:
    kind = item.get("proceeding_kind")
    name = wording.titled(str(kind)) if isinstance(kind, str) else _("Proceeding, kind not known")
    opened = item.get("opened_at")
    since = f", {when.since(opened)}" if isinstance(opened, Span) else ""
    return Line(f"{name}{since}", behind(situation, facts, "opened", Kind.PROCEEDING, str(item["id"])))


def _age(situation: Situation, facts: FactList, look: Look) -> Axis:
    child = situation.child
    if child["is_child"] == CLOSED:
        return Axis(_("Age"), str(NOT_OPEN), ())
    basis = str(child["age_basis"])
    lines = [
        Line(
            _("The age is {basis}").format(basis=wording.plain(basis)), behind(situation, facts, "age_basis")
        )
    ]
    if child["age_in_doubt"] is True and child["is_child"] is not False:
        lines.append(Line(_("It is in doubt: the person counts as a child until a final decision")))
    lines += [Line(_("18th birthday: {time}").format(time=time)) for time in _times(child, "turns_18")]
    is_child = child["is_child"]
    if basis == "unknown" or isinstance(is_child, Unknown):
        return Axis(
            _("Age"),
            _("Not known"),
            (),
            _("How old is this person, and who says so?"),
            tuple(
                wording.titled(name) for name in ("age_claimed", "child_presumed", "date_of_birth_recorded")
            ),
        )
    value = age_words(situation, look) or (_("Under 18") if is_child else _("18 or older"))
    return Axis(_("Age"), value, tuple(lines))


def age_words(situation: Situation, look: Look) -> str:
    """The age on the chosen day: 15, or 15 to 16 where the birthday is not exactly known; nothing where it is unknown."""
    turns = situation.child["turns_18"]
    if not isinstance(turns, Span):
        return ""
    ages = sorted({_years(turns.earliest, look), _years(turns.latest, look)})
    if ages[-1] < 0:
        return _("not yet born")
    return ngettext("{years} year", "{years} years", max(ages[-1], 0)).format(
        years=" – ".join(str(max(age, 0)) for age in ages)
    )


def _years(eighteenth: datetime, look: Look) -> int:
    birthday, today = when.local(eighteenth, look.law.zone), when.local(look.as_of.at, look.law.zone)
    return 18 + today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day))


def _place(situation: Situation, facts: FactList) -> Axis:
    child = situation.child
    value = child["location"]
    lines = tuple(
        Line(_upper(wording.attribute(f"child.{name}")), behind(situation, facts, name))
        for name in _PLACE_SHOWN
        if child[name] is True
    )
    kinds = [item.get("placement_kind") for item in situation.of(Kind.PLACEMENT) if item["current"] is True]
    lines += tuple(
        Line(_("Kind of place: {kind}").format(kind=wording.plain(kind)))
        for kind in kinds
        if isinstance(kind, str)
    )
    if value == CLOSED:
        return Axis(_("Place and safety"), str(NOT_OPEN), lines)
    if isinstance(value, Unknown) or value == "unknown":
        return Axis(
            _("Place and safety"),
            _("Not known"),
            lines,
            "" if child["is_child"] is False else _("Where does the child sleep, and is it safe there?"),
            tuple(wording.titled(name) for name in ("placement_started", "missing_reported")),
        )
    return Axis(_("Place and safety"), wording.titled(str(value)), lines)


def _times(child: Item, name: str) -> Iterator[str]:
    value = child[name]
    if isinstance(value, Span):
        yield when.span(value)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
