"""Indicators and routes: what may point to exploitation where one meets a child, and how one acts there. Never counted."""

from dataclasses import dataclass
from enum import StrEnum

from encircle.law.origin import Origin
from encircle.law.source import Read
from encircle.law.texts import Texts


class Setting(StrEnum):
    """Where somebody meets a child. `anybody`: everywhere, and whoever has no setting of their own."""

    ANYBODY = "anybody"
    SCHOOL = "school"
    HEALTH = "health"
    BORDER = "border"
    POLICE = "police"
    SPORT = "sport"
    STREET = "street"
    HOTEL = "hotel"
    LABOUR = "labour"
    CARE = "care"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the common list. `settings`: where it is offered, the first one its group; `seen`: where one of us read it."""

    code: str
    title: Texts
    settings: tuple[Setting, ...]
    seen: tuple[Read, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, to say or never to do."""

    id: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Route:
    """How one acts in a setting; that of everybody goes before each. `seen`: where one of us read it."""

    setting: Setting
    first: tuple[Advice, ...]
    say: tuple[Advice, ...]
    never: tuple[Advice, ...]
    seen: tuple[Read, ...]
    origins: tuple[Origin, ...]

    @property
    def texts(self) -> tuple[Texts, ...]:
        """All that somebody reads of it."""
        return tuple(one.text for one in (*self.first, *self.say, *self.never))
