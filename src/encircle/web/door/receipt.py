"""The receipt of a report as a paper: when to the hour, what kind, to whom it went, never the story.

Its words stand in a template, as those of the pages do.
"""

from datetime import UTC
from html import unescape

from django.template.loader import render_to_string

from encircle.actions.reports import professional
from encircle.actions.reports.professional import Receipt
from encircle.host.document import Paper, Section


def paper(receipt: Receipt, language: str) -> Paper:
    """The receipt in that language, which is the one that is active."""
    settings = {one.id: one.text.in_(language) for one in professional.settings_of().answers}
    told = {
        "hour": f"{receipt.hour.astimezone(UTC):%Y-%m-%d %H} UTC",
        "setting": settings.get(receipt.setting, ""),
        "signed": bool(receipt.note),
    }
    written = unescape(render_to_string("professional/receipt.html", told))
    lines = [one.strip() for one in written.splitlines()]
    title, lead, when, hour, kind, what, to, seal, about_seal, unsigned = (one for one in lines if one)
    return Paper(
        title=title,
        language=language,
        lead=(lead,),
        sections=(
            Section(when, (hour,)),
            Section(kind, (what,)),
            Section(to, items=receipt.to),
            Section(seal, (about_seal,), items=tuple(one for one in receipt.note.splitlines() if one))
            if receipt.note
            else Section(seal, (unsigned, receipt.digest)),
        ),
        of=receipt.hour,
    )
