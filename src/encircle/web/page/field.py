"""Fields of forms: what is asked, how it is typed, what was typed, and what cannot be read. Knows no law."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
LONGEST_TEXT, LONGEST_LINE = 10_000, 500


class FieldKind(Enum):
    """How an answer is typed; each has its template in templates/cotton/field/."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    UNSEEN = "unseen"
    """A line that nobody must read over a shoulder."""
    CHOICE = "choice"
    """One of a few, as radio buttons."""
    CHOICES = "choices"
    """Several of a few, as check boxes."""
    SELECT = "select"
    """One of many, as a list."""
    YES_NO = "yes_no"
    """Yes, no, or not known: an answer that is not known is an answer."""
    DATE = "date"
    """A day in three parts, as coarse as it is known, or some time between two days."""

    @property
    def in_group(self) -> bool:
        """Whether it has several inputs under one legend."""
        return self in _GROUPS


_GROUPS = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.DATE})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `hint`: what it means, where its words do not say it."""

    value: str
    text: Words
    chosen: bool = False
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day in three parts and a time of day, as they were typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""

    @property
    def text(self) -> str:
        """As `vocabulary.moment` reads it: 2009, 2009-05, 2009-05-06, 2009-05-06T14:30; else what cannot be read by it."""
        if not any((self.day, self.month, self.year, self.time)):
            return ""
        parts = [self.year.zfill(4), *(part.zfill(2) for part in (self.month, self.day) if part)]
        gap = bool(self.day) and not self.month
        date = "-".join(["?", *parts] if gap or not self.year else parts)
        if not self.time:
            return date
        hour, _colon, minute = self.time.replace(".", ":").partition(":")
        return f"{date}T{hour.zfill(2)}:{minute.zfill(2) if minute else '00'}"


@dataclass(frozen=True, slots=True)
class TypedTime:
    """When something happened, as it was typed: one day, or some time between two of them."""

    first: TypedDay = TypedDay()
    last: TypedDay = TypedDay()

    @property
    def is_between(self) -> bool:
        """Whether a second day was typed."""
        return bool(self.last.text)

    @property
    def text(self) -> str:
        """As `vocabulary.moment.parse_span` reads it, `first/last` for some time in between."""
        return f"{self.first.text}/{self.last.text}" if self.is_between else self.first.text


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `problem`: what is wrong with the answer and what would be right, beside the field."""

    name: str
    label: Words
    kind: FieldKind = FieldKind.TEXT
    hint: Words = ""
    value: str = ""
    problem: Words = ""
    options: tuple[Option, ...] = ()
    typed: TypedTime = TypedTime()
    optional: bool = False
    longest: int = LONGEST_LINE
    unit: Words = ""
    lang: str = ""
    """The language of label and hint, where it is not that of the page."""
    autocomplete: str = "off"
    with_time: bool = False
    """Of a date: whether the time of day is asked too."""
    coarse: bool = False
    """Of a date: whether it may be known to lie between two days only."""

    @property
    def template(self) -> str:
        """The file that draws its input."""
        return f"cotton/field/{self.kind.value}.html"

    @property
    def in_group(self) -> bool:
        """Whether it has several inputs under one legend."""
        return self.kind.in_group

    @property
    def described_by(self) -> str:
        """The ids of hint and problem."""
        ids = [(self.hint, f"{self.name}-hint"), (self.problem, f"{self.name}-problem")]
        return " ".join(one for words, one in ids if words)

    @property
    def first_input(self) -> str:
        """The id to which the error summary leads: that of the first input."""
        if self.kind is FieldKind.DATE:
            return f"{self.name}-day"
        if self.in_group:
            return f"{self.name}-0"
        return self.name


def yes_no(name: str, label: Words, *, value: str = "", hint: Words = "", problem: Words = "") -> Field:
    """A question with three answers: `yes`, `no`, `unknown`."""
    words: Mapping[str, Words] = {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}
    options = tuple(Option(code, text, chosen=code == value) for code, text in words.items())
    return Field(name, label, kind=FieldKind.YES_NO, hint=hint, problem=problem, options=options, value=value)


def one_of(name: str, label: Words, first: Words, codes: Iterable[tuple[str, Words]], chosen: str) -> Field:
    """A list by which something is sifted: `first` stands for all of it."""
    options = (Option("", first), *(Option(code, text, chosen=code == chosen) for code, text in codes))
    return Field(name, label, kind=FieldKind.SELECT, options=options)


def typed_time(given: Mapping[str, str], name: str) -> TypedTime:
    """What was typed into the parts of a date field, cut to what any date needs."""
    return TypedTime(_day(given, name), _day(given, f"{name}-until"))


def problems_of(fields: Iterable[Field]) -> tuple[tuple[str, Words], ...]:
    """For the error summary: where each problem leads, and its words."""
    return tuple((field.first_input, field.problem) for field in fields if field.problem)


def _day(given: Mapping[str, str], name: str) -> TypedDay:
    day, month, year, time = (
        given.get(f"{name}-{part}", "").strip()[:8].replace("\0", "")
        for part in ("day", "month", "year", "time")
    )
    return TypedDay(day, month, year, time)
