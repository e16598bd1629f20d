"""The document: OpenAPI 3.1 of all operations, and the same as a page to read. Made from the code, so it cannot differ."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from encircle.vocabulary.purpose import Purpose
from encircle.web.api.act import MATCH, MATCH_SHAPE
from encircle.web.api.caller import KEY, KEY_SHAPE, PERSON, PERSON_SHAPE, PURPOSE, VISIT, VISITS
from encircle.web.api.operation import API, OPERATIONS, Operation
from encircle.web.api.problems import PROBLEM, PROBLEMS, STATUSES, status_of
from encircle.web.gate import purpose
from encircle.web.page.problem import MEDIA_TYPE

PREFIX = "/api/v1"
_PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field or parameter, as the page tells it."""

    name: str
    kind: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation, as the page tells it."""

    id: str
    method: str
    path: str
    title: str
    meaning: str
    parameters: tuple[Field, ...]
    body: str
    answer: str


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of requests or answers."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


@purpose(Purpose.OPERATE)
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document for programs."""
    return HttpResponse(_text(), content_type="application/json; charset=utf-8")


@purpose(Purpose.OPERATE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The document for people."""
    context = {
        "about": document()["info"]["description"],
        "groups": groups(),
        "parts": parts(),
        "problems": [(code, status_of(code), meaning) for code, meaning in PROBLEMS.items()],
    }
    return render(request, "api/document.html", context)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The document: what the framework says of each operation, and what all have in common."""
    made: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(path_prefix=f"{PREFIX}/")))
    made["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    made["servers"] = [{"url": "/"}]
    made["components"]["schemas"]["Problem"] = PROBLEM
    for route, methods in OPERATIONS.items():
        for method, operation in methods.items():
            _complete(made["paths"][PREFIX + route][method.lower()], operation, route)
    return made


def groups() -> list[tuple[str, list[Entry]]]:
    """All operations under their headings, for the page."""
    found: dict[str, list[Entry]] = {}
    for path, methods in document()["paths"].items():
        for method, said in methods.items():
            found.setdefault(said["tags"][0], []).append(_entry(path, method, said))
    return list(found.items())


def parts() -> list[Part]:
    """All named parts, for the page."""
    return [
        Part(name, said.get("description", ""), tuple(_fields(said)))
        for name, said in sorted(document()["components"]["schemas"].items())
    ]


@lru_cache(maxsize=1)
def _text() -> str:
    return json.dumps(document(), ensure_ascii=False, indent=1)


def _complete(said: dict[str, Any], operation: Operation, route: str) -> None:
    """Add the headers that it asks for, and how it can fail."""
    needed = [_header(PURPOSE, {"const": operation.purpose.value}, "Why this is asked.")]
    if operation.writes:
        meaning = "A new random key with each new request; the same one to repeat it."
        needed.append(_header(KEY, {"type": "string", "pattern": KEY_SHAPE}, meaning))
    if operation.follows:
        meaning = 'What the caller had read: the ETag of the record, or of the meeting; "none", or *.'
        needed.append(_header(MATCH, {"type": "string", "pattern": MATCH_SHAPE}, meaning))
    person = _header(
        PERSON,
        {"type": "string", "pattern": PERSON_SHAPE},
        "A code of yours for the person for whom the program asks. Never a name.",
        required=False,
    )
    visit = _header(
        VISIT,
        {"enum": ["", *VISITS]},
        "To what end a record is opened, where the mandate of the role names several.",
        required=False,
    )
    names = any(one["name"] == "child" for one in said["parameters"])
    said["parameters"] = [*said["parameters"], *needed, visit, person]
    has_body = "requestBody" in said or operation.refuses
    for status in _statuses(operation, has_body=has_body, names_a_record=names or "{" in route):
        said["responses"][str(status)] = {
            "description": STATUSES[status],
            "content": {MEDIA_TYPE: {"schema": _PROBLEM_REF}},
        }


def _statuses(operation: Operation, *, has_body: bool, names_a_record: bool) -> Iterator[int]:
    yield from (400, 401, 403, 422, 429, 503)
    if names_a_record or operation.writes:
        yield 404
    if has_body:
        yield from (413, 415)
    if operation.writes or (has_body and not operation.refuses):
        yield 409
    if operation.follows:
        yield 428


def _header(name: str, schema: dict[str, Any], meaning: str, *, required: bool = True) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": required, "schema": schema, "description": meaning}


def _entry(path: str, method: str, said: Mapping[str, Any]) -> Entry:
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answers = said["responses"].get("200", {}).get("content", {})
    answer: dict[str, Any] = next((one.get("schema", {}) for one in answers.values()), {})
    return Entry(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        title=said["summary"],
        meaning=said.get("description", ""),
        parameters=tuple(
            Field(one["name"], _kind(one["schema"]), one["required"], one.get("description", ""))
            for one in said["parameters"]
        ),
        body=_named(body),
        answer=_named(answer),
    )


def _fields(said: Mapping[str, Any]) -> Iterator[Field]:
    required = said.get("required", [])
    for name, field in said.get("properties", {}).items():
        yield Field(name, _kind(field), name in required, field.get("description", ""))


def _named(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _kind(schema: Mapping[str, Any]) -> str:
    """In a few words what a value is: text, list of FactTold, one of a, b."""
    if "$ref" in schema:
        return _named(schema)
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return f"one of {', '.join(str(one) or '(empty)' for one in schema['enum'])}"
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    kind = str(schema.get("type", "any value"))
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format", "text")) if kind == "string" else kind
