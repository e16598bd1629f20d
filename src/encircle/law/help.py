"""Help: what a country says at its door: whom to call, what the reader must do, what a child may know. Knows no screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from encircle.law.origin import Origin
from encircle.law.saying import Band
from encircle.law.texts import Texts

ADULT = "adult"
READERS = (*(band.value for band in Band), ADULT)
"""For whom a text is written, the youngest first."""


class Way(StrEnum):
    """How a service is reached."""

    CALL = "call"
    MESSAGE = "message"
    CHAT = "chat"
    MAIL = "mail"
    FORM = "form"
    VISIT = "visit"


class Need(StrEnum):
    """What a service is for."""

    TALK = "talk"
    REPORT = "report"
    SHELTER = "shelter"
    FOOD = "food"
    HEALTH = "health"
    LEGAL = "legal"
    TRAFFICKING = "trafficking"
    MISSING = "missing"
    PICTURES = "pictures"


class Topic(StrEnum):
    """What a child is told about."""

    RIGHTS = "rights"
    RISKS = "risks"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Seen:
    """Where something stands. `read`: the day one of us read it there; None: nobody has, and it is unverified.

    `checked`: the day somebody last looked whether it still holds. `of`: how old the page itself is, as far as it says.
    """

    page: str
    read: date | None
    checked: date | None
    of: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Emergency:
    """The number that is called first. `free`: a source says that the call costs nothing."""

    number: str
    free: bool
    seen: tuple[Seen, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class ReadersDuty:
    """What the law asks of whoever reads a report, in words for a child and for an adult. `act`, `at`: where it stands."""

    child: Texts
    adult: Texts
    act: Texts
    at: str
    seen: tuple[Seen, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Service:
    """A helpline or another service. Empty `places`: in the whole country; no `languages`: none is named.

    `hours` is None where none are named; `always`: day and night. `tells`: what it must pass on. `world`: from any country.
    `keeps_picture`: pictures are found by a fingerprint, and stay on the device.
    """

    code: str
    name: Texts
    says: Texts
    number: str
    mail: str
    page: str
    hours: Texts | None
    always: bool
    languages: tuple[str, ...]
    ways: frozenset[Way]
    needs: frozenset[Need]
    free: bool
    anonymous: bool
    keeps_picture: bool
    places: tuple[str, ...]
    tells: Texts | None
    seen: tuple[Seen, ...]
    origin: Origin

    @property
    def is_verified(self) -> bool:
        """Whether one of us has read every page that it rests on."""
        return all(one.read is not None for one in self.seen)


@dataclass(frozen=True, slots=True)
class Rest:
    """A provision that a text rests on."""

    code: str
    act: Texts
    at: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a child may know, in words for each reader."""

    code: str
    topic: Topic
    words: Mapping[str, Texts]
    rests: tuple[Rest, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Help:
    """What the door of one country says. Services: those of the country first, then those of the packs below."""

    pack: str
    emergency: Emergency
    duty: ReadersDuty
    services: tuple[Service, ...]
    told: tuple[Told, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The places that any service is limited to."""
        return tuple(sorted({place for one in self.services for place in one.places}))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that any service speaks."""
        return tuple(sorted({language for one in self.services for language in one.languages}))

    def to_talk(self) -> tuple[Service, ...]:
        """Who answers a child by telephone in the whole country: verified ones alone, since a wrong number costs trust."""
        return tuple(
            one
            for one in self.services
            if Need.TALK in one.needs and one.number and not one.places and one.is_verified
        )

    def about(self, topic: Topic) -> tuple[Told, ...]:
        """What is told about that."""
        return tuple(one for one in self.told if one.topic is topic)
