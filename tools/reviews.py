"""Which texts of a language somebody has reviewed: all others are machine drafts, and so is one that was changed since.

`python -m tools.reviews` prints how many of each there are; `python -m tools.reviews --language fi --by "Organisation"`
says that all texts of that language, as they stand, were read by somebody of that organisation who works in the field.
"""

import argparse
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import django
import yaml

from tools.messages import LOCALE, Catalogue, Message, read_po, written_languages


@dataclass(frozen=True, slots=True)
class State:
    """How far a language is. `by`: the organisations that have reviewed some of it."""

    language: str
    texts: int
    reviewed: int
    by: tuple[str, ...]

    @property
    def drafts(self) -> int:
        """Texts that nobody has reviewed as they stand."""
        return self.texts - self.reviewed


def mark(message: Message, words: tuple[str, ...]) -> str:
    """Of a text and its translation; another one as soon as either changes."""
    return hashlib.sha256("\0".join((message.key, *words)).encode()).hexdigest()[:16]


def state_of(language: str, entries: Catalogue, reviews: Mapping[str, str]) -> State:
    """How far it is. `reviews`: the organisation that has read it, by the mark of the text."""
    marks = [mark(message, words) for message, words in entries.items() if message.text]
    by = {reviews[one] for one in marks if one in reviews}
    return State(language, len(marks), sum(one in reviews for one in marks), tuple(sorted(by)))


def reviews_of(language: str, *, folder: Path = LOCALE) -> dict[str, str]:
    """Who has read what: the organisation, by the mark of the text."""
    path = _path(language, folder)
    held = yaml.safe_load(path.read_text("utf-8")) if path.exists() else []
    return {one: str(review["by"]) for review in held for one in review["texts"]}


def state_now(language: str) -> State:
    """How far the catalogue of that language is, as it stands."""
    return state_of(language, _catalogue(language), reviews_of(language))


def add_review(language: str, entries: Catalogue, *, by: str, on: date, folder: Path = LOCALE) -> int:
    """Write down that all texts as they stand were read; how many were not before."""
    known = reviews_of(language, folder=folder)
    marks = [mark(message, words) for message, words in entries.items() if message.text]
    new = [one for one in marks if one not in known]
    path = _path(language, folder)
    held = yaml.safe_load(path.read_text("utf-8")) if path.exists() else []
    held.append({"by": by, "on": on.isoformat(), "texts": new})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(held, allow_unicode=True, sort_keys=False), "utf-8")
    return len(new)


def main() -> None:
    """Say how far each language is, or write down that one was reviewed."""
    parser = argparse.ArgumentParser(description="Which texts of a language were reviewed.")
    parser.add_argument("--language", choices=written_languages())
    parser.add_argument("--by", help="the organisation of who has read all of its texts")
    asked = parser.parse_args()
    if bool(asked.language) != bool(asked.by):
        parser.error("name both the language and who has read it")
    if asked.language:
        today = datetime.now(UTC).date()
        new = add_review(asked.language, _catalogue(asked.language), by=asked.by, on=today)
        print(f"{asked.language}: {new} texts reviewed by {asked.by}")
    for language in written_languages():
        stands = state_now(language)
        print(f"{language}: {stands.texts} texts, {stands.reviewed} reviewed, {stands.drafts} machine drafts")


def _catalogue(language: str) -> Catalogue:
    return read_po((LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8"))


def _path(language: str, folder: Path) -> Path:
    return folder / language / "reviewed.yaml"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encircle.config.settings")
    django.setup()
    main()
