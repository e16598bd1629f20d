"""What the country says to adults at the door: what the law asks of them, and whom they can call. As its packs state it."""

from collections.abc import Mapping

from encircle.actions.help import help_here
from encircle.law.help import Need
from encircle.web.door.reached import reached, site
from encircle.web.page.wording import marked

_FOR_ADULTS = frozenset({Need.REPORT, Need.TALK, Need.TRAFFICKING, Need.MISSING})


def told_to_adults(language: str) -> Mapping[str, object]:
    """The duty to report with where it stands, and the services of the whole country that answer by telephone."""
    here = help_here()
    duty = here.duty
    checked = [one.checked for one in duty.seen if one.checked is not None]
    services = [
        reached(one, language)
        for one in here.services
        if one.number and not one.places and one.needs & _FOR_ADULTS
    ]
    return {
        "duty": {
            "says": marked(duty.adult, language),
            "act": marked(duty.act, language),
            "at": duty.at,
            "is_verified": bool(duty.seen) and all(one.read is not None for one in duty.seen),
            "pages": tuple(dict.fromkeys(site(one.page) for one in duty.seen)),
            "checked": min(checked, default=None),
        },
        "services": services,
    }
