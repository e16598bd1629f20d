"""Whether this installation can serve: the database answers, and the law of the country can be read."""

from encircle.actions.whose_law import law_for
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose


def make_sure_of_readiness() -> None:
    """Nothing, where all is well. Refuses: Unavailable, if the database does not answer; BadInput, if a pack is broken."""
    law_for("")
    with with_context(agency=None, actor="readiness", purpose=Purpose.OPERATE.value):
        return
