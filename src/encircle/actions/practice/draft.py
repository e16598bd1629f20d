"""Drafts: what was typed for a proposal, read field by field, and what the law would be with it. Writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from encircle.actions.law import law_of, running_laws
from encircle.core.child import situation_schema
from encircle.law.calendar import zone_of
from encircle.law.counting import Counting, Unit
from encircle.law.finding import SEVERITIES, Finding, Severity
from encircle.law.law import Law
from encircle.law.pack import law_with
from encircle.law.practice import Adopted, Amendment, Held, Part, ordered
from encircle.law.review import review
from encircle.law.saying import Band, Saying
from encircle.law.texts import ENGLISH, Texts
from encircle.records.adopted import practice_of
from encircle.vocabulary.role import Role

PROFESSIONAL = "professional"
FIELDS = (PROFESSIONAL, *(band.value for band in Band))
"""Which plain words of a rule can be set."""
LONGEST_TEXT, LONGEST_WHY, LARGEST_AMOUNT = 600, 2000, 9999


class Wrong(StrEnum):
    """Why a field can't be taken; the value is a code, said in words by who shows it."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DAY = "not_a_day"
    IN_THE_PAST = "in_the_past"
    NO_SUCH = "no_such"
    SAME = "same"
    LOOSER = "looser"
    BAD_PACK = "bad_pack"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, as it was typed. `own`: in the main language of the pack, beside the English."""

    pack: str
    part: str
    code: str
    field: str = ""
    language: str = ENGLISH
    amount: str = ""
    unit: str = Unit.WORKING_DAYS.value
    counting: str = Counting.PLAIN.value
    text: str = ""
    own: str = ""
    basis: str = ""
    basis_own: str = ""
    why: str = ""
    valid_from: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field. `says`: what the check of the law says, in English, with the line of a pack."""

    what: Wrong
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Examined:
    """A draft that was read. `before`, `after`: the law on its first day without it and with it, where it can be made.

    `warnings`: what the check of the law finds with it and not without, short of a fault.
    """

    draft: Draft
    amendment: Amendment | None
    valid_from: date | None
    problems: Mapping[str, Problem] = field(default_factory=dict)
    before: Law | None = None
    after: Law | None = None
    warnings: tuple[Finding, ...] = ()


def examined(draft: Draft, *, now: datetime) -> Examined:
    """That draft, checked by itself and by the law of its first day."""
    law = law_of(draft.pack)
    today = now.astimezone(zone_of(law.zone)).date()
    reading = _Reading(draft, law)
    amendment = reading.amendment()
    valid_from = reading.day(today)
    if amendment is None or valid_from is None or reading.problems:
        return Examined(draft, None, valid_from, reading.problems)
    since = max(now, start_of(valid_from, law))
    return with_law(draft, amendment, valid_from, since=since, today=today)


def with_law(
    draft: Draft, amendment: Amendment, valid_from: date, *, since: datetime, today: date
) -> Examined:
    """That amendment against the law as it would be on the day on which it begins to hold."""
    before, after, left_out = _laws(draft.pack, amendment, since=since, on=max(valid_from, today))
    place = _PLACES[amendment.part]
    if left_out:
        return Examined(draft, amendment, valid_from, {place: Problem(Wrong.BAD_PACK)}, before, None)
    known = set(review(before))
    found = tuple(one for one in review(after) if one not in known)
    faults = tuple(one for one in found if SEVERITIES[one.lack] is Severity.FAULT)
    warnings = tuple(one for one in found if SEVERITIES[one.lack] is Severity.WARNING)
    problems: dict[str, Problem] = {}
    if faults:
        problems[place] = Problem(Wrong.LOOSER, tuple(f"{one.origin}: {one.what}" for one in faults))
    elif same(amendment, before, after):
        problems[place] = Problem(Wrong.SAME)
    return Examined(draft, amendment, valid_from, problems, before, after, warnings)


def start_of(day: date, law: Law) -> datetime:
    """The first instant of that day in the country."""
    return datetime.combine(day, time.min, tzinfo=zone_of(law.zone))


def same(amendment: Amendment, before: Law, after: Law) -> bool:
    """Whether nothing is another with it than without: number, name or words, and whose practice it is."""
    return _said(amendment, before) == _said(amendment, after)


def saying_of(law: Law, code: str) -> Saying | None:
    """The plain words that stand under that very code."""
    return next((saying for saying in law.sayings if saying.code == code), None)


def words_of_rule(law: Law, code: str, name: str) -> Texts | None:
    """The plain words of that rule for professionals, or for a child of that age; None where there are none."""
    saying = saying_of(law, code)
    if saying is None:
        return None
    return saying.professional if name == PROFESSIONAL else saying.child.get(Band(name))


_PLACES = {Part.NUMBER: "amount", Part.OWNER: "text", Part.TEXT: "text"}


def _said(amendment: Amendment, law: Law) -> object:
    if amendment.part is Part.NUMBER:
        sop = next((one for one in law.sops if one.code == amendment.code), None)
        return None if sop is None else (sop.period, sop.set_by)
    if amendment.part is Part.OWNER:
        owner = law.owner(Role(amendment.code))
        return None if owner is None else (owner.agency, owner.set_by)
    return words_of_rule(law, amendment.code, amendment.field)


