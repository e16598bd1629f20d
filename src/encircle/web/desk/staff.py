"""Staff: who sits in front of the desk. A page for staff is shown to nobody else; a refusal is journalled first."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from encircle.actions.context import Who
from encircle.actions.record import NotSeen, refuse
from encircle.actions.sign_in import who_is
from encircle.web.desk import errors
from encircle.web.gate import purpose_of

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Who, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_staff(view: StaffView[P]) -> View[P]:
    """The view is given who looks; without a sign-in the way leads there and back.

    A record that may not be seen answers like one that is not there, after the refusal was written down.
    """

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        who = _who(request)
        if who is None:
            back = {} if request.path == "/" else {"next": request.get_full_path()}
            return HttpResponseRedirect(f"{reverse('sign_in')}{'?' if back else ''}{urlencode(back)}")
        try:
            return view(request, who, *args, **kwargs)
        except NotSeen as refused:
            refuse(who, refused, purpose=purpose_of(request))
            return errors.not_found(request)

    return shown


def _who(request: HttpRequest) -> Who | None:
    account = getattr(request, "user", None)
    return who_is(account) if isinstance(account, AbstractBaseUser) and account.is_authenticated else None
