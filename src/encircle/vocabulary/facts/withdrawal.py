"""Withdrawal: a source takes a statement back. The statement stays on the record."""

from typing import Annotated

from encircle.vocabulary.facts.fact_type import Payload, Text, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type("withdrawal", about=Kind.WITHDRAWAL, mark="withdrawn", group=FieldGroup.MINIMUM, rows="A0")
class Withdrawal(Payload, frozen=True):
    """The source takes back a fact. It no longer counts, and stays on the record."""

    withdrawal_reasons: Annotated[Text, says("Why it is taken back.")]
