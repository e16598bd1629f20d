"""Health: whether the process lives and whether it can serve, in one word for machines. Shows nothing of a child."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from encircle.actions.readiness import make_sure_of_readiness
from encircle.actions.reports.door import is_open
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.gate import purpose

_PLAIN = "text/plain; charset=utf-8"
_SHUT = "the door is shut: fewer than two agencies receive reports\n"


@purpose(Purpose.OPERATE)
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("live\n", content_type=_PLAIN)


@purpose(Purpose.OPERATE)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and the law is loaded; else 503 with the reason. And why the door is shut, if it is."""
    try:
        make_sure_of_readiness()
    except Refused as refused:
        return HttpResponse(f"not ready: {refused}\n", status=503, content_type=_PLAIN)
    return HttpResponse(f"ready\n{'' if is_open() else _SHUT}", content_type=_PLAIN)
