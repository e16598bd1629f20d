"""Device: on what kind of device somebody signed in, from a short list. No address and no version is kept."""

import re

from django.http import HttpRequest
from django.utils.translation import gettext as _

_BROWSERS = (
    ("edge", re.compile(r"Edg[A-Za-z]*/"), "Edge"),
    ("firefox", re.compile(r"Firefox/|FxiOS/"), "Firefox"),
    ("chrome", re.compile(r"Chrome/|Chromium/|CriOS/"), "Chrome"),
    ("safari", re.compile(r"Safari/"), "Safari"),
)
_SYSTEMS = (
    ("android", re.compile(r"Android"), "Android"),
    ("ios", re.compile(r"iPhone|iPad|iPod"), "iOS"),
    ("windows", re.compile(r"Windows"), "Windows"),
    ("mac", re.compile(r"Macintosh|Mac OS"), "macOS"),
    ("linux", re.compile(r"Linux|X11"), "Linux"),
)
_OTHER = "other"


def device_of(request: HttpRequest) -> str:
    """A code such as firefox_linux; `other` stands for what the list does not know."""
    said = request.headers.get("User-Agent", "")
    return "_".join(
        next((code for code, sign, _name in known if sign.search(said)), _OTHER)
        for known in (_BROWSERS, _SYSTEMS)
    )


def device_named(code: str) -> str:
    """Firefox on Linux."""
    browser, _sep, system = code.partition("_")
    names = {code: name for code, _sign, name in (*_BROWSERS, *_SYSTEMS)}
    return _("{browser} on {system}").format(
        browser=names.get(browser) or _("Another browser"), system=names.get(system) or _("another system")
    )
