"""Papers on pages: what is handed out in print, shown as a page with the same words. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpResponse

from encircle.host.document import Paper, is_right_to_left


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper with its direction, which need not be that of the page."""

    paper: Paper
    direction: str


def paper_view(paper: Paper) -> PaperView:
    """The paper to be shown."""
    return PaperView(paper, "rtl" if is_right_to_left(paper.language) else "ltr")


def attached(pdf: bytes, name: str) -> HttpResponse:
    """The paper as a file to keep."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
