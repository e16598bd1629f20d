"""Downloads: what practice has set, as the files of a pack. The same practice gives the same bytes."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.practice.reading import files_of, packs_of_practice
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import errors
from encircle.web.page.staff import for_staff


@purpose(Purpose.LAW)
@require_safe
@for_staff
def practice_files(request: HttpRequest, who: Who, pack: str) -> HttpResponse:
    """A zip with the folder of the pack; `on`: as it holds at the end of that day. Not found, where nothing holds."""
    if pack not in packs_of_practice():
        return errors.not_found(request)
    try:
        on = date.fromisoformat(request.GET["on"]) if request.GET.get("on") else None
        found = files_of(who, pack, on, purpose=purpose_of(request))
    except (ValueError, OverflowError):
        return errors.not_found(request)
    if found is None:
        return errors.not_found(request)
    name, data = found
    answer = HttpResponse(data, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer
