"""What is written about a child, who may read it, what it can ask: with the code in the words for its age, and without."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from encircle.actions.childs_page.own import NotOpen, own_page
from encircle.law.saying import Band
from encircle.vocabulary.purpose import Purpose
from encircle.web.child.data_words import NOTICE
from encircle.web.child.session import secret_of
from encircle.web.gate import purpose


@purpose(Purpose.OWN_PAGE)
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """The notice. Whoever stands before the question for the code can read it too; it tells nothing of any child."""
    asked = request.GET.get("words", "")
    own = _own_band(request)
    band = Band(asked) if asked in list(Band) else own or Band.MIDDLE
    bands = list(Band)
    place = bands.index(band)
    shown = {
        "told": tuple((one.icon, one.title, one.says[band]) for one in NOTICE),
        "simpler": bands[place - 1] if place else "",
        "fuller": bands[place + 1] if place + 1 < len(bands) else "",
        "is_open": own is not None,
    }
    return render(request, "child/data.html", shown)


def _own_band(request: HttpRequest) -> Band | None:
    """That of the child whose page is open; None without one."""
    try:
        return own_page(secret_of(request), "data").band if secret_of(request) else None
    except NotOpen:
        return None
