"""The as-of control: the question as it was typed, the steps to the facts around it, and the words for what is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encircle.actions.asked import Asked
from encircle.actions.record import Look
from encircle.vocabulary.moment import Precision
from encircle.web.desk.axis_of_time import ZOOMS
from encircle.web.page import when, wording

_HARDLY_APART = timedelta(hours=1)
_ZOOM_WORDS = {
    "all": gettext_lazy("Whole story"),
    "year": gettext_lazy("Year"),
    "month": gettext_lazy("Month"),
    "day": gettext_lazy("Day"),
    "hour": gettext_lazy("Hours"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list to choose from, or one link."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AsOfControl:
    """The form, its problems by field, the links beside it. `same`: the question as an address asks it.

    `days`: where the record is played day by day. `past`: whether something else than the present, or less than what is
    known, is seen; `seen`: which time, if not now.
    """

    asked: Asked
    problems: dict[str, str]
    agencies: tuple[Choice, ...]
    laws: tuple[Choice, ...]
    zooms: tuple[Choice, ...]
    zoom: str
    same: str
    today: str
    before: str
    after: str
    days: str
    past: bool
    seen: str
    knowledge: str
    far: str


def read_form(fields: "dict[str, str]") -> tuple[Asked, str]:
    """The question and the zoom out of the address; what is longer than any answer is cut."""
    given = {
        name: fields.get(name, "").strip()[:64].replace("\0", "")
        for name in ("as_of", "known_as_of", "by", "law", "law_of")
    }
    zoom = fields.get("zoom", "")
    return Asked(**given), zoom if zoom in ZOOMS else ZOOMS[0]


def control(look: Look, *, zoom: str) -> AsOfControl:
    """The control for this look."""
    before, after = _steps(look)
    at = look.as_of.at
    past = at != look.now
    return AsOfControl(
        asked=look.asked,
        problems={field: wording.problem(field, words) for field, words in look.problems.items()},
        agencies=tuple(
            Choice(agency.id, agency.name, agency.id == look.as_of.by)
            for agency in sorted(look.agencies.values(), key=lambda one: one.name)
        ),
        laws=tuple(
            Choice(code, str(wording.COUNTRIES.get(code, code.upper())), code == look.law.pack)
            for code in look.laws
        ),
        zooms=tuple(Choice(link(look.asked, zoom=one), str(_ZOOM_WORDS[one]), one == zoom) for one in ZOOMS),
        zoom=zoom,
        same=joined(link(look.asked, zoom=zoom), {}),
        today=link(look.asked, zoom=zoom, as_of=""),
        before=before and link(look.asked, zoom=zoom, as_of=before),
        after=after and link(look.asked, zoom=zoom, as_of=after),
        days=reverse("days", args=(look.number,)) + _day(look),
        past=past or look.as_of.known_as_of is not None or look.as_of.by is not None,
        seen=when.minute(at, look.law.zone) if past else "",
        knowledge=_knowledge(look),
        far=when.distance(look.now, at) if abs(look.now - at) > _HARDLY_APART else "",
    )


def link(asked: Asked, *, zoom: str, as_of: str | None = None, law_of: str | None = None) -> str:
    """The same page with another day, zoom or law; nothing but the question stands in it."""
    given = {
        "as_of": asked.as_of if as_of is None else as_of,
        "known_as_of": asked.known_as_of,
        "by": asked.by,
        "law": asked.law,
        "law_of": asked.law_of if law_of is None else law_of,
        "zoom": "" if zoom == ZOOMS[0] else zoom,
    }
    return "?" + urlencode({name: value for name, value in given.items() if value})


def joined(asked: str, more: Mapping[str, str]) -> str:
    """The question of an address with more words behind it; nothing, where neither says anything."""
    query = "&".join(part for part in (asked.removeprefix("?"), urlencode(more)) if part)
    return f"?{query}" if query else ""


def _day(look: Look) -> str:
    """That day, asked of the page that plays the record day by day; nothing, where it is today: it begins at the first."""
    day = f"{when.local(look.as_of.at, look.law.zone):%Y-%m-%d}" if look.as_of.at != look.now else ""
    given = {"as_of": day, "by": look.as_of.by or "", "law": look.asked.law, "law_of": look.asked.law_of}
    return joined("", {name: value for name, value in given.items() if value})


def _knowledge(look: Look) -> str:
    """With whose knowledge, and of when."""
    by = None if look.as_of.by is None else look.agencies[look.as_of.by].name
    known = None if look.as_of.known_as_of is None else when.minute(look.as_of.known_as_of, look.law.zone)
    if by and known:
        return _("only what {agency} had learnt by {time}").format(agency=by, time=known)
    if by:
        return _("only what {agency} has learnt").format(agency=by)
    if known:
        return _("only what anybody had learnt by {time}").format(time=known)
    return _("everything that is known today, with hindsight")


def _steps(look: Look) -> tuple[str, str]:
    """The days or minutes of the nearest facts before and after, as one would type them."""
    stops = set()
    for fact in look.facts:
        end = fact.happened.latest
        exact = fact.happened.precision is Precision.MINUTE
        stops.add(end if exact else end.replace(second=59))
    at = look.as_of.at
    before = max((stop for stop in stops if stop < at), default=None)
    after = min((stop for stop in stops if stop > at), default=None)
    zone = look.law.zone
    return "" if before is None else when.typed(before, zone), "" if after is None else when.typed(
        after, zone
    )
