"""A page with a long form, as the desk has them, and one that knows nothing of forms that come back."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from encircle.actions.context import Who
from encircle.config.urls import handler400, handler403, handler404, handler500, pages
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.page.kept import typed
from encircle.web.page.staff import for_staff

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

saved: list[tuple[str, str]] = []
"""Who saved what."""
FORM = """{% extends "desk/frame.html" %}{% block main %}<h1>A visit</h1>
<form method="post">{% csrf_token %}<label for="note">Note</label>
<textarea id="note" name="note">{{ note }}</textarea></form>{% endblock %}"""
DEAF = """{% extends "desk/frame.html" %}{% block main %}<h1>A page with a button</h1>
<form method="post" action="/visit/only-sent/">{% csrf_token %}<button>Send</button></form>{% endblock %}"""


def shown(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(template).render(context, request))


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def visit(request: HttpRequest, who: Who) -> HttpResponse:
    if request.method == "POST":
        saved.append((who.person, request.POST["note"]))
        return HttpResponse("saved")
    back = typed(request)
    return shown(request, FORM, note="" if back is None else back["note"])


@purpose(Purpose.RECORD)
@require_safe
@for_staff
def deaf(request: HttpRequest, who: Who) -> HttpResponse:
    return shown(request, DEAF)


@purpose(Purpose.RECORD)
@require_POST
@for_staff
def only_sent(request: HttpRequest, who: Who) -> HttpResponse:
    saved.append((who.person, request.POST.get("note", "")))
    return shown(request, DEAF)


urlpatterns = [
    path("visit/", visit),
    path("visit/deaf/", deaf),
    path("visit/only-sent/", only_sent),
    *pages(demo=False),
]
