"""Requests: what is about to go to another country, as it stands before it goes. Knows no record."""

from dataclasses import dataclass

from encircle.vocabulary.need import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that somebody prepares. `contents`: the ids of the required contents that it holds.

    `informed`: whether the child was told, as `RequestSent.child_informed`; None where nobody has said.
    `id`: that of the request on record, if it is there already.
    """

    need: Need
    to_country: str
    about_person: str | None = None
    contents: frozenset[str] = frozenset()
    informed: str | None = None
    informed_reasons: bool = False
    id: str = ""
