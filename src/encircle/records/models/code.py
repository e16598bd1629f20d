"""Codes: the only words that may stand unsealed in a table of a child. Knows no list of them."""

from typing import TYPE_CHECKING, Any, Final

from django.db import models

if TYPE_CHECKING:
    _Column = models.CharField[str, str]
    _MaybeColumn = models.CharField[str | None, str | None]
else:
    _Column = _MaybeColumn = models.CharField

CODE: Final = r"^[a-z0-9][a-z0-9_.:-]*$"
"""A word of a closed list, or an id: no capitals, no spaces, so no name and no sentence.

The column bounds its length. A bound in the pattern would make the matching thirteen times as dear.
"""
RULE: Final = r"^[A-Z]{1,3}[0-9]{1,3}[a-z]?(-[a-z0-9_]+)*$"
"""The code of a duty or prohibition: D02b, P9, D02a-interview."""
RULE_LENGTH: Final = 32
BASIS: Final = r"^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$"
"""A place in an act, at most two words: GDPR 6(1)(e), EU-2016/680:8."""
COUNTRY: Final = r"^[A-Z]{2}$"
ZONE: Final = r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$"


def holds_codes(
    table: str, *columns: str, pattern: str = CODE, rule: str = "codes"
) -> models.CheckConstraint:
    """The constraint that these columns hold codes (or nothing) and no other text."""
    condition = models.Q()
    for column in columns:
        condition &= models.Q(**{f"{column}__regex": pattern})
    return models.CheckConstraint(condition=condition, name=f"{table}_holds_{rule}")


class Code(_Column):
    """A column for a code. The constraint `holds_codes` of its table keeps everything else out."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 64)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """As a plain text column, so that migrations don't depend on this class."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


class MaybeCode(_MaybeColumn):
    """A column for a code or nothing: NULL, as an empty text would be a second way to say nothing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 64)
        options["null"] = True
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """As a plain text column."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options
