"""Operations: each address and method with the one purpose that it serves, how it is answered, what it asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ninja import NinjaAPI

from encircle.vocabulary.purpose import Purpose
from encircle.web.api.body import StrictParser
from encircle.web.api.caller import AgencyToken

TView = TypeVar("TView", bound=Callable[..., Any])

API = NinjaAPI(
    title="Encircle",
    version="1",
    description=(
        "What programs of agencies see and do: the same acts as on the pages, through the same gate. Each request carries "
        "a token, names its purpose, and is written down in the journal."
    ),
    openapi_url=None,
    docs_url=None,
    auth=AgencyToken(),
    parser=StrictParser(),
    urls_namespace="api",
)


@dataclass(frozen=True, slots=True)
class Operation:
    """What one method of one address does. `writes`: it asks for a key; `follows`: it asks what was read before.

    `refuses`: no program does it; the answer says which page a person does it on.
    """

    purpose: Purpose
    writes: bool = False
    follows: bool = False
    refuses: bool = False


OPERATIONS: dict[str, dict[str, Operation]] = {}
"""By address, then by method."""


def reading(route: str, purpose: Purpose, answers: Any, *, title: str, tag: str) -> Callable[[TView], TView]:
    """A look: GET."""
    return _operation("GET", route, Operation(purpose), {200: answers}, title, tag)


def asking(route: str, purpose: Purpose, answers: Any, *, title: str, tag: str) -> Callable[[TView], TView]:
    """A look whose question may stand in no address: POST, without a key."""
    return _operation("POST", route, Operation(purpose), {200: answers}, title, tag)


def writing(
    route: str,
    purpose: Purpose,
    answers: Any,
    *,
    title: str,
    tag: str,
    follows: bool = False,
) -> Callable[[TView], TView]:
    """A writing: POST with a key; 201 the first time, 200 where the same request was saved before."""
    operation = Operation(purpose, writes=True, follows=follows)
    return _operation("POST", route, operation, {200: answers, 201: answers}, title, tag)


def refusing(route: str, purpose: Purpose, *, title: str, tag: str) -> Callable[[TView], TView]:
    """What no program does: POST, whatever is sent; never done, and the problem tells the page on which a person does it."""
    return _operation("POST", route, Operation(purpose, refuses=True), {403: None}, title, tag)


def _operation(
    method: str, route: str, operation: Operation, answers: Mapping[int, Any], title: str, tag: str
) -> Callable[[TView], TView]:
    def register(view: TView) -> TView:
        OPERATIONS.setdefault(route, {})[method] = operation
        bound: TView = API.api_operation(
            [method],
            route,
            response=dict(answers),
            summary=title,
            tags=[tag],
            operation_id=view.__name__,
        )(view)
        return bound

    return register
