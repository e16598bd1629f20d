"""The one family of refusals: every "no" that people can get, with its reason and a way on. Knows no screens."""


class Refused(Exception):
    """Something is not done, for a reason that can be told.

    `code` names the refusal for programs; `reason` says what happened and why; `source` is the law or rule behind it;
    `instead` says what to do now.
    """

    def __init__(
        self, *, code: str, reason: str, source: str | None = None, instead: str | None = None
    ) -> None:
        super().__init__(code, reason, source, instead)
        self.code = code
        self.reason = reason
        self.source = source
        self.instead = instead

    def __str__(self) -> str:
        return self.reason if self.instead is None else f"{self.reason} {self.instead}"


class BadInput(Refused):
    """What was given can't be read or used. `where` is the place: file and line, and the field if there is one."""

    def __init__(
        self,
        *,
        code: str,
        reason: str,
        where: str,
        source: str | None = None,
        instead: str | None = None,
    ) -> None:
        super().__init__(code=code, reason=reason, source=source, instead=instead)
        self.where = where
