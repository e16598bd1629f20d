"""What a column beside sealed ones may hold. Knows no table."""

from enum import StrEnum


class What(StrEnum):
    """What a column may hold."""

    ID = "id"
    """Random, made before it is stored: tells nothing."""
    AGENCY = "agency"
    """The id of an agency or of a person on its staff."""
    TIME = "time"
    CODE = "code"
    """A word of a closed list, held to that shape by a constraint."""
    NUMBER = "number"
    """A counter, a position or a version."""
    FLAG = "flag"
    HASH = "hash"
    """Salted or keyed, or of random bytes only."""
    PUBLIC_KEY = "public key"
    SEALED = "sealed"
    """Opens only with a key."""
