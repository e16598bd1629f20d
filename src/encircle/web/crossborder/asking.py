"""Asking: the questions of these pages, each with what was typed and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from encircle.web.page import country
from encircle.web.page.field import Field, FieldKind, Option, TypedTime, Words, typed_time

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed, and what is wrong, by field."""

    given: QueryDict
    problems: dict[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The answer, without spaces around it."""
        return self.given.get(name, "").strip().replace("\0", "")[:LONGEST]

    def many(self, name: str) -> tuple[str, ...]:
        """All answers that were chosen."""
        return tuple(dict.fromkeys(self.given.getlist(name)))

    @property
    def token(self) -> str:
        """The mark by which a form that is sent twice is saved once."""
        return self.one("token")

    def day(self, name: str) -> str | None:
        """A day, as facts write it; None where none was typed."""
        return self._typed(name).text or None

    def _typed(self, name: str) -> TypedTime:
        return typed_time({key: str(self.given.get(key, "")) for key in self.given}, name)

    def wants(self, name: str, words: str) -> bool:
        """Note that this answer is missing. True where it is there."""
        if self.one(name):
            return True
        self.problems[name] = words
        return False

    def text(self, name: str, label: Words, *, hint: Words = "", optional: bool = False) -> Field:
        """Some lines of text."""
        return Field(
            name,
            label,
            kind=FieldKind.LONG_TEXT,
            hint=hint,
            value=self.one(name),
            problem=self.problems.get(name, ""),
            optional=optional,
        )

    def choice(
        self,
        name: str,
        label: Words,
        words: Iterable[tuple[str, Words, Words]],
        *,
        kind: FieldKind = FieldKind.CHOICE,
        hint: Words = "",
        optional: bool = False,
    ) -> Field:
        """One or several of these: code, words, and what they mean."""
        chosen = self.many(name)
        return Field(
            name,
            label,
            kind=kind,
            hint=hint,
            problem=self.problems.get(name, ""),
            options=tuple(Option(code, text, chosen=code in chosen, hint=more) for code, text, more in words),
            optional=optional,
        )

    def country(self, name: str, label: Words, *, without: str = "", optional: bool = False) -> Field:
        """One of the countries."""
        empty = ("", _("Choose a country"), "")
        listed = ((code, named, "") for code, named in country.choices(without=without))
        return self.choice(name, label, (empty, *listed), kind=FieldKind.SELECT, optional=optional)

    def date(self, name: str, label: Words, *, hint: Words = "", optional: bool = False) -> Field:
        """A day in three parts."""
        return Field(
            name,
            label,
            kind=FieldKind.DATE,
            hint=hint,
            problem=self.problems.get(name, ""),
            typed=self._typed(name),
            optional=optional,
        )

    def hidden(self, fields: Iterable[Field], *, but: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
        """What was answered before and travels on with the form."""
        shown = {one.name for one in fields} | set(but) | {"csrfmiddlewaretoken", "form_mark", "go"}
        return tuple(
            (name, value)
            for name in self.given
            if name not in shown and name.partition("-")[0] not in shown
            for value in self.given.getlist(name)
            if value
        )


def plain(words: Mapping[str, Words]) -> tuple[tuple[str, Words, Words], ...]:
    """Choices whose words say all."""
    return tuple((code, text, "") for code, text in words.items())


def begun(given: QueryDict | None) -> Form:
    """The form with what was sent, or a new one with a token of its own."""
    if given is not None:
        return Form(given)
    new = QueryDict(mutable=True)
    new["token"] = str(uuid4())
    return Form(new)
