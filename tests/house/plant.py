"""Planted violations: put into a copy of the package, and taken out again."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def planted(tree: Path, *plants: tuple[str, str]) -> Iterator[None]:
    """Append each line to its file under `tree/src/encircle` (made if not there); restore all at the end."""
    package = tree / "src" / "encircle"
    saved = {}
    made = []
    for where, line in plants:
        file = package / where
        saved.setdefault(file, file.read_text("utf-8") if file.exists() else None)
        for parent in reversed([p for p in file.parents if package in p.parents and not p.exists()]):
            parent.mkdir()
            (parent / "__init__.py").touch()
            made.append(parent)
        file.write_text((saved[file] or "") + f"\n{line}\n", "utf-8")
    try:
        yield
    finally:
        for file, text in saved.items():
            if text is None:
                file.unlink()
            else:
                file.write_text(text, "utf-8")
        for parent in made:
            shutil.rmtree(parent, ignore_errors=True)
