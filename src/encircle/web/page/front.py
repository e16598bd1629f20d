"""Front: who sits in front of the page, looked up once for each request and told in the header."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from encircle.actions.post import Post, post_of
from encircle.host.clock import now
from encircle.web.page.session import end_if_over

_POST = "encircle_post"


def recognise(request: HttpRequest) -> Post | None:
    """The post of who is signed in, kept with the request; None for everybody else, and once the session is over."""
    account = _account(request)
    if account is not None:
        end_if_over(request, at=now())
        account = _account(request)
    post = None if account is None else post_of(account.pk)
    setattr(request, _POST, post)
    return post


def recognised(request: HttpRequest) -> Post | None:
    """The post that was found for this request; looks nothing up, so that an error page can ask too."""
    post = getattr(request, _POST, None)
    return post if isinstance(post, Post) else None


def _account(request: HttpRequest) -> AbstractBaseUser | None:
    account = getattr(request, "user", None)
    return account if isinstance(account, AbstractBaseUser) and account.is_authenticated else None
