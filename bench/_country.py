"""What bench/country.py measures. Needs the settings: imported once they stand."""

import sys
import time
from collections.abc import Callable, Mapping
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from bench._lists import as_role, stated
from bench._plans import plans_of
from bench.record import cpu
from encircle.actions.asked import Asked
from encircle.actions.calendar import coming_of
from encircle.actions.context import Who, at_work
from encircle.actions.demonstration import prepare_demonstration
from encircle.actions.examples import Names
from encircle.actions.post import demonstration_posts, post_of_login
from encircle.actions.projection import project
from encircle.actions.record import look, records_of
from encircle.actions.search import search
from encircle.actions.synthetic import synthetic_child
from encircle.actions.work_list import duties_of
from encircle.core.journal.entry import EntryKind
from encircle.host import clock
from encircle.host.database import DatabaseRole, EmbeddedDatabase
from encircle.records import journal, people
from encircle.records.context import with_context
from encircle.records.roots import open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

OVERSEER = AgencyId("0b1f0f6e-4a3c-4f0e-9a54-7f5d3b6f2a10")
"""Takes part in every record, as no real agency does: the longest lists that there can be."""
FEW = (600, 3_000, 10_000)
"""Records of agencies whose part of the country is small, where the country has ten times as many."""
NAMESPACE = UUID("3c6f2d0e-5b0a-4a54-8f0e-0d6e6f1f8a77")
GOALS_MS = {
    "case_home": 50,
    "work_list": 30,
    "national_list": 25,
    "calendar": 30,
    "search": 40,
    "create": 40,
    "change": 40,
    "page": 50,
}
SEARCHES = {
    "given_and_family": "Sara Haddad",
    "other_script": "Сара Хаддад",
    "commonest_given_name": "Sara",
    "first_three_letters": "had",
    "nobody": "Quetzalcoatl Xochitl",
}
Once = Callable[[], object]
Figures = dict[str, object]


def measured(database: EmbeddedDatabase, children: int, runs: int, looks: int) -> Figures:
    """Every figure, the median of the runs."""
    begin = time.perf_counter()
    login = load_country(children)
    loaded_in = time.perf_counter() - begin
    as_role(database, DatabaseRole.OWNER)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    as_role(database, DatabaseRole.WEB)
    staff = {
        "everywhere": _who(login),
        "of_a_region": _of("Child protection service"),
        "of_a_school": _of("School"),
        **{f"of_{many}_records": few(database, many) for many in FEW if many * 10 <= children},
    }
    number = _first_of(staff["everywhere"])

    def of(goal: str, once: Once) -> Figures:
        def many() -> None:
            for _ in range(looks):
                once()

        once()
        return cpu([many] * runs, looks, goal_ms=GOALS_MS[goal])

    overseer = staff["everywhere"]
    return {
        "figure": "country",
        "at": clock.now().isoformat(timespec="seconds"),
        "children": children,
        "loaded_in_s": round(loaded_in, 1),
        "case_home": of("case_home", lambda: look(overseer, number, purpose=Purpose.PROTECT, asked=Asked())),
        "create": of("create", lambda: _create(overseer)),
        "change": cpu(list(stated(overseer, runs, looks)), looks, goal_ms=GOALS_MS["change"]),
        **{of_whom: _lists(who, of) for of_whom, who in staff.items()},
        "pages": _pages(_client(login), number, of),
    }


