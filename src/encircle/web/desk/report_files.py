"""Files of a report: told of in words, and given as they came. What others made is never run, framed or kept here."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from encircle.actions.context import Who
from encircle.actions.reports.desk import original_of
from encircle.actions.reports.files import File
from encircle.web.headers import MADE_BY_OTHERS
from encircle.web.page.file_words import FAMILIES

Words = str | Promise


@dataclass(frozen=True, slots=True)
class FileView:
    """A file in words. `size`: in bytes; `digest`: SHA-256 of the original."""

    id: str
    what: Words
    sort: str
    size: int
    digest: str


def file_view(file: File) -> FileView:
    """That file in words."""
    return FileView(file.id, FAMILIES[file.sort.family], file.sort.ending.upper(), file.size, file.digest)


def original(request: HttpRequest, who: Who, report: str) -> HttpResponse:
    """The file that was asked for, as it came, under a name of our own. Refuses as `original_of`."""
    file, plain = original_of(who, report, request.POST.get("file", ""))
    setattr(request, MADE_BY_OTHERS, True)
    answer = HttpResponse(plain, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="original-{file.digest[:12]}.{file.sort.ending}"'
    )
    return answer
