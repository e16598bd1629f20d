"""Persons: members of staff in a role at an agency. No child, parent or suspect is a person in this table."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from encircle.records.models.agency import Agency
from encircle.records.models.code import Code, MaybeCode, holds_codes


class Person(models.Model):
    """Somebody in one role at one agency: the actor of journal entries."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="persons"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="persons")
    role = Code()
    given_name = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    language = MaybeCode()
    region = MaybeCode()
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")
    """Who took over duties, keys and sealed parts when this person left."""

    class Meta:
        db_table = "person"
        constraints = (
            holds_codes("person", "role", "language", "region"),
            models.UniqueConstraint(
                fields=("account", "agency", "role"), name="person_once_per_agency_and_role"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
