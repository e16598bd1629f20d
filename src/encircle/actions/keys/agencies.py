"""How agencies stand with keys to sealed parts, for whoever runs the installation: names of agencies, none of persons."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.account import OPERATOR
from encircle.actions.people_keys import ENOUGH, roles_that_open
from encircle.records.context import with_context
from encircle.records.models import Agency, AgencyKey, AgencyKeyShare, Person
from encircle.vocabulary.purpose import Purpose


@dataclass(frozen=True, slots=True)
class KeysOfAgency:
    """An agency whose people may read what is sealed to people. `holders`: how many who work there have its key.

    `is_moving`: parts are still sealed to an older key.
    """

    code: str
    name: str
    holders: int
    in_use: bool
    is_moving: bool

    @property
    def is_ready(self) -> bool:
        """Whether facts are sealed to it, and two people open them."""
        return self.in_use and self.holders >= ENOUGH


def keys_of_agencies() -> tuple[KeysOfAgency, ...]:
    """All agencies that may read places or confidential talks, by code: somebody works there in such a role."""
    in_office = Q(until=None) | Q(until__gt=Now())
    holds = Q(member_key__person__until=None) | Q(member_key__person__until__gt=Now())
    with with_context(agency=None, actor=OPERATOR, purpose=Purpose.OPERATE.value):
        reading = Person.objects.filter(
            in_office, role__in=[role.value for role in roles_that_open()], account__is_active=True
        )
        today = {str(key.agency_id): key for key in AgencyKey.objects.filter(Q(retired_at=None))}
        older = AgencyKey.objects.filter(Q(retired_at__isnull=False, ended_at=None))
        moving = {str(key.agency_id) for key in older}
        shares = AgencyKeyShare.objects.filter(
            holds, Q(agency_key__retired_at=None, member_key__person__account__is_active=True)
        )
        holders = [str(agency) for agency in shares.values_list("agency_id", flat=True)]
        rows = Agency.objects.filter(Q(ended_at=None, pk__in=reading.values("agency"))).order_by("code")
        return tuple(
            KeysOfAgency(
                code=row.code,
                name=row.name,
                holders=holders.count(str(row.pk)),
                in_use=str(row.pk) in today and today[str(row.pk)].in_use_at is not None,
                is_moving=str(row.pk) in moving,
            )
            for row in rows
        )
