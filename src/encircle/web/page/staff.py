"""Staff: who sits in front of the desk. A page for staff is shown to nobody else; a refusal is journalled first.

Outside a demonstration nobody works without a second factor: until there is one, the way leads to its set-up.
What was typed into a form whose sign-in has ended is not lost: see `page/kept.py`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed, NotSeen, VisitNotChosen
from encircle.actions.post import Post
from encircle.actions.record import refuse
from encircle.actions.told_of_sign_in import has_first_password
from encircle.host.clock import now
from encircle.web.gate import purpose_of
from encircle.web.page import again, errors, held_key, kept, second_factor, visit
from encircle.web.page.front import recognise, recognised

__all__ = ["for_staff", "opens_without_passkey", "recognise", "recognised"]

WITHOUT_PASSKEY = "encircle_without_passkey"
P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Who, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def opens_without_passkey(view: StaffView[P]) -> StaffView[P]:
    """This page opens where an agency asks for a passkey and none was used: it leads to one. Stands under `for_staff`."""
    setattr(view, WITHOUT_PASSKEY, True)
    return view


def for_staff(view: StaffView[P]) -> View[P]:
    """The view is given who looks; without a sign-in the way leads there and back, with what was typed.

    A record that may not be seen answers like one that is not there; what one's role may not do with a record that one may
    know of is told with reason, source and what to do instead. Both after the refusal was written down. Who may open the
    record to several ends is asked first to which one.
    """

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        post = recognise(request)
        if post is None:
            return kept.ask_to_sign_in(request)
        first = _asked_first(request, view, post)
        if first is not None:
            return first
        who = again.with_sealed_parts(request, post.who)
        number = kwargs.get("number")
        who = visit.of_request(request, who, number) if isinstance(number, str) else who
        try:
            with held_key.open_for(request, person=post.who.person):
                return view(request, who, *args, **kwargs)
        except VisitNotChosen as open_question:
            return visit.ask(request, post.who, open_question)
        except NotSeen as refused:
            refuse(post.who, refused, purpose=purpose_of(request))
            return errors.not_found(request)
        except NotAllowed as refused:
            if again.could_open(who, refused):
                return again.ask(request)
            refuse(post.who, refused, purpose=purpose_of(request))
            return errors.not_allowed(request, refused)

    setattr(shown, kept.KEEPS_FORMS, True)
    return shown


def _asked_first(request: HttpRequest, view: Callable[..., HttpResponse], post: Post) -> HttpResponse | None:
    """What this person has to do before the page answers; None, where nothing stands in the way."""
    if kept.is_of_somebody_else(request, post):
        return kept.discarded(request)
    if second_factor.is_missing(request):
        return HttpResponseRedirect(reverse("mfa_index"))
    if has_first_password(getattr(request, "user", None)):
        return HttpResponseRedirect(reverse("account_change_password"))
    if not getattr(view, WITHOUT_PASSKEY, False) and second_factor.lacks_passkey(request, post, at=now()):
        return HttpResponseRedirect(reverse("passkey_needed"))
    return again.ask(request) if again.has_to_ask(request, view) else None
