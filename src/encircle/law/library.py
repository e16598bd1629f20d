"""The library: what the guidance names beside the acts of the law: policy, networks, guides to read. Knows no screen."""

from dataclasses import dataclass
from enum import StrEnum

from encircle.law.origin import Origin
from encircle.law.source import Source
from encircle.law.texts import Texts


class ResourceKind(StrEnum):
    """What a resource is. An instrument here is one on which no rule rests."""

    INSTRUMENT = "instrument"
    POLICY = "policy"
    NETWORK = "network"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing to know of or to read. `by` and `year`: who made it and when, as far as that is said."""

    code: str
    title: Texts
    kind: ResourceKind
    by: str
    year: str
    about: Texts | None
    sources: tuple[Source, ...]
    origins: tuple[Origin, ...]
