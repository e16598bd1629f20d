"""What was saved, told once on the next page of the record. The session holds codes alone, nothing of a child."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from encircle.actions.act import Performed
from encircle.law.law import Law
from encircle.web.page import wording

_KEPT = "saved"


@dataclass(frozen=True, slots=True)
class Saved:
    """What changed: the titles of duties met, of duties that newly stand, and of alarms raised."""

    again: bool
    met: tuple[str, ...]
    raised: tuple[str, ...]
    alarms: tuple[str, ...]


def keep(request: HttpRequest, done: Performed) -> None:
    """Keep it for the next page of that record."""
    request.session[_KEPT] = {
        "number": done.number,
        "again": done.again,
        "met": done.met,
        "raised": done.raised,
        "alarms": done.alarms,
    }


def take(request: HttpRequest, number: str, law: Law) -> Saved | None:
    """What was saved on that record last, once."""
    kept = request.session.get(_KEPT)
    if not isinstance(kept, dict) or kept.get("number") != number:
        return None
    del request.session[_KEPT]
    language = get_language() or "en"
    known = {duty.code: duty.title for duty in law.duties}
    known |= {rule.code: rule.title for rule in law.prohibitions}

    def titles(name: str) -> tuple[str, ...]:
        return tuple(f"{code} {wording.told(known[code], language)}" for code in kept[name] if code in known)

    return Saved(bool(kept["again"]), titles("met"), titles("raised"), titles("alarms"))
