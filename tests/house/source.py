"""The project's own files, read for the checks of the house. Knows no rule."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON_FOLDERS = ("src", "tests", "tools", "bench")
_MADE_BY_TOOLS = {".venv", ".git", "__pycache__", "var", "dist", "build", "node_modules"}


@dataclass(frozen=True, slots=True)
class Python:
    """One Python file: its place under the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def python_files(*folders: str, root: Path = ROOT) -> Iterator[Python]:
    """Python files under these folders of the root (default: all that are ours), sorted by name."""
    for folder in folders or PYTHON_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if not _MADE_BY_TOOLS & set(path.relative_to(root).parts):
                yield read_python(path.relative_to(root).as_posix(), path.read_text("utf-8"))


def read_python(path: str, text: str) -> Python:
    """A Python file from its text, so that a test can plant one."""
    return Python(path, text, ast.parse(text, path))


def text_files(*patterns: str, root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Place and text of each file that matches, such as `docs/**/*.md`."""
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            relative = path.relative_to(root)
            if path.is_file() and not _MADE_BY_TOOLS & set(relative.parts):
                yield relative.as_posix(), path.read_text("utf-8")


def named_tests() -> set[str]:
    """Every test, as pytest names it, without running any."""
    return {
        f"{file.path}::{node.name}"
        for file in python_files("tests")
        for node in file.tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
