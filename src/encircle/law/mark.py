"""Marks: the statements of a situation whose time starts a clock or dates a proof. Knows no situation."""

from typing import NamedTuple, Self


class Mark(NamedTuple):
    """A path of two words: `child.placed`, `interview.held` (the item of for_each), or `guardians.appointed`
    (a collection: the first item that has it).
    """

    of: str
    name: str

    @classmethod
    def read(cls, path: str) -> Self:
        """The mark that the path names. Refuses a path that is not two words with a dot (ValueError)."""
        of, dot, name = path.partition(".")
        if not (of and dot and name) or "." in name:
            raise ValueError(f"Got {path!r}. Expected two words with a dot, such as child.placed.")
        return cls(of, name)

    def __str__(self) -> str:
        return f"{self.of}.{self.name}"
