"""Field groups: the parts of a record that a mandate opens or keeps closed (who may read what)."""

from enum import StrEnum


class FieldGroup(StrEnum):
    """One letter each, as mandates name them."""

    MINIMUM = "M"
    """Case number, name used, age or presumed age, language, case lead, guardian, safety flags."""
    ACCOUNT = "F"
    """Facts of exploitation: what the child told, what was seen."""
    LOCATION = "L"
    """Where the child is."""
    HEALTH = "H"
    """Health of body and mind."""
    CRIMINAL = "R"
    """Criminal record and suspects' data."""
    ASYLUM = "A"
    """Asylum and residence file."""
    REQUESTS = "X"
    """Requests to and from other countries, and what became of them."""
    VIEWS = "V"
    """The child's views and the best-interests record."""
    INDICATORS = "I"
    """Indicators and concerns."""


MEANING: dict[FieldGroup, str] = {
    FieldGroup.MINIMUM: "minimum set: case number, name used, age, language, case lead, guardian, safety flags",
    FieldGroup.ACCOUNT: "facts of exploitation: what the child told, what was seen",
    FieldGroup.LOCATION: "where the child is",
    FieldGroup.HEALTH: "health of body and mind",
    FieldGroup.CRIMINAL: "criminal record and suspects' data",
    FieldGroup.ASYLUM: "asylum and residence file",
    FieldGroup.REQUESTS: "requests to and from other countries",
    FieldGroup.VIEWS: "the child's views and the best-interests record",
    FieldGroup.INDICATORS: "indicators and concerns",
}
