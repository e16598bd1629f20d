"""Origins: the file and line at which something of the law is written. Knows no content."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A line of a pack file, written as people look it up: packs/ee/duties/guardian.yaml:14."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"
