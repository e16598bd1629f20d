"""The route of a profession: what to look out for, what to do, to say and not to say. Open to everybody, to be printed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from encircle.actions.indicators import forms
from encircle.actions.reports import professional
from encircle.law.indicator import Setting
from encircle.vocabulary.purpose import Purpose
from encircle.web.door.frame import shown
from encircle.web.door.professional import language_of
from encircle.web.door.told_to_adults import told_to_adults
from encircle.web.gate import purpose
from encircle.web.page.wording import marked


@purpose(Purpose.DOOR)
@require_safe
def guide(request: HttpRequest, setting: str) -> HttpResponse:
    """How one acts in that setting."""
    language = language_of(request.GET)
    names = {one.id: one.text for one in professional.settings_of().answers}
    if setting not in names:
        raise Http404(setting)
    told = forms()
    where = Setting(setting)
    routes = told.routes_at(where)
    parts = {
        name: [marked(one.text, language) for route in routes for one in getattr(route, name)]
        for name in ("first", "say", "never")
    }
    indicators = told.indicators_at(where)
    shows = {
        **parts,
        "setting": setting,
        "title": names[setting].in_(language),
        "name": marked(names[setting], language),
        "indicators": [(marked(one.title, language), bool(one.seen)) for one in indicators],
        "sources": list(dict.fromkeys(read for route in routes for read in route.seen)),
        "listed": list(dict.fromkeys(read for one in indicators for read in one.seen)),
        "unread": not all(route.seen for route in routes),
        **told_to_adults(language),
    }
    return shown(request, "professional/guide.html", shows, language=language)
