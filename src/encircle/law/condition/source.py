"""Python source as it grows: lines, local variables, constants. Knows no conditions."""

from collections.abc import Iterator
from contextlib import contextmanager


class Source:
    """The body of one function, written statement by statement. Variables are v1, v2; constants k3, k4."""

    def __init__(self) -> None:
        self.constants: dict[str, object] = {}
        self._lines: list[str] = []
        self._depth = 1
        self._count = 0

    def text(self, head: str) -> str:
        """The whole function under that head."""
        return "\n".join([head, *self._lines, ""])

    def line(self, text: str) -> None:
        """Add a statement."""
        self._lines.append(" " * self._depth + text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Add a statement that holds those added inside."""
        self.line(head)
        self._depth += 1
        yield
        self._depth -= 1

    def fresh(self) -> str:
        """The name of a new variable."""
        self._count += 1
        return f"v{self._count}"

    def let(self, text: str) -> str:
        """A new variable that holds this."""
        result = self.fresh()
        self.line(f"{result} = {text}")
        return result

    def constant(self, held: object) -> str:
        """The name of a constant that holds this object."""
        self._count += 1
        self.constants[f"k{self._count}"] = held
        return f"k{self._count}"
