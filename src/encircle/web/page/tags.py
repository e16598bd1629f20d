"""Tags for every template, without loading them: `asset`, `icon`, `words_of_rule`, `emergency`, `refs`. Decides nothing."""

from functools import lru_cache

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from encircle.actions.help import help_here
from encircle.law.help import Emergency
from encircle.web.page.asset import address, icon
from encircle.web.page.terms import words_of_rule

register = Library()
register.simple_tag(address, name="asset")
register.simple_tag(icon, name="icon")
register.simple_tag(words_of_rule)


@register.simple_tag
def emergency() -> Emergency:
    """The number that is called first in this country, from its pack."""
    return help_here().emergency


@register.filter
def refs(numbers: tuple[int, ...], page: str = "") -> SafeString:
    """Links to the facts of these numbers, on that page or on this one. A filter, since there are hundreds of them."""
    return format_html_join("", "{}", ((_ref(n, page, get_language() or "en"),) for n in numbers))


@lru_cache(maxsize=4096)
def _ref(number: int, page: str, _language: str) -> SafeString:
    unseen = format_html('<span class="unseen">{} </span>', gettext("fact"))
    return format_html('<a class="ref" href="{}#fact-{}">{}{}</a>', page, number, unseen, number)
