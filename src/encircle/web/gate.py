"""The gate: no page without a declared purpose. A view that lacks one stops the start."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, resolve

from encircle.vocabulary.purpose import Purpose

View = Callable[..., HttpResponse]
_DECLARED = "encircle_purpose"


def purpose(declared: Purpose) -> Callable[[View], View]:
    """Declare why this view looks: `@purpose(Purpose.PROTECT)`."""

    def mark(view: View) -> View:
        setattr(view, _DECLARED, declared)
        return view

    return mark


def purposes(declared: Mapping[str, Purpose]) -> Callable[[View], View]:
    """Declare it for each method of an address that serves several."""

    def mark(view: View) -> View:
        setattr(view, _DECLARED, declared)
        return view

    return mark


def purpose_of(request: HttpRequest) -> Purpose:
    """The purpose that the view behind this request declared."""
    match = request.resolver_match
    return _purpose(None if match is None else match.func, request.method)


def may_be_for(request: HttpRequest, some: Collection[Purpose]) -> bool:
    """Whether the view behind this request declared one of these. Of a method that it does not know it declared none."""
    match = request.resolver_match
    declared = None if match is None else getattr(match.func, _DECLARED, None)
    return (declared.get(request.method) if isinstance(declared, Mapping) else declared) in some


def purpose_at(address: str) -> Purpose:
    """The purpose for which the page at that address of ours is looked at."""
    return _purpose(resolve(address).func, "GET")


def _purpose(view: object, method: str | None) -> Purpose:
    declared = getattr(view, _DECLARED, None)
    if isinstance(declared, Mapping):
        declared = declared.get(method)
    if not isinstance(declared, Purpose):
        raise ImproperlyConfigured("This page has no declared purpose.")
    return declared


def check(patterns: Sequence[URLPattern | URLResolver]) -> None:
    """Refuses to start (ImproperlyConfigured) where a route leads to a view without a purpose."""
    bare = [route for route, view in _views(patterns, "") if not _is_declared(getattr(view, _DECLARED, None))]
    if bare:
        raise ImproperlyConfigured(f"No purpose is declared for: {', '.join(bare)}")


def _is_declared(declared: object) -> bool:
    each = tuple(declared.values()) if isinstance(declared, Mapping) else (declared,)
    return bool(each) and all(isinstance(one, Purpose) for one in each)


def _views(patterns: Sequence[URLPattern | URLResolver], above: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = f"{above}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback
