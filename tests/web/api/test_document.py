"""A program that knows nothing but the document tries each operation: no fault of ours, each answer as the document says."""

import json
from collections import Counter
from collections.abc import Collection
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from encircle.vocabulary.purpose import Purpose
from tests.web.api.conftest import Program, told

A_FEW, SOME, MANY = 100, 600, 5_000
SEED = 20261128
load_all_checks()
HELD = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)
"""By these each answer is held to the document, and what the document forbids has to be refused."""


def things(program: Program, number: str) -> dict[str, str]:
    """What stands on the record for the names in the addresses: a meeting, what was taken on, a flag, a part."""
    here = f"/records/{number}"
    call = {"purpose": "strategy", "at": "2099-03-01T10:00"}
    flag = {"scope": ["family"], "because": "asylum"}
    meeting = made(program.post(f"{here}/meetings", Purpose.RECORD, call))
    task = {"task": "Call the school", "agency": program.staff.agency, "due": "2099-03-09"}
    return {
        "number": number,
        "meeting": meeting,
        "action": made(program.post(f"{here}/meetings/{meeting}/actions", Purpose.RECORD, task)),
        "flag": made(program.post(f"{here}/flags", Purpose.CROSS_BORDER, flag)),
        "part": told(program.get(f"{here}/people", Purpose.PROTECT))["parts"][0]["id"],
    }


def made(answer: HttpResponse) -> str:
    return str(told(answer, 201)["facts"][0]["subject"])


def tried(program: Program, number: str, cases: int, *, tags: Collection[str] = ()) -> Counter[int]:
    """Try so many cases, half of them wrong on purpose, on all operations or those of some headings.

    How often each status was answered.
    """
    document = json.loads(program.client.get("/api/v1/openapi.json").content)
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    found = [one.ok() for one in schema.get_all_operations()]
    operations = [one for one in found if not tags or set(one.tags or ()) & set(tags)]
    there = things(program, number)
    checks = [check for check in CHECKS.get_all() if check.__name__ in HELD]
    given = {"Authorization": f"Bearer {program.secret}", "Accept-Encoding": "identity"}
    answered: Counter[int] = Counter()
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    strategies = [one.as_strategy(generation_mode=mode) for one in operations for mode in modes]

    @seed(SEED)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=st.one_of(strategies), here=st.integers(0, 3))
    def each(case: Any, here: int) -> None:
        right = case.meta.generation.mode is GenerationMode.POSITIVE
        if right and here:
            case.path_parameters.update({name: there[name] for name in case.path_parameters if name in there})
        response = case.call(headers=given)
        answered[response.status_code] += 1
        case.validate_response(response, checks=checks)

    each()
    return answered


def test_a_few_cases_find_no_fault(carlas: Program, aino: str):
    answered = tried(carlas, aino, A_FEW)
    assert answered[200] > 0
    assert max(answered) < 500


@pytest.mark.full
@pytest.mark.parametrize("tag", ["meetings", "people", "across borders"])
def test_many_cases_of_one_heading_find_no_fault(carlas: Program, aino: str, tag: str):
    answered = tried(carlas, aino, SOME, tags=[tag])
    print(tag, sorted(answered.items()))
    assert answered[201] > 0
    assert max(answered) < 500


@pytest.mark.full
def test_many_cases_find_no_fault(carlas: Program, aino: str):
    answered = tried(carlas, aino, MANY)
    print(sorted(answered.items()))
    assert answered.total() >= MANY
    assert max(answered) < 500


def test_each_answer_is_held_to_the_document():
    assert {check.__name__ for check in CHECKS.get_all()} >= set(HELD)
