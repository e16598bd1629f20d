"""Headers: what every answer forbids the browser. No third party, no script but our own, no cache, no word to others."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from encircle.web.nonce import given_nonce

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Of an answer without scripts: no script runs in it, whatever gets into it."""
POLICY_WITH_SCRIPTS = POLICY.replace("trusted-types 'none'", "trusted-types htmx") + (
    "; script-src 'nonce-{nonce}'; connect-src 'self'"
)
"""Of a page that asked for its nonce: scripts that carry it run, and they may ask this site alone."""
OWN_ICON = "encircle_own_icon"
"""A page that carries its icon in itself, so that a slow telephone asks for one thing less; it may show such pictures."""
MADE_BY_OTHERS = "encircle_made_by_others"
"""An answer that holds what others made: whatever a browser takes it for, it stays alone and without a script."""
PLAYS = "encircle_plays"
"""A page on which the browser's own player plays a sound or a video of this site."""
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
        nonce = given_nonce(request)
        if nonce:
            response.headers["Content-Security-Policy"] = POLICY_WITH_SCRIPTS.format(nonce=nonce)
        if getattr(request, MADE_BY_OTHERS, False):
            response.headers["Content-Security-Policy"] = POLICY + "; sandbox"
        if getattr(request, OWN_ICON, False):
            policy = response.headers["Content-Security-Policy"]
            response.headers["Content-Security-Policy"] = policy.replace(
                "img-src 'self'", "img-src 'self' data:"
            )
        if getattr(request, PLAYS, False):
            response.headers["Content-Security-Policy"] += "; media-src 'self'"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
