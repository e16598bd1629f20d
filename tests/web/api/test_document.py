"""A program that knows nothing but the document tries each operation: no fault of ours, each answer as the document says."""

import json
from collections import Counter
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from tests.web.api.conftest import Program

A_FEW, MANY = 100, 5_000
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


def tried(program: Program, number: str, cases: int) -> Counter[int]:
    """Try so many cases on all operations, half of them wrong on purpose; how often each status was answered."""
    document = json.loads(program.client.get("/api/v1/openapi.json").content)
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    operations = [found.ok() for found in schema.get_all_operations()]
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
        if right and here and "number" in (case.path_parameters or {}):
            case.path_parameters["number"] = number
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
def test_many_cases_find_no_fault(carlas: Program, aino: str):
    answered = tried(carlas, aino, MANY)
    print(sorted(answered.items()))
    assert answered.total() >= MANY
    assert max(answered) < 500


def test_each_answer_is_held_to_the_document():
    assert {check.__name__ for check in CHECKS.get_all()} >= set(HELD)
