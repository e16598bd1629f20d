"""Tags that every template may use without loading them: `asset`, `icon`, and `refs` to facts. Decides nothing."""

from functools import lru_cache

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from encircle.web.page.asset import address, icon

register = Library()
register.simple_tag(address, name="asset")
register.simple_tag(icon, name="icon")


@register.filter
def refs(numbers: tuple[int, ...]) -> SafeString:
    """Links to the facts of these numbers on the same page. A filter, since a page of a record has hundreds of them."""
    return _refs(tuple(numbers), get_language() or "en")


@lru_cache(maxsize=4096)
def _refs(numbers: tuple[int, ...], _language: str) -> SafeString:
    unseen = format_html('<span class="unseen">{} </span>', gettext("fact"))
    return format_html_join("", '<a class="ref" href="#fact-{}">{}{}</a>', ((n, unseen, n) for n in numbers))
