"""Posts: as whom somebody works, at which agency, in which role, and what they are called. Knows no child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.context import Who
from encircle.actions.examples import CASE, SHARED
from encircle.records.models import Person
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role

_OF_THE_DEMONSTRATION = (Q(agency__code__startswith=SHARED) | Q(agency__code__startswith=CASE)) & Q(
    account__is_active=True
)


@dataclass(frozen=True, slots=True)
class Post:
    """One person in office. `name`: the login, where no name is on record; `region`: None, where none is told.

    `case`: the name of the replayed case in which the agency took part; None for all other agencies.
    """

    who: Who
    name: str
    agency: str
    region: str | None
    account: UUID
    case: str | None = None
    passkeys_from: datetime | None = None
    """From when on the agency lets nobody read sensitive parts without a passkey; None: it does not ask for one."""
    agency_code: str = ""


def post_of(account: UUID) -> Post | None:
    """The post of this account today: that of the person longest in office; None if it has none any more."""
    return next(_posts(Q(account=account)), None)


def post_of_login(login: str) -> Post | None:
    """The post of the account with this login today."""
    return next(_posts(Q(account__login=login)), None)


def demonstration_post(person: UUID) -> Post | None:
    """This post, if it is one that the demonstration made; None for everybody else."""
    return next(_posts(Q(pk=person) & _OF_THE_DEMONSTRATION), None)


def demonstration_posts() -> tuple[Post, ...]:
    """Everybody whom the demonstration made: by region, agency and name; the national ones, then those of real cases."""
    found = _posts(_OF_THE_DEMONSTRATION)
    return tuple(
        sorted(
            found,
            key=lambda post: (
                post.case or "",
                post.region is None,
                post.region or "",
                post.agency,
                post.name,
            ),
        )
    )


def _posts(whose: Q) -> Iterator[Post]:
    in_office = Q(since__lte=Now()) & (Q(until=None) | Q(until__gt=Now()))
    rows = (
        Person.objects.filter(whose, in_office)
        .order_by("since", "pk")
        .values_list(
            "pk",
            "agency_id",
            "role",
            "given_name",
            "surname",
            "account__login",
            "agency__name",
            "region",
            "account_id",
            "agency__code",
            "agency__passkeys_from",
        )
    )
    for person, agency, role, given, surname, login, agency_name, region, account, code, passkeys in rows:
        who = Who(str(person), AgencyId(str(agency)), Role(role))
        name = f"{given} {surname}".strip() or login
        yield Post(who, name, agency_name, region, account, _case(code), passkeys, code)


def _case(code: str) -> str | None:
    return code.removeprefix(CASE).partition(":")[0] if code.startswith(CASE) else None
