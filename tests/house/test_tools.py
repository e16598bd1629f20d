"""What stands behind make: the environment refuses in one line, help names targets, the report counts."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tools import figures, full_report
from tools.full_parts import Case, Part, keep, kept, part_names, read_results
from tools.full_report import page
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
        ["/bin/sh", ROOT / "tools" / "browser.sh"],
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


def test_without_a_firefox_make_test_goes_on_and_says_so_in_one_line():
    done = see_to_a_browser(CHROMIUM="sh", FIREFOX="/nonexistent/firefox")
    said = "there is no /nonexistent/firefox (Debian: apt-get install firefox-esr): the tests in it are left out."
    lines = [line for line in done.stderr.splitlines() if "WebKit" not in line]
    assert (done.returncode, lines) == (0, [f"encircle: {said}"])


def test_without_a_webkit_make_test_goes_on_and_says_so_in_one_line(tmp_path: Path):
    for name in ("sh", "id"):
        found = shutil.which(name)
        assert found is not None
        (tmp_path / name).symlink_to(found)
    done = see_to_a_browser(CHROMIUM="sh", FIREFOX="sh", PATH=str(tmp_path))
    said = (
        "there is no WebKit (Debian: apt-get install webkit2gtk-driver xvfb): the tests in it are left out."
    )
    assert (done.returncode, done.stderr) == (0, f"encircle: {said}\n")


def test_without_a_browser_make_test_goes_on_where_that_is_allowed():
    done = see_to_a_browser(ALLOW_NO_BROWSER="1")
    assert (done.returncode, done.stderr) == (0, "")


def test_help_names_every_target():
    done = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [line.split()[1] for line in done.stdout.splitlines()] == [name for name, _ in make_targets()]


WELL = Part("tests", "abc1234", "2026-11-23T20:15:00+00:00", 90, 0.5, passed=False, cases=tuple(CASES))
MEASURED = Part(
    "figure: duties",
    "def5678+",
    "2026-11-24T20:15:00+00:00",
    6,
    2,
    passed=True,
    figures={"duties": {"ms": 0.4}},
)


def test_the_report_reads_what_pytest_wrote(tmp_path: Path):
    (tmp_path / "results.xml").write_text(JUNIT, "utf-8")
    assert read_results(tmp_path / "results.xml") == CASES


def test_the_report_says_of_each_part_on_which_commit_it_was_run():
    text = page([WELL, MEASURED], now="def5678")
    assert "| tests | abc1234 | 2026-11-23T20:15 | 1.5 | 0.5 | 1 | 1 | 1 | **no** |" in text
    assert "| figure: duties | def5678+ | 2026-11-24T20:15 | 0.1 | 2 | - | - | - | yes |" in text


def test_the_report_counts_by_room_and_shows_failures_and_figures():
    text = page([WELL, MEASURED], now="def5678")
    assert "| tests.core | 0 | 0 | 1 | 0.2 |" in text
    assert "| tests.law | 1 | 1 | 0 | 2.0 |" in text
    assert "| all | 1 | 1 | 1 | 2.2 |" in text
    assert "Failed:\n\n- tests.law: `test_b`\n" in text
    assert '### duties\n\nAt def5678+.\n\n```json\n{\n  "ms": 0.4\n}\n```\n' in text


def test_what_became_of_a_part_is_kept_and_what_is_newer_takes_its_place(tmp_path: Path):
    keep(WELL, tmp_path)
    keep(MEASURED, tmp_path)
    newer = replace(WELL, commit="def5678")
    keep(newer, tmp_path)
    assert sorted(kept(tmp_path), key=lambda part: part.name) == [MEASURED, newer]


def test_the_parts_are_all_tests_and_all_figures(capsys: pytest.CaptureFixture[str]):
    assert full_report.main(["--list"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == part_names()
    assert {"tests", "long tests: tests/web/access/test_matrix.py", "tests of tests: law", "figure: look"} < {
        *said
    }


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]):
    assert full_report.main(["figure: nothing"]) == 2
    assert capsys.readouterr().err.startswith("no such part: figure: nothing.")


def test_an_unknown_figure_is_refused_and_the_known_ones_are_named(capsys: pytest.CaptureFixture[str]):
    assert figures.main(["no-such-figure"]) == 2
    said = capsys.readouterr().err
    assert said == f"no such measurement: no-such-figure. There are: {', '.join(figures.names())}.\n"
