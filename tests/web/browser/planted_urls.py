"""Pages with a planted fault each, to show that the browser's eyes see it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

_PAGE = (
    '<!doctype html><html lang="en" dir="ltr"><head><title>Planted · Encircle</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="icon" href="/static/encircle.svg"></head>'
    "<body><main>{}</main></body></html>"
)
FAULTS = {
    "none": "<h1>Nothing is wrong here</h1>",
    "no-label": '<h1>Field</h1><input type="text">',
    "wide": "<h1>Wide</h1><p>" + "w" * 400 + "</p>",
    "links": '<h1>Links</h1><p><a href="/planted/none/">A</a> <a href="/planted/again/">B</a> '
    '<a href="/planted/no-label/">C</a> <a href="/planted/nowhere/">D</a></p>',
    "again": "<h1>Nothing is new here</h1>",
    "two-headings": "<h1>One</h1><h1>Two</h1>",
    "inline-script": "<h1>Script</h1><script>document.title = 'ran'</script>",
    "other-host": '<h1>Picture</h1><img alt="" src="http://picture.example/a.png">',
    "not-there": '<h1>Picture</h1><img alt="" src="/static/no-such-picture.png">',
}


def planted(request: HttpRequest, fault: str) -> HttpResponse:
    if fault == "broken":
        raise ZeroDivisionError("planted")
    if fault == "variable":
        template = engines["django"].from_string("{{ nobody_gave_this }}")
        return HttpResponse(_PAGE.format(template.render({}, request)))
    if fault not in FAULTS:
        raise Http404
    return HttpResponse(_PAGE.format(FAULTS[fault]))


urlpatterns = [path("planted/<slug:fault>/", planted)]
