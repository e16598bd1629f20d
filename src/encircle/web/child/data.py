"""What is written about a child, who may read it, what it can ask: with the code in the words for its age, and without."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from encircle.actions.childs_page.own import NotOpen, own_page
from encircle.law.saying import Band
from encircle.vocabulary.purpose import Purpose
from encircle.web.child.data_words import NOTICE
from encircle.web.child.pages import ON_A_SCREEN, asked_band, ways_to_say
from encircle.web.child.session import secret_of
from encircle.web.gate import purpose


@purpose(Purpose.OWN_PAGE)
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """The notice. Whoever stands before the question for the code can read it too; it tells nothing of any child."""
    own = _own_band(request)
    band = asked_band(request) or own or Band.MIDDLE
    more = request.GET.get("more") == "1"
    told = tuple((one.icon, one.title, one.says[band]) for one in NOTICE)
    shown = {
        "told": told[ON_A_SCREEN:] if more else told[:ON_A_SCREEN],
        "more": more,
        **ways_to_say(band),
        "keep": "&more=1" if more else "",
        "is_open": own is not None,
    }
    return render(request, "child/data.html", shown)


def _own_band(request: HttpRequest) -> Band | None:
    """That of the child whose page is open; None without one."""
    try:
        return own_page(secret_of(request), "data").band if secret_of(request) else None
    except NotOpen:
        return None