def _laws(pack: str, amendment: Amendment, *, since: datetime, on: date) -> tuple[Law, Law, bool]:
    """The law then without and with it; and whether it doesn't fit."""
    shelf, schema, adopted = running_laws().shelf, situation_schema(), practice_of(pack)
    number = 1 + max((held.by.number for held in adopted), default=0)
    trial = Held(amendment, Adopted(number, since, Role.COORDINATOR, Role.MINISTRY))
    before = law_with(shelf, pack, adopted, at=since, schema=schema, on=on).law
    after = law_with(shelf, pack, ordered((*adopted, trial)), at=since, schema=schema, on=on)
    return before, after.law, number in after.left_out


class _Reading:
    """Reads the fields of a draft one by one, and keeps what is wrong with each."""

    def __init__(self, draft: Draft, law: Law) -> None:
        self._draft = draft
        self._law = law
        self.problems: dict[str, Problem] = {}

    def amendment(self) -> Amendment | None:
        """What is to be set; None where something of it can't be taken."""
        draft = self._draft
        self._text("why", draft.why, longest=LONGEST_WHY)
        if draft.part == Part.NUMBER:
            return self._number()
        if draft.part == Part.OWNER:
            return self._owner()
        if draft.part == Part.TEXT:
            return self._plain_words()
        self.problems["part"] = Problem(Wrong.NO_SUCH)
        return None

    def day(self, today: date) -> date | None:
        """The day from which it is to hold: today or later."""
        typed = self._draft.valid_from.strip()
        if not typed:
            self.problems["valid_from"] = Problem(Wrong.MISSING)
            return None
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            self.problems["valid_from"] = Problem(Wrong.NOT_A_DAY)
            return None
        if day < today:
            self.problems["valid_from"] = Problem(Wrong.IN_THE_PAST)
            return None
        return day

    def _number(self) -> Amendment | None:
        draft = self._draft
        self._known(draft.code in {sop.code for sop in self._law.sops})
        unit = next((one for one in Unit if one.value == draft.unit), None)
        if unit is None:
            self.problems["unit"] = Problem(Wrong.NO_SUCH)
        amount: int | None = None
        typed = draft.amount.strip()
        if typed:
            amount = int(typed) if typed.isascii() and typed.isdigit() else 0
            if not 1 <= amount <= LARGEST_AMOUNT:
                self.problems["amount"] = Problem(Wrong.NOT_A_NUMBER)
        basis = tuple(self._both("basis", draft.basis, draft.basis_own))
        if self.problems or unit is None:
            return None
        counting = Counting.REG_1182_71 if draft.counting == Counting.REG_1182_71 else Counting.PLAIN
        if counting is Counting.PLAIN and unit is Unit.HOURS:
            counting = Counting.HOURS
        if amount is None:
            return Amendment(Part.NUMBER, draft.code, basis=basis)
        return Amendment(Part.NUMBER, draft.code, amount, unit, counting, basis=basis)

    def _owner(self) -> Amendment | None:
        draft = self._draft
        self._known(draft.code in set(Role))
        agency = tuple(self._both("text", draft.text, draft.own))
        basis = tuple(self._both("basis", draft.basis, draft.basis_own))
        return None if self.problems else Amendment(Part.OWNER, draft.code, texts=agency, basis=basis)

    def _plain_words(self) -> Amendment | None:
        draft = self._draft
        self._known(saying_of(self._law, draft.code) is not None)
        if draft.field not in FIELDS:
            self.problems["field"] = Problem(Wrong.NO_SUCH)
        if draft.language not in (ENGLISH, *self._law.languages):
            self.problems["language"] = Problem(Wrong.NO_SUCH)
        self._text("text", draft.text, longest=LONGEST_TEXT)
        if self.problems:
            return None
        texts = ((draft.language, _plain(draft.text)),)
        return Amendment(Part.TEXT, draft.code, field=draft.field, texts=texts)

    def _known(self, is_there: bool) -> None:
        if not is_there:
            self.problems["code"] = Problem(Wrong.NO_SUCH)

    def _both(self, name: str, english: str, own: str) -> Iterator[tuple[str, str]]:
        """The English text, which must be there, and the one in the language of the pack."""
        if self._text(name, english, longest=LONGEST_TEXT):
            yield ENGLISH, _plain(english)
        language = self._law.languages[0]
        if language != ENGLISH and own.strip() and self._text(_OWN[name], own, longest=LONGEST_TEXT):
            yield language, _plain(own)

    def _text(self, name: str, typed: str, *, longest: int) -> bool:
        said = _plain(typed)
        if not said:
            self.problems[name] = Problem(Wrong.MISSING)
        elif len(said) > longest:
            self.problems[name] = Problem(Wrong.TOO_LONG)
        elif not said.isprintable():
            self.problems[name] = Problem(Wrong.NOT_TEXT)
        return name not in self.problems


_OWN = {"text": "own", "basis": "basis_own"}


def _plain(typed: str) -> str:
    """The text in one line."""
    return " ".join(typed.split())
