"""Assets: styles, icons and scripts of our own, at addresses that change with what they hold. Knows no page."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = "icons.svg"


@lru_cache(maxsize=64)
def address(name: str) -> str:
    """The address of a file with its digest, so that a browser may keep it for a year and still has the newest."""
    held = Path(f"{settings.STATIC_ROOT}/{name}").read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(held).hexdigest()[:12]}"


@lru_cache(maxsize=64)
def icon(name: str) -> SafeString:
    """An icon of the sprite, as decoration beside words: what it shows is never told by it alone.

    Refuses: KeyError, if the sprite has no icon of that name.
    """
    if name not in icon_names():
        raise KeyError(f"icons.svg has no icon {name!r}.")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        address(ICONS),
        name,
    )


@lru_cache(maxsize=1)
def icon_names() -> frozenset[str]:
    """The icons of the sprite."""
    sprite = (Path(settings.STATIC_ROOT) / ICONS).read_text("utf-8")
    return frozenset(part.partition('"')[0] for part in sprite.split('<symbol id="')[1:])