def _lists(who: Who, of: Callable[[str, Once], Figures]) -> Figures:
    """Each list of somebody: what it costs, how many stand on its first page, and how the database finds them."""

    def found(text: str) -> Once:
        return lambda: search(who, text, purpose=Purpose.SEARCH).records

    lists: Mapping[str, tuple[str, Once]] = {
        "work_list": ("work_list", lambda: duties_of(who, purpose=Purpose.WORK_LIST).items),
        "national_list": ("national_list", lambda: records_of(who, purpose=Purpose.WORK_LIST).cards),
        "calendar": ("calendar", lambda: coming_of(who, purpose=Purpose.WORK_LIST).items),
        **{f"search_{kind}": ("search", found(text)) for kind, text in SEARCHES.items()},
    }
    with at_work(who, Purpose.WORK_LIST), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM membership WHERE agency_id = %s", (who.agency,))
        (records,) = cursor.fetchone()
    return {
        "records": records,
        **{
            name: {"on_the_page": _many(once), **of(goal, once), "plan": plans_of(once)}
            for name, (goal, once) in lists.items()
        },
    }


def _many(once: Once) -> int:
    found = once()
    assert isinstance(found, tuple)
    return len(found)


def _pages(client: Client, number: str, of: Callable[[str, Once], Figures]) -> Figures:
    """Pages as a browser gets them: session, look, journal, rendered, compressed."""

    def opened(address: str, typed: Mapping[str, str] | None = None) -> Once:
        def once() -> object:
            send = client.get if typed is None else client.post
            answer = send(address, typed, headers={"Accept-Encoding": "gzip"})
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}.")
            return answer

        return once

    return {
        "case_home": of("case_home", opened(f"/records/{number}/")),
        "work_list": of("page", opened("/")),
        "national_list": of("page", opened("/records/")),
        "calendar": of("page", opened("/calendar/")),
        "search": of("page", opened("/search/", {"asked": SEARCHES["given_and_family"]})),
    }


def load_country(children: int) -> str:
    """The country, and somebody of an agency that takes part in every record; the login."""
    login = f"bench-{uuid4()}"
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value):
        role = Role.SUPERVISOR
        people.add_agency(OVERSEER, code="bench", name="Bench", role=role.value, country="EE")
        people.add_staff(login=login, password=str(uuid4()), agency=OVERSEER, role=role)
    prepare_demonstration(children=children, seed=1, tell=_tell, seen_by=OVERSEER)
    return login


def _who(login: str) -> Who:
    post = post_of_login(login)
    assert post is not None
    return post.who


def few(database: EmbeddedDatabase, many: int) -> Who:
    """Somebody of an agency that takes part in so many records, spread over all; made once."""
    agency = AgencyId(str(uuid5(NAMESPACE, str(many))))
    as_role(database, DatabaseRole.JOBS)
    role = Role.CHILD_PROTECTION_SERVICE
    with (
        with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM agency WHERE id = %s", (agency,))
        if not cursor.fetchone()[0]:
            people.add_agency(agency, code=f"few-{many}", name=f"Few {many}", role=role.value, country="EE")
            cursor.execute(
                "INSERT INTO membership (id, root_id, agency_id, relation, since)"
                " SELECT gen_random_uuid(), id, %s, 'team', now() FROM"
                " (SELECT id FROM root WHERE kind = 'child' ORDER BY md5(id::text) LIMIT %s) AS root",
                (agency, many),
            )
    as_role(database, DatabaseRole.WEB)
    return Who("bench", agency, role)


def _of(agency: str) -> Who:
    return next(post.who for post in demonstration_posts() if post.agency.startswith(agency))


def _first_of(who: Who) -> str:
    """The number of the first child, whose history has 60 facts."""
    with at_work(who, Purpose.PROTECT), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM root WHERE id = %s", (Names(synthetic_child(1, 1)).root("child"),))
        number: str = cursor.fetchone()[0]
    return number


def _client(login: str) -> Client:
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(get_user_model().objects.get(login=login))
    return client


def _create(who: Who) -> None:
    with at_work(who, Purpose.RECORD) as context:
        root = open_root(Kind.CHILD, ctx=context)
        journal.enter(journal.Act(kind=EntryKind.WRITE, outcome="opened", root=root), ctx=context)
        project(root, ctx=context, now=context.now)


def _tell(done: int, of: int) -> None:
    if done * 20 % of == 0:
        print(f"{done} of {of} children", file=sys.stderr, flush=True)
