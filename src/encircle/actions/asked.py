"""The question asked of a record: as of when, with whose knowledge. What cannot be read is told by its field."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime

from encircle.core.child import AsOf
from encircle.core.two_laws import LawOf
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import instant_end

_SPOKEN = {"as_of": "As of", "known_as_of": "As known on"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks, as it was typed. Empty: now; all that is known; by anybody; the law of the country.

    `law_of`: the law of today, or of then: of the day as of which is asked.
    """

    as_of: str = ""
    known_as_of: str = ""
    by: str = ""
    law: str = ""
    law_of: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """The question as understood; `problems` says by field what could not be, which then counts as empty.

    `zone`: where its days are counted; empty for the zone of the law.
    """

    as_of: AsOf
    problems: Mapping[str, str]
    law_of: LawOf = LawOf.TODAY
    zone: str = ""


def question(asked: Asked, *, now: datetime, zone: str, agencies: Container[AgencyId]) -> Question:
    """What is asked, days counted in that zone. A date means its end."""
    problems: dict[str, str] = {}
    at = _instant(asked.as_of, "as_of", zone, problems)
    known = _instant(asked.known_as_of, "known_as_of", zone, problems)
    by = AgencyId(asked.by) if asked.by else None
    if by is not None and by not in agencies:
        problems["by"] = "This agency has no part in the record. Choose one of the list."
        by = None
    if asked.law_of and asked.law_of not in {*LawOf}:
        problems["law_of"] = (
            "By which law: write today, or then for the law that was in force on the day asked for."
        )
        return Question(AsOf(at or now, known, by), problems, zone=zone)
    return Question(AsOf(at or now, known, by), problems, LawOf(asked.law_of or LawOf.TODAY), zone)


def _instant(text: str, field: str, zone: str, problems: dict[str, str]) -> datetime | None:
    if not text:
        return None
    try:
        return instant_end(text, zone)
    except ValueError:
        problems[field] = (
            f"{_SPOKEN[field]}: write a date such as 2009-05-06, or a time such as 2009-05-06T14:30."
        )
        return None
