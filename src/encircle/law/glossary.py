"""The glossary: words of the field as the law and its guidance use them, each with its source. Knows no screen."""

from dataclasses import dataclass

from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the field. `rules`: codes of the duties and prohibitions in which it matters; `see`: other terms."""

    code: str
    title: Texts
    means: Texts
    rules: tuple[str, ...]
    see: tuple[str, ...]
    sources: tuple[Source, ...]
    origins: tuple[Origin, ...]
