"""The room: its pages as tabs, and whose law they show. The country that was chosen goes along from page to page."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from encircle.actions.context import Who
from encircle.actions.law_book import Book, law_book
from encircle.law.law import Law
from encircle.web.gate import purpose_of
from encircle.web.law import words
from encircle.web.page.field import Field, FieldKind, Option
from encircle.web.page.navigation import Item

TABS: tuple[tuple[str, str | Promise, str], ...] = (
    ("law", lazy("Duties and prohibitions"), "scale"),
    ("law_chart", lazy("Who does what, by when"), "clock"),
    ("law_instruments", lazy("Treaties, laws and guidance"), "file-text"),
    ("law_words", lazy("Words of the field"), "languages"),
    ("law_unread", lazy("Not yet read"), "eye"),
    ("law_privacy", lazy("Data protection"), "lock"),
    ("practice", lazy("Changes of practice"), "pencil"),
)
"""The pages that stand side by side: name, what the tab says, its picture."""

WITHIN = {"law_duty": "law", "law_prohibition": "law", "law_instrument": "law_instruments"} | dict.fromkeys(
    ("practice_new", "practice_form", "practice_proposal", "practice_records"), "practice"
)
"""To which tab other pages belong."""


@dataclass(frozen=True, slots=True)
class Room:
    """What every page of the law shows around it. `asked`: what goes along in addresses.

    `draft`: the texts of this law are shown in a translation that nobody has reviewed.
    `others`: whose law this is, where the country has stated none of its own; else empty.
    """

    book: Book
    code: str
    country: str
    tabs: tuple[Item, ...]
    asked: str
    draft: bool
    others: str

    def way(self, name: str, code: str) -> str:
        """The address of a page of one rule, by the law that is shown."""
        return f"{reverse(name, args=(code,))}{self.asked}"


def entered(request: HttpRequest, who: Who) -> Room:
    """The room with the law of the country that the address asks for."""
    book = law_book(who, purpose=purpose_of(request), country=request.GET.get("law", ""))
    code = book.law.pack
    asked = "" if code == next(iter(book.countries)) else f"?law={code}"
    here = request.resolver_match.url_name if request.resolver_match else ""
    tabs = tuple(
        Item(text, f"{reverse(name)}{asked}", icon, name in (here, WITHIN.get(here or "")))
        for name, text, icon in TABS
    )
    draft = any(one.language == get_language() for one in book.law.translations if one.is_draft)
    others = "" if book.law.is_its_own else _below(book.law)
    return Room(book, code, words.country(code, book.countries[code]), tabs, asked, draft, others)


def _below(law: Law) -> str:
    """The packs on which a law rests that states nothing itself, by their names."""
    return words.listed(words.country(one.code, one.title) for one in law.packs if one.code != law.pack)


def whose(room: Room) -> Field:
    """The choice of a country."""
    titles = room.book.countries
    options = tuple(
        Option(code, words.country(code, title), chosen=code == room.code) for code, title in titles.items()
    )
    return Field("law", _("Law of"), kind=FieldKind.SELECT, options=options)
