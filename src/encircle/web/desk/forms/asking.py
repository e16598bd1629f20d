"""Questions of a form with what was typed and what is wrong: the same few ways to ask, for pages with forms of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import HttpRequest

from encircle.web.desk.forms.typed import Typed, typed_in
from encircle.web.page.field import Field, FieldKind, Option, Words, yes_no
from encircle.web.page.kept import typed as typed_before

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Asking:
    """What was typed so far, and what is wrong with it by field."""

    typed: Typed
    problems: Mapping[str, Words] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The random token of the form; a new one where none was sent, or none that a form of ours carries."""
        given = self.typed.one("token")
        return given if _is_token(given) else str(uuid4())

    def line(
        self, name: str, label: Words, *, hint: Words = "", optional: bool = False, value: str = ""
    ) -> Field:
        """One line of text."""
        return Field(
            name,
            label,
            hint=hint,
            value=self.typed.one(name) or value,
            problem=self.problems.get(name, ""),
            optional=optional,
        )

    def text(
        self, name: str, label: Words, *, hint: Words = "", optional: bool = False, value: str = ""
    ) -> Field:
        """Text of several lines."""
        return Field(
            name,
            label,
            kind=FieldKind.LONG_TEXT,
            hint=hint,
            value=self.typed.one(name) or value,
            problem=self.problems.get(name, ""),
            optional=optional,
            longest=LONGEST,
        )

    def choice(
        self,
        name: str,
        label: Words,
        words: Iterable[tuple[str, Words]],
        *,
        kind: FieldKind = FieldKind.CHOICE,
        hint: Words = "",
        chosen: Iterable[str] = (),
        optional: bool = False,
    ) -> Field:
        """One or several of these; `chosen` until something was typed."""
        given = self.typed.many(name) or tuple(chosen)
        return Field(
            name,
            label,
            kind=kind,
            hint=hint,
            problem=self.problems.get(name, ""),
            options=tuple(Option(value, text, chosen=value in given) for value, text in words),
            optional=optional,
        )

    def yes_no(self, name: str, label: Words, *, hint: Words = "") -> Field:
        """Yes, no, not known."""
        return yes_no(name, label, value=self.typed.one(name), hint=hint, problem=self.problems.get(name, ""))


def sent(request: HttpRequest) -> Typed:
    """What was typed: into the form that is sent, or into one whose sign-in had ended."""
    if request.method == "POST":
        return typed_in(request.POST)
    before = typed_before(request)
    return Typed({}) if before is None else typed_in(before)


def _is_token(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
