"""Changes: what an upper pack did to an entry of a lower one, and why. Knows no files."""

from dataclasses import dataclass

from encircle.law.origin import Origin
from encircle.law.texts import Texts


@dataclass(frozen=True, slots=True)
class Change:
    """One `set` of an upper pack: the fields it touched; `because` where it took something away."""

    pack: str
    origin: Origin
    fields: tuple[str, ...]
    because: Texts | None
