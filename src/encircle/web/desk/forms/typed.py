"""What was typed into a form, as it was typed: kept through every error, checked by nobody here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

OWN = frozenset({"csrfmiddlewaretoken", "do"})
"""Names that belong to the sending, not to what was typed."""
MOST = 400
"""Answers of one form; more are no form of ours."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Answers by the names of their fields; a field can have several."""

    answers: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """The last answer of that field, without blanks around it; empty where there is none."""
        given = self.answers.get(name, ())
        return given[-1].strip() if given else ""

    def many(self, name: str) -> tuple[str, ...]:
        """All answers of that field."""
        return tuple(answer for answer in self.answers.get(name, ()) if answer.strip())

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each answer with its name, to be sent once more."""
        yield from ((name, answer) for name, answers in self.answers.items() for answer in answers)

    def also(self, **answers: str) -> "Typed":
        """The same with these answers instead."""
        return replace(self, answers={**self.answers, **{name: (one,) for name, one in answers.items()}})


def typed_in(post: QueryDict) -> Typed:
    """What a browser has sent: ends of lines as facts keep them."""
    names = [name for name in post if name not in OWN][:MOST]
    return Typed({name: tuple(_lines(one) for one in post.getlist(name)) for name in names})


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
