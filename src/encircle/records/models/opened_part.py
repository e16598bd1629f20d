"""Opened parts: what of a record somebody who holds it has opened to an agency, for a time, on which basis and why."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import BASIS, Code, MaybeCode, holds_codes
from encircle.records.models.data_key import DataKey
from encircle.records.models.person import Person
from encircle.records.models.root import Root
from encircle.records.models.sharing_agreement import SharingAgreement


class OpenedPart(models.Model):
    """One decision about one part and one agency. It ends by itself, or earlier; it is never made longer."""

    id = models.UUIDField(primary_key=True)
    root = models.ForeignKey(Root, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    """To whom it is open, while it takes part."""
    field_group = Code()
    """The letter of the part, in small: m, f, l, h ..."""
    words = models.BooleanField()
    """Whether the free text of the part is open too: it was to who decided."""
    basis = Code()
    agreement = models.ForeignKey(
        SharingAgreement, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    """On which agreement it rests, where on one."""
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_by = MaybeCode()
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.BinaryField()
    """In the words of who decided. Sealed."""

    class Meta:
        db_table = "opened_part"
        constraints = (
            holds_codes("opened_part", "field_group", "ended_by"),
            holds_codes("opened_part", "basis", pattern=BASIS, rule="a_basis"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="opened_part_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=("root", "agency", "until"), name="opened_part_of_root"),)

    def __str__(self) -> str:
        return str(self.id)
