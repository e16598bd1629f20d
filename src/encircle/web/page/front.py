"""Front: who sits in front of the page, looked up once for each request and told in the header."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from encircle.actions.post import Post, post_of

_POST = "encircle_post"


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
