"""The docs hold together: links lead somewhere, records have their parts, look-up pages are not stale."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, text_files
from tools.look_up_pages import PAGES

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+?)\s*$", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
# Where someone happened to work has no place in what others read.
_MACHINE = re.compile(
    "|".join(rf"(?<![\w.])/{name}/" for name in ("work", "tmp", "root", "home")) + r"|\.py" + "env"
)
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PARTS = ("Context", "Decision", "Refused", "Price", "How we would leave it")


def anchors(text: str) -> set[str]:
    """The anchors that a reader's software makes of the headings."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(_FENCED.sub("", text)))
    return {heading.replace(" ", "-") for heading in plain}


def broken_links(path: str, text: str, root: Path = ROOT) -> Iterator[str]:
    """Links to files of ours, or to headings in them, that lead nowhere."""
    for link in _LINK.findall(_FENCED.sub("", text)):
        place, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (root / path).parent / place if place else root / path
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            yield f"{path}: {link}"


def test_every_link_leads_somewhere():
    files = text_files("*.md", "docs/**/*.md", "packs/**/*.md")
    assert [link for path, text in files for link in broken_links(path, text)] == []


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("[a](docs/README.md)", []),
        ("[a](nowhere.md)", ["README.md: nowhere.md"]),
        ("[a](README.md#no-such-heading)", ["README.md: README.md#no-such-heading"]),
        ("[a](https://eur-lex.europa.eu)", []),
        ("```\n[a](nowhere.md)\n```", []),
    ],
)
def test_a_planted_broken_link_is_caught(link: str, found: list[str]):
    assert list(broken_links("README.md", link)) == found


def test_every_page_can_be_reached_from_the_readme():
    reached: set[str] = set()
    waiting = ["README.md"]
    while waiting:
        path = waiting.pop()
        reached.add(path)
        for link in _LINK.findall(_FENCED.sub("", (ROOT / path).read_text("utf-8"))):
            place = link.partition("#")[0]
            target = ((ROOT / path).parent / place).resolve()
            if place.endswith(".md") and target.is_relative_to(ROOT):
                name = target.relative_to(ROOT).as_posix()
                waiting += [name] if name not in reached and target.exists() else []
    made = {"docs/developer/test-report.md"}  # by `make test-full`, where it was run
    assert [path for path, _ in text_files("docs/**/*.md") if path not in reached | made] == []


def test_no_file_names_a_place_on_someones_machine():
    patterns = (
        "*.md",
        "*.yml",
        "*.toml",
        "Makefile",
        ".ci/run",
        "tools/*",
        "docs/**/*.md",
        "packs/**/*.yaml",
    )
    files = text_files(*patterns, "src/**/*.py", "src/**/*.html", "tests/**/*.py", "bench/**/*.py")
    lines = ((path, n, line) for path, text in files for n, line in enumerate(text.splitlines(), 1))
    assert [f"{path}:{number}" for path, number, line in lines if _MACHINE.search(line)] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_record_has_its_parts(record: Path):
    headings = _HEADING.findall(record.read_text("utf-8"))
    assert [part for part in PARTS if part not in headings] == []


def test_the_index_of_decisions_names_each_record_once_and_in_order():
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert re.findall(r"\(([0-9][^)]+\.md)\)", index) == [path.name for path in RECORDS]


def test_decision_numbers_are_used_once():
    numbers = [path.name[:4] for path in RECORDS]
    assert numbers == sorted(set(numbers))


def test_every_dependency_has_its_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"].values()
    wanted = [
        *project["project"]["dependencies"],
        *(d for group in groups for d in group if isinstance(d, str)),
    ]
    peers = (ROOT / "bench" / "peers.in").read_text("utf-8").splitlines()
    wanted += [line for line in peers if not line.startswith("#")]
    names = sorted({re.split(r"[\[<>=~! ]", requirement)[0] for requirement in wanted})
    record = (ROOT / "docs" / "decisions" / "0001-stack.md").read_text("utf-8")
    assert [name for name in names if f"| `{name}` |" not in record] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_look_up_page_is_not_stale(page: str):
    assert (ROOT / page).read_text("utf-8") == PAGES[page](), "run `make docs`"


def test_times_for_corrections_stand_there_for_each_danger():
    rows = re.findall(
        r"^\| (critical|high|medium|low) \| .+ \| (\d+) days \|$", (ROOT / "SECURITY.md").read_text(), re.M
    )
    assert [danger for danger, _days in rows] == ["critical", "high", "medium", "low"]
    days = [int(count) for _danger, count in rows]
    assert days == sorted(set(days))
