"""How a service is told on a page of the door: in one language, with a number that a telephone can dial."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import get_language_info

from encircle.law.help import Service
from encircle.web.page.wording import marked


@dataclass(frozen=True, slots=True)
class Reached:
    """One service in one language; what is not said in it is marked as English.

    `pages`: the sites that say so; `checked`: the day of the oldest look at them.
    Not verified: nobody of us has read what it rests on.
    """

    name: str
    says: str
    number: str
    dial: str
    mail: str
    page: str
    site: str
    hours: str
    always: bool
    languages: tuple[str, ...]
    free: bool
    anonymous: bool
    places: tuple[str, ...]
    tells: str
    is_verified: bool
    pages: tuple[str, ...]
    checked: date | None


def reached(one: Service, language: str) -> Reached:
    """That service in that language."""
    checked = [seen.checked for seen in one.seen if seen.checked is not None]
    return Reached(
        name=marked(one.name, language),
        says=marked(one.says, language),
        number=one.number,
        dial=dial(one.number),
        mail=one.mail,
        page=one.page,
        site=site(one.page),
        hours="" if one.hours is None else marked(one.hours, language),
        always=one.always,
        languages=tuple(own_name(code) for code in one.languages),
        free=one.free,
        anonymous=one.anonymous,
        places=one.places,
        tells="" if one.tells is None else marked(one.tells, language),
        is_verified=one.is_verified,
        pages=tuple(dict.fromkeys(site(seen.page) for seen in one.seen)),
        checked=min(checked, default=None),
    )


def dial(number: str) -> str:
    """That number as a telephone takes it."""
    return number.replace(" ", "")


def site(page: str) -> str:
    """The name of the site on which a page stands."""
    return urlsplit(page).netloc.removeprefix("www.")


def own_name(language: str) -> str:
    """A language by its own name; its code where that is not known."""
    try:
        return str(get_language_info(language)["name_local"])
    except KeyError:
        return language
