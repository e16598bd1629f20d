"""Headers: what every answer forbids the browser. No script, no third party, no cache, no word to others."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
WITH_OUR_SCRIPT = f"{POLICY}; script-src 'self'"
"""For the few pages with a passkey: a file of ours, nothing inline."""
_NEEDS_SCRIPT = "encircle_needs_script"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def safe_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: set them on every answer; pages are never kept by the browser, styles and pictures are."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if getattr(response, _NEEDS_SCRIPT, False):
            response.headers["Content-Security-Policy"] = WITH_OUR_SCRIPT
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def allow_our_script(response: HttpResponseBase) -> None:
    """This page may run a script file of ours: a passkey cannot be asked for without one."""
    setattr(response, _NEEDS_SCRIPT, True)
