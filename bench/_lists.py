"""The records whose lists bench/list.py measures, and what it measures. Needs the settings: imported once they stand."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections

from bench.record import cpu
from encircle.actions.context import Who, at_work
from encircle.actions.examples import Names, load_case
from encircle.actions.law import packs_folder
from encircle.actions.projection import project
from encircle.actions.record import records_of
from encircle.actions.replay.file import read_replay
from encircle.actions.synthetic import synthetic_cases
from encircle.actions.work_list import duties_of
from encircle.host import clock
from encircle.host.database import DatabaseRole, EmbeddedDatabase
from encircle.records import people
from encircle.records.context import Context, with_context
from encircle.records.facts import append, version
from encircle.records.roots import open_root
from encircle.records.seal import make_installation_key
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.moment import point
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

TOLD = 48
"""Children that are told in full; the others have the rows of one of them."""
FACTS = 60
GOALS_MS = {"records_ms": 25, "work_list_ms": 30, "state_ms": 25}


def as_role(database: EmbeddedDatabase, role: DatabaseRole) -> None:
    """Django connects in that role from now on."""
    given = database.dsn(role)
    connections.close_all()
    settings.DATABASES["default"].update(
        HOST=given["host"], PORT=given["port"], NAME=given["dbname"], USER=given["user"]
    )


def country(database: EmbeddedDatabase, children: int) -> Who:
    """The records, and somebody of the agency that takes part in all of them."""
    make_installation_key()
    role = Role.CHILD_PROTECTION_SERVICE
    who = Who("bench", AgencyId(str(uuid4())), role)
    as_role(database, DatabaseRole.JOBS)
    with with_context(agency=None, actor="loader", purpose="load"):
        people.add_agency(who.agency, code="bench", name="Bench", role=role.value, country="EE")
    for case in islice(synthetic_cases(1), TOLD):
        load_case(case, seen_by=(who.agency,))
    with with_context(agency=None, actor="loader", purpose="load") as context:
        for number in range(children - TOLD):
            one_more(replace(context, agency=who.agency), number)
    with with_context(agency=None, actor="loader", purpose="load"):
        copy_rows()
    as_role(database, DatabaseRole.WEB)
    return who


def one_more(context: Context, number: int) -> None:
    """A record with a name."""
    root = open_root(Kind.CHILD, ctx=context)
    fact = Fact(
        id=FactId(str(uuid4())),
        type="name_recorded",
        root=root,
        subject=None,
        happened=point(context.now, "Europe/Tallinn"),
        learnt=(),
        recorded=context.now,
        agency=context.agency,
        said_by=None,
        certainty=Certainty.REPORTED,
        payload=NameRecorded(name_used=f"Child {number}"),
    )
    append(fact, follows=None, ctx=context)


def copy_rows() -> None:
    """Give each record that has none the rows of one that was told in full."""
    duties = "scope, agency_id, code, pack, state, owner, kind, urgency, raised_at, due_earliest, due_latest, missing"
    rest = "unknown, by_facts, through_seq, computed_at"
    told = "SELECT root_id, row_number() OVER (ORDER BY root_id) - 1 AS n FROM situation_row WHERE facts > 0"
    new = f"SELECT root_id, (row_number() OVER (ORDER BY root_id)) %% {TOLD} AS n FROM situation_row WHERE facts = 0"
    pairs = f"SELECT new.root_id AS to_root, told.root_id AS from_root FROM ({new}) AS new JOIN ({told}) AS told USING (n)"
    situation = "protection, age_basis, parental_care, location, codes, urgency, due_at, pack, facts"
    given = ", ".join(f"told.{name}" for name in situation.split(", "))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO duty_row (root_id, {duties}, {rest}) SELECT to_root, {duties}, {rest}"
            f" FROM ({pairs}) AS pairs JOIN duty_row ON duty_row.root_id = from_root WHERE subject_id IS NULL",
            (),
        )
        cursor.execute(
            f"UPDATE situation_row SET ({situation}, next_change_at) = ({given}, NULL)"
            f" FROM ({pairs}) AS pairs JOIN situation_row AS told ON told.root_id = from_root"
            " WHERE situation_row.root_id = to_root",
            (),
        )


def measured(who: Who, children: int, runs: int, looks: int, made_in: float) -> dict[str, object]:
    """Each figure, the median of the runs, with what the first page held."""

    def repeated(once: Callable[[], object]) -> Callable[[], None]:
        def many() -> None:
            for _ in range(looks):
                once()

        return many

    def records() -> object:
        return records_of(who, purpose=Purpose.WORK_LIST)

    def duties() -> object:
        return duties_of(who, purpose=Purpose.WORK_LIST)

    page, work = records_of(who, purpose=Purpose.WORK_LIST), duties_of(who, purpose=Purpose.WORK_LIST)
    writing = stated(who, runs, looks)
    return {
        "figure": "list",
        "at": clock.now().isoformat(timespec="seconds"),
        "children": children,
        "made_in_s": round(made_in, 1),
        "on_the_pages": {"records": len(page.cards), "duties": len(work.items)},
        "records_ms": cpu([repeated(records)] * runs, looks, goal_ms=GOALS_MS["records_ms"]),
        "work_list_ms": cpu([repeated(duties)] * runs, looks, goal_ms=GOALS_MS["work_list_ms"]),
        "state_ms": cpu(list(writing), looks, goal_ms=GOALS_MS["state_ms"]),
    }


def stated(who: Who, runs: int, times: int) -> Iterator[Callable[[], None]]:
    """For each run a record of 60 facts, and the stating of so many more."""
    for _ in range(runs):
        with with_context(agency=who.agency, actor=who.person, purpose="record") as context:
            root = open_root(Kind.CHILD, ctx=context)
        facts = story(root, who)
        for fact in facts:
            state_one(fact, who)
        yield lambda facts=facts: state_again(facts, who, times)


def story(root: RootId, who: Who) -> list[Fact]:
    """The first 60 facts of the story of the packs in which nearly every rule is awake, as told by this agency."""
    case = replace(read_replay(packs_folder() / "base" / "tests" / "everything_done.yaml"), name=uuid4().hex)
    names = Names(case)
    facts = case.facts_of(next(iter(case.children)))[:FACTS]
    return [
        replace(
            names.fact(fact),
            root=root,
            agency=who.agency,
            learnt=tuple(replace(one, agency=who.agency) for one in fact.learnt[:1]),
        )
        for fact in facts
    ]


def state_one(fact: Fact, who: Who) -> None:
    """Put a fact on record with what follows from it. The whole act, with permit and journal, is measured by bench/act.py."""
    with at_work(who, Purpose.RECORD) as context:
        recorded = append(fact, follows=version(fact), ctx=context)
        project(fact.root, ctx=context, now=max(context.now, recorded.recorded))


def state_again(facts: list[Fact], who: Who, times: int) -> None:
    """State so many of these facts once more, each as a new one; finding the version is measured with it."""
    for number in range(times):
        fact = facts[number % len(facts)]
        state_one(replace(fact, id=FactId(str(uuid4()))), who)
