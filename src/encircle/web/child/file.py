"""What the page can tell a child of its file, all on one page; and asking for the whole file, which a person gives.

The whole file (`actions/access_file`) is prepared by one person, checked by a second and given in person: it can say what
no screen may show to whoever looks over a shoulder. So nothing here can be taken along to the phone.
"""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from encircle.actions.childs_page.complaining import complaint_page
from encircle.actions.childs_page.own import NotOpen, own_page, say, who_looked
from encircle.vocabulary.purpose import Purpose
from encircle.web.child import kept
from encircle.web.child.pages import decision, in_both, people_told, token_of, visitors
from encircle.web.child.session import for_the_child, secret_of
from encircle.web.child.write import complaints_before, written_before
from encircle.web.gate import purpose

ASKS = _("I want to know everything that is written about me.")
"""What is put on record as the child's words: in the child's language, and in English for who must answer."""


@purpose(Purpose.OWN_PAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def my_file(request: HttpRequest) -> HttpResponse:
    """What this page can tell, and what stands elsewhere. POST: the child asks for all of it."""
    return _ask(request) if request.method == "POST" else _shown(request)


@for_the_child
def _shown(request: HttpRequest, secret: str) -> HttpResponse:
    own = own_page(secret, "file")
    visits, zone = who_looked(secret)
    told = own.told
    shown = {
        "decided": [decision(one) for one in told.decided][::-1],
        "people": people_told(own),
        "written": [
            *(written_before("say", one) for one in told.said),
            *complaints_before(own, complaint_page(secret)[1]),
        ],
        "seen": visitors(visits, zone),
        "saved": "saved" in request.GET,
        "token": str(uuid4()),
    }
    return render(request, "child/file.html", shown)


def _ask(request: HttpRequest) -> HttpResponse:
    try:
        say(secret_of(request), in_both(ASKS), about="other", token=token_of(request))
    except NotOpen:
        return kept.closed(request)
    return HttpResponseRedirect(f"{reverse('my_file')}?saved")
