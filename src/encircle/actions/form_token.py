"""The token of a form: the same form sent again makes the same id, so that nothing is done twice."""

from uuid import UUID, uuid5

from encircle.vocabulary.refusal import Refused


class TokenUnknown(Refused):
    """A form that was not made here."""

    def __init__(self) -> None:
        super().__init__(
            code="token_unknown",
            reason="This form was not made here. Nothing was saved.",
            instead="Open the page again and repeat what you did.",
        )


def space_of_form(token: str) -> UUID:
    """The space of names in which that form makes ids. Refuses: TokenUnknown."""
    try:
        return UUID(token)
    except ValueError as wrong:
        raise TokenUnknown from wrong


def id_of_form(token: str, what: str) -> str:
    """The id of what that form makes; `what`: of whom or of which record, and which kind. Refuses: TokenUnknown."""
    return str(uuid5(space_of_form(token), what))
