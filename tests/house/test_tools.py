"""What stands behind make: the environment refuses in one line, help names targets, the report counts."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tools import figures
from tools.full_report import Case, page, read_results
from tools.look_up_pages import make_targets

JUNIT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest" timestamp="2026-11-23T20:15:00.000001+00:00">
  <testcase classname="tests.law.test_duty" name="test_a" time="1.5" />
  <testcase classname="tests.law.test_duty" name="test_b" time="0.5"><failure>no</failure></testcase>
  <testcase classname="tests.core.test_duty" name="test_c" time="0.25"><skipped>why</skipped></testcase>
</testsuite></testsuites>
"""
CASES = [
    Case("tests.law", "test_a", 1.5, "passed"),
    Case("tests.law", "test_b", 0.5, "failed"),
    Case("tests.core", "test_c", 0.25, "skipped"),
]


def environment(folder: Path, level: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the script in a folder of its own, without uv on the path."""
    (folder / "tools").mkdir()
    script = shutil.copy(ROOT / "tools" / "environment.sh", folder / "tools")
    return subprocess.run(
        ["sh", script, level],
        env={"PATH": os.pathsep.join(["/usr/bin", "/bin"]), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_python_the_environment_says_so_in_one_line(tmp_path: Path):
    done = environment(tmp_path, "run", PYTHON="/bin/false")
    said = "Python 3.11 or later is needed, and /bin/false is not. Install it, or say where it is: PYTHON=..."
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"encircle: {said}")
    assert not (tmp_path / ".venv").exists()


def test_an_unknown_level_is_refused(tmp_path: Path):
    done = environment(tmp_path, "everything")
    assert (done.returncode, done.stderr) == (1, "encircle: unknown level: everything (run or dev)\n")


def see_to_a_browser(**settings: str) -> subprocess.CompletedProcess[str]:
    """Run the script for a browser that is not there."""
    return subprocess.run(
        ["sh", ROOT / "tools" / "browser.sh"],
        env={"PATH": os.defpath, "CHROMIUM": "/nonexistent/browser", **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_browser_make_test_says_so_in_one_line():
    done = see_to_a_browser()
    said = (
        "the page tests need /nonexistent/browser (Debian: apt-get install chromium fonts-noto-core), "
        "or ALLOW_NO_BROWSER=1 to go on without them."
    )
    assert (done.returncode, done.stderr) == (1, f"encircle: {said}\n")


def test_without_a_browser_make_test_goes_on_where_that_is_allowed():
    done = see_to_a_browser(ALLOW_NO_BROWSER="1")
    assert (done.returncode, done.stderr) == (0, "")


def test_help_names_every_target():
    done = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [line.split()[1] for line in done.stdout.splitlines()] == [name for name, _ in make_targets()]


def test_the_report_reads_what_pytest_wrote(tmp_path: Path):
    (tmp_path / "results.xml").write_text(JUNIT, "utf-8")
    assert read_results(tmp_path / "results.xml") == ("2026-11-23T20:15:00.000001+00:00", CASES)


def test_the_report_counts_by_room_and_shows_figures():
    text = page("2026-11-23T20:15:00", CASES, {"duties": {"one_child_ms": 0.4}})
    assert "| tests.core | 0 | 0 | 1 | 0.2 |" in text
    assert "| tests.law | 1 | 1 | 0 | 2.0 |" in text
    assert "| all | 1 | 1 | 1 | 2.2 |" in text
    assert '### duties\n\n```json\n{\n  "one_child_ms": 0.4\n}\n```\n' in text


def test_an_unknown_figure_is_refused_and_the_known_ones_are_named(capsys: pytest.CaptureFixture[str]):
    assert figures.main(["no-such-figure"]) == 2
    said = capsys.readouterr().err
    assert said == f"no such measurement: no-such-figure. There are: {', '.join(figures.names())}.\n"
