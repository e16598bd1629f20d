"""The checks stay strict: no warning is let pass, no type check switched off, no rule ignored in silence."""

import tomllib

from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TOOLS = PROJECT["tool"]


def test_every_warning_is_an_error():
    assert TOOLS["pytest"]["ini_options"]["filterwarnings"] == ["error"]


def test_markers_and_options_are_declared_and_a_test_expected_to_fail_must_fail():
    pytest = TOOLS["pytest"]["ini_options"]
    assert {"--strict-markers", "--strict-config"} <= set(pytest["addopts"])
    assert pytest["xfail_strict"] is True


def test_a_template_variable_that_does_not_exist_fails_a_test():
    assert TOOLS["pytest"]["ini_options"]["FAIL_INVALID_TEMPLATE_VARS"] is True


def test_types_are_strict_except_in_migrations():
    assert TOOLS["mypy"]["strict"] is True
    off = [override["module"] for override in TOOLS["mypy"]["overrides"] if override.get("ignore_errors")]
    assert off == ["encircle.records.migrations.*"]


def test_each_rule_that_is_left_out_says_why():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    section = text.partition("\nignore = [\n")[2].partition("\n]\n")[0]
    lines = [line.strip() for line in section.splitlines()]
    assert [line for line in lines if "#" not in line and not line.startswith(('"RUF002"', '"RUF003"'))] == []


def test_python_3_11_is_enough():
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert TOOLS["ruff"]["target-version"] == "py311"
    assert TOOLS["mypy"]["python_version"] == "3.11"
