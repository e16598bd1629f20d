"""A source as a link: the provision as people cite it, leading to its instrument in the law browser. Decides nothing."""

from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString

from encircle.law.law import Law
from encircle.law.source import Source
from encircle.web.page.html import filled


def cited(source: Source, law: Law, language: str) -> SafeString:
    """That source, by the law that it was read in."""
    return _cited(source.cite(language), source.act.code, law.pack)


@lru_cache(maxsize=4096)
def _cited(cite: str, act: str, pack: str) -> SafeString:
    return filled('<a href="{}?law={}">{}</a>', reverse("law_instrument", args=(act,)), pack, cite)
