"""Two people wrote the minutes at once: theirs and yours side by side, and three ways on. Nothing is lost."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from encircle.core.meeting import Minutes
from encircle.web.desk.forms.typed import Typed
from encircle.web.desk.meetings.words import MINUTES
from encircle.web.page.field import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the minutes in both writings."""

    label: Words
    value: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way on: what it sends, and whether it is saved at once or opened as a form."""

    name: str
    words: str
    sent: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Both, and what can be done."""

    theirs: tuple[Part, ...]
    yours: tuple[Part, ...]
    choices: tuple[Choice, ...]


def conflict_page(theirs: Minutes, typed: Typed) -> ConflictPage:
    """Both, and what can be done: put both together, or mine in place of theirs."""
    on_record = {name: str(getattr(theirs, name)) for name in MINUTES}
    mine = {name: typed.one(name) for name in MINUTES}
    now = typed.also(read=theirs.fact)
    both = now.also(**{name: _joined(on_record[name], mine[name]) for name in MINUTES})
    return ConflictPage(
        theirs=_parts(on_record),
        yours=_parts(mine),
        choices=(
            Choice("both", _("Keep both: save theirs with mine below"), tuple(both.pairs())),
            Choice("mine", _("Save mine in place of theirs; theirs stays on record"), tuple(now.pairs())),
        ),
    )


def _joined(theirs: str, mine: str) -> str:
    if not theirs or not mine or theirs.strip() == mine.strip():
        return mine or theirs
    return f"{theirs}\n\n{mine}"


def _parts(texts: dict[str, str]) -> tuple[Part, ...]:
    return tuple(Part(words, texts[name]) for name, words in MINUTES.items() if texts[name])
