"""Staff: who sits in front of the desk. A page for staff is shown to nobody else; a refusal is journalled first.

Who it is, is looked up once for each request and told in the header.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from encircle.actions.context import Who
from encircle.actions.permit import NotSeen
from encircle.actions.post import Post, post_of
from encircle.actions.record import refuse
from encircle.web.gate import purpose_of
from encircle.web.page import errors

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Who, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_POST = "encircle_post"


def for_staff(view: StaffView[P]) -> View[P]:
    """The view is given who looks; without a sign-in the way leads there and back.

    A record that may not be seen answers like one that is not there, after the refusal was written down.
    """

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        post = recognise(request)
        if post is None:
            back = {} if request.path == "/" else {"next": request.get_full_path()}
            return HttpResponseRedirect(f"{reverse('sign_in')}{'?' if back else ''}{urlencode(back)}")
        try:
            return view(request, post.who, *args, **kwargs)
        except NotSeen as refused:
            refuse(post.who, refused, purpose=purpose_of(request))
            return errors.not_found(request)

    return shown


def recognise(request: HttpRequest) -> Post | None:
    """The post of who is signed in, kept with the request; None for everybody else."""
    account = getattr(request, "user", None)
    signed_in = isinstance(account, AbstractBaseUser) and account.is_authenticated
    post = post_of(account.pk) if signed_in and account is not None else None
    setattr(request, _POST, post)
    return post


def recognised(request: HttpRequest) -> Post | None:
    """The post that was found for this request; looks nothing up, so that an error page can ask too."""
    post = getattr(request, _POST, None)
    return post if isinstance(post, Post) else None
