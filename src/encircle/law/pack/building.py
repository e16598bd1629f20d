"""Building: from merged entries to duties and prohibitions. Knows one country and one day; knows no child."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from encircle.law.change import Change
from encircle.law.duty import EACH_OF, Clock, DueRule, DutyRule, Evidence, Ground, Scope, Standing
from encircle.law.limit import LimitRule, Sense
from encircle.law.mark import Mark
from encircle.law.pack.layer import names_in
from encircle.law.pack.merge import Laid
from encircle.law.pack.numbers import based
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.sourcing import Sourcing
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields, Leaf
from encircle.law.pack.wording import Wording
from encircle.law.prohibition import Override, ProhibitionRule
from encircle.law.sop import SopRule
from encircle.law.texts import Texts
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.role import Role

_Rule = TypeVar("_Rule")


class Building:
    """Makes the duties and prohibitions of one country on one day; notes what is wrong."""

    def __init__(
        self, *, country: str, on: date | None, sourcing: Sourcing, wording: Wording, problems: Problems
    ) -> None:
        self._country = country
        self._on = on
        self._sourcing = sourcing
        self._wording = wording
        self._problems = problems
        self._take = Take(problems)
        self._others: dict[Scope, Building] = {}

    def duty(self, laid: Laid, limits: Mapping[str, LimitRule], sops: Mapping[str, SopRule]) -> DutyRule:
        """A duty, its conditions read over the situation that its scope hangs on."""
        scope = self._scope(laid.body)
        return self._of(scope)._duty(laid, scope, limits, sops)

    def _duty(
        self, laid: Laid, scope: Scope, limits: Mapping[str, LimitRule], sops: Mapping[str, SopRule]
    ) -> DutyRule:
        take, body = self._take, laid.body
        each = self._for_each(body)
        sources, set_by = based(laid, self._sourcing, self._problems)
        rule = DutyRule(
            code=laid.code,
            title=take.texts(body, "title"),
            scope=scope,
            for_each=each,
            when=self._wording.condition(body, "when", for_each=each),
            unknown_opens=take.truth(body, "unknown_opens"),
            from_=self._marks(body, "from", each),
            clock=take.choice(body, "clock", Clock, Clock.KNOWN),
            due=self.due(body, "due", limits, sops),
            owner=take.choice(body, "owner", Role),
            evidence=self.evidence(body, "evidence", each),
            suspended_by=self.grounds(body, "suspended_by", each),
            lifted_by=self.grounds(body, "lifted_by", each),
            breached_by=self.grounds(body, "breached_by", each),
            never=tuple(take.texts_of(one, "never") for one in take.each(body, "never")),
            sources=sources,
            sop_source=set_by,
            origins=laid.origins,
            changes=self.changes(laid),
            under=take.maybe_word(body, "under"),
        )
        self._check_duty(rule, body)
        return rule

    def prohibition(self, laid: Laid) -> ProhibitionRule:
        """A prohibition."""
        take, body = self._take, laid.body
        each = self._for_each(body)
        sources, set_by = based(laid, self._sourcing, self._problems)
        if self._scope(body).record is not Kind.CHILD:
            self._problems.add(
                body.place("scope"), "scope: a prohibition is asked of a child's record alone."
            )
        return ProhibitionRule(
            code=laid.code,
            title=take.texts(body, "title"),
            scope=take.choice(body, "scope", Scope, Scope.CHILD),
            for_each=each,
            when=self._wording.condition(body, "when", for_each=each),
            at=self._wording.mark(take.word(body, "at"), body.place("at"), for_each=each),
            clears=self._wording.maybe_condition(body, "clears", for_each=each),
            override=take.choice(body, "override", Override),
            instead=take.texts(body, "instead"),
            sources=sources,
            sop_source=set_by,
            origins=laid.origins,
            changes=self.changes(laid),
        )

    def changes(self, laid: Laid) -> tuple[Change, ...]:
        """What upper packs did to an entry."""
        return tuple(
            Change(
                one.pack,
                one.origin,
                one.fields,
                None if one.because is None else self._take.texts_of(one.because, "because"),
            )
            for one in laid.changes
        )

    def _scope(self, body: Fields) -> Scope:
        """What the duty hangs on. Notes one that no situation serves: a report or person without `for_each` of its kind."""
        scope = self._take.choice(body, "scope", Scope, Scope.CHILD)
        kinds = EACH_OF.get(scope)
        if kinds is None:
            return scope
        named = body.fields.get("for_each")
        if not isinstance(named, Leaf) or named.text not in {kind.value for kind in kinds}:
            several = " or ".join(kind.value for kind in kinds)
            self._problems.add(
                body.place("scope"),
                f"scope {scope.value}: no situation serves it. Say for_each: {several}, of which it is one.",
            )
        return scope

    def _of(self, scope: Scope) -> "Building":
        """The same over the situation of that scope; made once."""
        if scope.record is Kind.CHILD:
            return self
        if scope not in self._others:
            self._others[scope] = Building(
                country=self._country,
                on=self._on,
                sourcing=self._sourcing,
                wording=self._wording.beside(scope.value),
                problems=self._problems,
            )
        return self._others[scope]

    def _for_each(self, body: Fields) -> Kind | None:
        kind = self._take.maybe_choice(body, "for_each", Kind)
        if kind is not None and not self._wording.knows(kind):
            self._problems.add(
                body.place("for_each"), f"for_each {kind.value}: the situation has no list of these."
            )
            return None
        return kind

    def _marks(self, body: Fields, name: str, each: Kind | None) -> tuple[Mark, ...]:
        paths = names_in(body.fields[name]) if name in body.fields else ()
        return tuple(self._wording.mark(path, origin, for_each=each) for path, origin in paths)

    def grounds(self, body: Fields, name: str, each: Kind | None) -> tuple[Ground, ...]:
        """The grounds under that name: each a condition and why."""
        grounds = []
        for one in self._take.each(body, name):
            self._take.only(one, ("when", "because"))
            when = self._wording.condition(one, "when", for_each=each)
            grounds.append(Ground(when, self._take.texts(one, "because"), one.origin))
        return tuple(grounds)

    def evidence(self, body: Fields, name: str, each: Kind | None) -> tuple[Evidence, ...]:
        """What must be on record, under that name."""
        found: dict[str, Evidence] = {}
        for one in self._take.each(body, name):
            self._take.only(one, ("id", "text", "needs", "at"))
            code, path = self._take.word(one, "id"), self._take.maybe_word(one, "at")
            if code in found:
                self._problems.add(one.place("id"), f"evidence {code!r} stands twice. Give each its own id.")
            found[code] = Evidence(
                id=code,
                text=self._take.texts(one, "text"),
                needs=self._wording.condition(one, "needs", for_each=each),
                at=None if path is None else self._wording.mark(path, one.place("at"), for_each=each),
                origin=one.origin,
            )
        return tuple(found.values())

    def due(
        self, body: Fields, name: str, limits: Mapping[str, LimitRule], sops: Mapping[str, SopRule]
    ) -> DueRule:
        """A time under that name: words, and the numbers beside them."""
        due = body.fields.get(name)
        if not isinstance(due, Fields):
            expected = f'{name!r}: expected {{words: "...", limit: CODE, sop: CODE}}.'
            self._problems.add(body.place(name), expected)
            return DueRule(Texts.english(""), None, None, Standing.WORDS)
        self._take.only(due, ("words", "limit", "sop"))
        plain = due.fields.get("words")
        if isinstance(plain, Leaf):
            words = Texts.english(self._take.word(due, "words"))
        else:
            words = self._take.texts(due, "words")
        limit, sop = self._named(due, "limit", limits), self._named(due, "sop", sops)
        if limit is not None and limit.sense is Sense.AT_LEAST:
            self._problems.add(
                due.place("limit"), f"{limit.code} is a minimum (at_least): it can't be a deadline."
            )
        return DueRule(words, limit, sop, self._standing(limit, sop), self._standing(limit, None))

    def _standing(self, limit: LimitRule | None, sop: SopRule | None) -> Standing:
        if limit is not None and limit.is_law(self._country, self._on):
            return Standing.LAW
        if sop is not None and sop.period is not None:
            return Standing.SOP
        if limit is not None and limit.may_be_law(self._country, self._on):
            return Standing.UNVERIFIED
        return Standing.WORDS

    def _named(self, due: Fields, name: str, rules: Mapping[str, _Rule]) -> _Rule | None:
        code = self._take.maybe_word(due, name)
        if code is not None and code not in rules:
            self._problems.add(due.place(name), f"{name} {code!r} is not in {name}s/. {meant(code, rules)}")
        return None if code is None else rules.get(code)

    def _check_duty(self, rule: DutyRule, body: Fields) -> None:
        if not rule.evidence:
            self._problems.add(body.place("evidence"), "no evidence. Say what proves that the duty is met.")
        if not rule.from_ and (rule.due.limit is not None or rule.due.sop is not None):
            self._problems.add(
                body.place("due"), f"{rule.code} has a number and no 'from'. Say when its clock starts."
            )
