"""A duty as one line of the ledger, written in code: a page has dozens, and each is a link to the page of that duty."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from encircle.web.desk.ways import Link
from encircle.web.page.html import all_of, filled, isolated

_LINE = (
    '<div class="duty {}" id="{}"><a class="duty-line" href="{}"><span class="code">{}</span>'
    '<span class="duty-title">{}{}</span><span class="duty-owner">{}</span>'
    '<span class="duty-when">{}</span></a>\n{}</div>'
)
_ABOUT = ' <span class="about">{}</span>'
_DUE = '{} <span class="note">{}</span>'
_NEXT = '<p class="duty-next"><span class="soft">{}</span> {}{}</p>'
_WAYS = '<span class="ways"><span class="soft">{}</span> {}</span>'
_WAY = '<a href="{}">{}</a>'


def duty_line(
    *,
    state: str,
    anchor: str,
    href: str,
    code: str,
    title: str,
    about: str,
    owner: str,
    time: str,
    lacking: Sequence[str],
    ways: Sequence[Link],
) -> SafeString:
    """Code, title, owner and time; below it what is missing, and the forms that give it."""
    return filled(
        _LINE,
        state,
        anchor,
        href,
        code,
        isolated(title),
        filled(_ABOUT, about) if about else "",
        isolated(owner),
        time,
        _next(lacking, ways) if lacking else "",
    )


def time_and_kind(due: str, kind: str | Promise) -> SafeString:
    """Until when, and whether that is a limit of law or a number of practice."""
    return filled(_DUE, due, kind)


def _next(lacking: Sequence[str], ways: Sequence[Link]) -> SafeString:
    texts = all_of("; ", [isolated(text) for text in lacking])
    return filled(_NEXT, _("Missing:"), texts, _ways(ways) if ways else "")


def _ways(ways: Sequence[Link]) -> SafeString:
    links = all_of(" · ", [filled(_WAY, way.href, way.text) for way in ways])
    return filled(_WAYS, _("Record it:"), links)
