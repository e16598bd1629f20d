"""Showing: requests, flags and what stands against a request, in the words of the page. Decides nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from encircle.actions.crossborder import OnRecord, Requests
from encircle.core.child.situation import Item
from encircle.core.crossborder import Closed, Offered, Reason, ReasonKind, RequestState, Verdict
from encircle.core.crossborder.advice import Bar
from encircle.law.duty import DueRule, Standing
from encircle.law.law import Law
from encircle.law.source import Source
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span
from encircle.web.crossborder.words import BECAUSE, NEEDS, SCOPES, STATES, TONES, Words, need
from encircle.web.page import when, wording
from encircle.web.page.cited import cited
from encircle.web.page.country import country


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the list."""

    id: str
    what: str
    country: str
    ours: bool
    state: Words
    tone: str
    began: str
    due: str
    standing: Words


@dataclass(frozen=True, slots=True)
class Against:
    """One thing that stands against a request: what, why, by which source, and what to do instead."""

    title: str
    why: str = ""
    source: str = ""
    instead: str = ""
    lang: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What stands against a request, by weight."""

    stopped: tuple[Against, ...]
    unknown: tuple[Against, ...]
    missing: tuple[Against, ...]

    @property
    def is_clear(self) -> bool:
        """Whether nothing does."""
        return not (self.stopped or self.unknown or self.missing)


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One channel as it is proposed."""

    code: str
    title: str
    used_when: str
    basis: tuple[tuple[SafeString, bool], ...]
    """Each provision, and whether somebody has read it."""
    practice: str
    from_roles: str
    to_role: str
    answer: str
    answer_standing: Words
    acknowledge: str
    safeguards: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class FlagView:
    """One do-not-contact flag."""

    id: str
    whom: str
    where: str
    why: str
    stands: bool
    since: str
    ended: str
    review: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a request."""

    text: str
    at: str
    more: str = ""


def lines(seen: Requests) -> tuple[Line, ...]:
    """All requests, the newest first."""
    return tuple(_line(one, seen.law) for one in seen.requests)


def _line(one: OnRecord, law: Law) -> Line:
    clock = one.clock
    begun = next((at for mark in ("received", "sent", "prepared") if (at := one.at(mark))), None)
    return Line(
        id=one.id,
        what=need(one.word("request_kind")),
        country=country(one.country),
        ours=clock.ours,
        state=our_state(clock.state) if clock.ours else STATES[clock.state],
        tone=TONES[clock.state],
        began="" if begun is None else when.span(begun),
        due=_due(one, law),
        standing=wording.STANDINGS[clock.standing] if clock.due else "",
    )


def our_state(state: RequestState) -> Words:
    """Where a request stands that this country has to answer."""
    return {
        RequestState.WAITING: _("To be answered here"),
        RequestState.LATE: _("Our answer is late"),
        RequestState.DELAYED: _("Our answer is late, with a reason"),
    }.get(state, str(STATES[state]))


def _due(one: OnRecord, law: Law) -> str:
    if one.clock.due is not None:
        return when.day(one.clock.due, law.zone)
    return "" if one.channel is None else told(one.channel.answer)


def told(rule: DueRule) -> str:
    """The words of the law about a time."""
    return rule.words.in_(get_language() or "en")


def moments(one: OnRecord) -> tuple[Moment, ...]:
    """What happened to it on both sides, in order."""
    named = {
        "prepared": _("Prepared here"),
        "sent": _("Sent"),
        "received": _("Received from abroad"),
        "acknowledged": _("The other side says that it has arrived")
        if not one.clock.ours
        else _("We told the other side that it has arrived"),
        "delayed": _("Told that the answer is late"),
        "answered": _("Answered"),
    }
    found = [(at, text) for mark, text in named.items() if (at := one.at(mark))]
    return tuple(Moment(text, when.span(at)) for at, text in sorted(found, key=lambda pair: pair[0].earliest))


def channel_view(offered: Offered, law: Law) -> ChannelView:
    """A channel that is open, with why and on which source."""
    channel, language = offered.channel, get_language() or "en"
    return ChannelView(
        code=channel.code,
        title=channel.title.in_(language),
        used_when=channel.used_when.in_(language),
        basis=tuple((cited(source, law, language), source.is_read) for source in offered.basis),
        practice="" if channel.sop_source is None else channel.sop_source.in_(language),
        from_roles=", ".join(sorted(wording.plain(role.value) for role in channel.from_roles)),
        to_role=wording.plain(channel.to_role.value),
        answer=told(channel.answer),
        answer_standing=wording.STANDINGS[offered.answer] if offered.answer is not Standing.WORDS else "",
        acknowledge="" if channel.acknowledge is None else told(channel.acknowledge),
        safeguards=tuple(one.in_(language) for one in channel.safeguards),
        where=str(channel.origins[0]),
    )


def closed_words(one: Closed, law: Law) -> str:
    """Why a channel is closed between the two countries, in a sentence."""
    language = get_language() or "en"
    title = one.channel.title.in_(language)
    if one.bar is Bar.YIELDS:
        before = law.channel(one.before or "")
        named = "" if before is None else before.title.in_(language)
        return _("{channel}: another way goes before it ({before}).").format(channel=title, before=named)
    cited = _cited(one.source)
    if one.bar is Bar.NOT_IN_FORCE:
        return _("{channel}: {source} is not in force on this day.").format(channel=title, source=cited)
    return _("{channel}: {country} is not bound by {source}.").format(
        channel=title, country=country(one.country or ""), source=cited
    )


def _cited(source: Source | None) -> str:
    return "" if source is None else source.cite(get_language() or "en")


def checked(reasons: Iterable[Reason], seen: Requests) -> Checked:
    """What stands against a request, in words."""
    kept = tuple(reasons)

    def those(of: Verdict) -> tuple[Against, ...]:
        found = (_against(reason, seen) for reason in kept if reason.verdict is of)
        return tuple(dict.fromkeys(found))

    return Checked(those(Verdict.STOPPED), those(Verdict.UNKNOWN), those(Verdict.INCOMPLETE))


def _against(reason: Reason, seen: Requests) -> Against:
    language = get_language() or "en"
    missing = ", ".join(wording.plain(name) for name in reason.missing)
    if reason.kind is ReasonKind.FLAG and reason.flag is not None:
        return Against(
            title=_("A do-not-contact flag stands: {whom}").format(whom=_whom(reason.flag.scope)),
            why=str(BECAUSE.get(reason.flag.because or "", "")),
            instead=_(
                "Do not write, call or check. Ask the guardian, the lawyer and the case lead whether the flag "
                "has to be reviewed, or find the facts another way."
            ),
        )
    if reason.prohibition is not None:
        rule = reason.prohibition
        bound = rule.basis(seen.law.country, seen.law.on) or rule.sources
        title = wording.told(rule.title, language)
        return Against(
            title=str(title),
            source="; ".join(source.cite(language) for source in bound),
            instead=rule.instead.in_(language),
            lang=title.lang,
            missing=missing,
        )
    if reason.ground is not None:
        words = wording.told(reason.ground.because, language)
        return Against(title=str(words), lang=words.lang, missing=missing)
    if reason.first is not None:
        words = wording.told(reason.first.text, language)
        return Against(title=_("Not on record: {what}").format(what=words), missing=missing)
    if reason.content is not None:
        words = wording.told(reason.content.text, language)
        return Against(title=_("Not yet in the request: {what}").format(what=words))
    if reason.kind is ReasonKind.CHILD_NOT_INFORMED:
        return Against(title=_("The child has not been told, and there is no reason on record why not"))
    return Against(
        title=_("Something on this record stands against it that is not open to your role"),
        instead=_("Treat it as forbidden. Ask the case lead."),
    )


def _whom(scope: tuple[str, ...]) -> str:
    return ", ".join(str(SCOPES.get(one, one)) for one in scope)


def flag_views(seen: Requests) -> tuple[FlagView, ...]:
    """All flags, those that stand first."""
    views = [_flag(item) for item in seen.flags]
    return tuple(sorted(views, key=lambda view: not view.stands))


def _flag(item: Item) -> FlagView:
    scope, at = item["scope"], item["set_at"]
    until, review, because = item["lifted_at"], item["review_due"], item["because"]
    where = item["country"]
    return FlagView(
        id=str(item["id"]),
        whom=_whom(tuple(map(str, scope))) if isinstance(scope, tuple) else "",
        where=country(where) if isinstance(where, str) else "",
        why=str(BECAUSE.get(because, "")) if isinstance(because, str) else "",
        stands=item["current"] is not False,
        since=when.span(at) if isinstance(at, Span) else "",
        ended=when.span(until) if isinstance(until, Span) and item["lifted"] is True else "",
        review=when.span(review) if isinstance(review, Span) else "",
    )


def needs() -> tuple[tuple[str, Words, Words], ...]:
    """All needs to choose from."""
    return tuple((code.value, title, more) for code, (title, more) in NEEDS.items())


def persons(seen: Requests) -> Mapping[str, str]:
    """The persons around the child, as far as they are open, in words."""
    return {str(item["id"]): _person(item) for item in seen.heading.situation.of(Kind.PERSON)}


def _person(item: Item) -> str:
    at, relation = item["recorded_at"], item["relation"]
    said = wording.plain(relation) if isinstance(relation, str) else _("A person")
    return (
        _("{person}, on record since {day}").format(person=said, day=when.span(at))
        if isinstance(at, Span)
        else said
    )
