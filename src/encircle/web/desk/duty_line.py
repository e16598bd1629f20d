"""A duty as one line of the ledger: a page has dozens, and each line is a link to the page of that duty."""

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from encircle.web.page.html import all_of, filled, isolated

if TYPE_CHECKING:
    from encircle.web.desk.ledger import Duty

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


def duty_line(duty: "Duty") -> SafeString:
    """Code, title, owner and time; below it what is missing, and the forms that give it."""
    return filled(
        _LINE,
        duty.state.value,
        duty.anchor,
        duty.href,
        duty.code,
        isolated(duty.title),
        filled(_ABOUT, duty.about) if duty.about else "",
        isolated(duty.owner),
        _when(duty),
        _next(duty),
    )


def _when(duty: "Duty") -> str:
    if duty.met:
        return duty.met
    return filled(_DUE, duty.due, duty.due_kind) if duty.due else isolated(duty.words)


def _next(duty: "Duty") -> str:
    lacking = duty.lacking
    if not lacking:
        return ""
    texts = all_of("; ", [isolated(proof.text) for proof in lacking])
    return filled(_NEXT, _("Missing:"), texts, _ways(duty))


def _ways(duty: "Duty") -> str:
    if not duty.ways:
        return ""
    links = all_of(" · ", [filled(_WAY, way.href, way.text) for way in duty.ways])
    return filled(_WAYS, _("Record it:"), links)
