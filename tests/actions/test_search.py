"""Search: by name in any script and by number, among one's own records only; each one a look; erased with the identity."""

import json
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed
from encircle.actions.search import Answer, Found, FoundRecord, number_in, search
from encircle.core.linkage import Likeness
from encircle.records import seal
from encircle.records.erasure import erase
from encircle.records.names import index
from encircle.records.roots import add_member, open_root
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.withdrawal import Withdrawal
from encircle.vocabulary.identifier import FactId, RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.stating import state
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact, make_actor

SEVERAL = (
    ("Ozoliņš", "Ozolins"),
    ("Žydrūnė", "Zydrune"),
    ("Łukasz", "lukasz"),
    ("Oleksandr", "Олександр"),
    ("Mohammed", "محمد"),
    ("محمد", "Mohammed"),
    ("ፍሬሕይወት", "Frehiwot"),
)


@pytest.fixture
def carla(database: TestDatabase) -> Actor:
    return make_actor("child_protection_service")


@pytest.fixture
def eva(database: TestDatabase) -> Actor:
    return make_actor("ngo")


def who(actor: Actor) -> Who:
    return Who(actor.id, actor.agency, Role.CHILD_PROTECTION_SERVICE)


def a_child(carla: Actor, **names: str) -> tuple[RootId, str, FactId]:
    """A record with a name: its id, its number, and the fact that states the name."""
    with carla.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM root WHERE id = %s", (root,))
            number = cursor.fetchone()[0]
    stated = state(a_fact(root, NameRecorded(**names), by=carla), who=who(carla), follows=None)
    return root, number, stated.id


def found(actor: Actor, text: str, page: int = 1) -> Found:
    return search(who(actor), text, purpose=Purpose.SEARCH, page=page)


def numbers(actor: Actor, text: str) -> list[str]:
    return [record.number for record in found(actor, text).records]


def keys_of(root: RootId, carla: Actor) -> int:
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM name_key WHERE root_id = %s", (root,))
        count: int = cursor.fetchone()[0]
    return count


@pytest.mark.parametrize(("recorded", "typed"), SEVERAL)
def test_a_child_is_found_by_another_spelling_of_the_name(carla: Actor, recorded: str, typed: str):
    _, number, _ = a_child(carla, name_used=recorded)
    a_child(carla, name_used="Somebody Else")
    assert numbers(carla, typed) == [number]


def test_a_found_record_tells_its_name_its_number_and_why(carla: Actor):
    _, number, _ = a_child(carla, name_used="Aino", given_names="Aino Maria", family_name="Tammsaar")
    assert found(carla, "tammsaar aino") == Found(
        Answer.FOUND,
        "tammsaar aino",
        (
            FoundRecord(
                number, Kind.CHILD, "Aino", "none", True, "unknown", Likeness.SAME, "Aino Maria Tammsaar"
            ),
        ),
    )


def test_the_most_alike_come_first(carla: Actor):
    near = a_child(carla, name_used="Marik")[1]
    spelled = a_child(carla, name_used="Máрек".replace("р", "r").replace("е", "e").replace("к", "k"))[1]
    same = a_child(carla, name_used="Marek")[1]
    begins = a_child(carla, name_used="Mareks")[1]
    assert numbers(carla, "marek") == [same, spelled, begins, near]


def test_two_parts_find_the_child_that_has_both_before_those_that_have_one(carla: Actor):
    for _ in range(3):
        a_child(carla, name_used="Mohammed", family_name="Hassan")
    number = a_child(carla, name_used="Mohammed", family_name="Karimi")[1]
    answer = found(carla, "Karimi, Mohammed")
    assert answer.records[0].number == number
    assert [record.why for record in answer.records] == [Likeness.SAME] + [Likeness.PART] * 3


def test_a_number_is_found_whole_or_by_its_first_four_signs(carla: Actor, eva: Actor):
    _, number, _ = a_child(carla, name_used="Aino")
    for typed in (number, number.upper(), number.replace("-", " "), number[:4], number[:6]):
        assert number in numbers(carla, typed)
        assert number not in numbers(eva, typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("ab12-cd34", "ab12-cd34"),
        ("AB12 CD34", "ab12-cd34"),
        ("ab12", "ab12"),
        ("ab12c", "ab12-c"),
        ("o1il-", "0111"),
        ("ab1", None),
        ("Aino", None),
        ("anna", "anna"),
        ("ab12-cd345", None),
        ("محمد", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: str | None):
    assert number_in(typed) == number


def test_a_corrected_name_is_found_and_the_wrong_one_no_more(carla: Actor):
    root, number, first = a_child(carla, name_used="Wrongly")
    fact = a_fact(root, NameRecorded(name_used="Rightly"), by=carla, corrects=first)
    state(fact, who=who(carla), follows=first)
    assert (numbers(carla, "Rightly"), numbers(carla, "Wrongly")) == ([number], [])


def test_a_withdrawn_name_is_found_no_more(carla: Actor):
    root, number, first = a_child(carla, name_used="Aino")
    assert numbers(carla, "Aino") == [number]
    fact = a_fact(root, Withdrawal(withdrawal_reasons="A slip."), by=carla, withdraws=first)
    state(fact, who=who(carla), follows=first)
    assert (numbers(carla, "Aino"), keys_of(root, carla)) == ([], 0)


def test_names_of_two_sources_are_both_found(carla: Actor):
    root, number, first = a_child(carla, name_used="Aino")
    fact = a_fact(root, NameRecorded(name_used="Marek"), by=carla, version_of=first)
    state(fact, who=who(carla), follows=first)
    assert (numbers(carla, "Aino"), numbers(carla, "Marek")) == ([number], [number])


def test_keys_that_were_lost_are_written_anew(carla: Actor):
    root, number, _ = a_child(carla, name_used="Aino")
    before = keys_of(root, carla)
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM name_key WHERE root_id = %s", (root,))
    assert numbers(carla, "Aino") == []
    with carla.at_work():
        assert index(root) == before
    assert numbers(carla, "Aino") == [number]


def test_an_erased_name_is_found_no_more(carla: Actor):
    root, number, _ = a_child(carla, name_used="Aino")
    assert numbers(carla, "Aino") == [number]
    with carla.at_work():
        erase(root, (Compartment.IDENTITY,), because="retention")
    assert (numbers(carla, "Aino"), keys_of(root, carla)) == ([], 0)
    with carla.at_work():
        assert index(root) == 0
    assert [record.name for record in found(carla, number).records] == [""]


def test_another_agency_gets_the_same_answer_as_for_a_name_that_is_nowhere(carla: Actor, eva: Actor):
    name = f"Aino {uuid4().hex}"
    root, number, _ = a_child(carla, name_used=name)
    assert numbers(carla, name) == [number]
    hidden, absent = found(eva, name), found(eva, name[::-1])
    assert (hidden.answer, hidden.records) == (absent.answer, absent.records) == (Answer.NOBODY, ())
    with carla.at_work():
        add_member(root, eva.agency, relation="team")
    assert numbers(eva, name) == [number]


def test_a_role_that_may_not_know_whose_record_it_is_finds_nobody(carla: Actor):
    _, number, _ = a_child(carla, name_used="Aino")
    assert numbers(carla, "Aino") == [number]
    closed = Who(carla.id, carla.agency, Role.COORDINATOR)
    for typed in ("Aino", number):
        assert search(closed, typed, purpose=Purpose.SEARCH).answer is Answer.NOBODY


def test_a_role_that_does_not_search_is_refused(carla: Actor):
    _, number, _ = a_child(carla, name_used="Aino")
    for typed in ("", "Aino", number):
        with pytest.raises(NotAllowed, match="This is not among the purposes of your role"):
            search(Who(carla.id, carla.agency, Role.PUBLIC), typed, purpose=Purpose.SEARCH)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", Answer.NOT_ASKED),
        ("  \0 ", Answer.NOT_ASKED),
        ("a", Answer.TOO_SHORT),
        ("👶", Answer.TOO_SHORT),
        ("%_", Answer.TOO_SHORT),
        ("'; DROP TABLE root; --", Answer.NOBODY),
        ("x" * 100_000, Answer.NOBODY),
        ("a " * 5_000, Answer.NOBODY),
        ("\u202e" + "qwrtqq", Answer.NOBODY),
        ("王", Answer.NOBODY),
    ],
)
def test_whatever_is_typed_gets_a_kind_answer(eva: Actor, typed: str, answer: Answer):
    assert found(eva, typed).answer is answer


def test_a_search_is_one_look_and_what_was_typed_stands_in_the_sealed_body_alone(carla: Actor):
    _, number, _ = a_child(carla, name_used="Žydrūnė")
    with CaptureQueriesContext(connection) as queries:
        found(carla, "Zydrune")
    assert not re.search("(?i)zydrun", str([query["sql"] for query in queries]))
    with carla.at_work(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, kind, outcome, purpose, array_to_string(field_groups, ''), root_id, data_key_id::text, body"
            " FROM journal_entry WHERE actor = %s AND outcome = 'searched'",
            (carla.id,),
        )
        ((entry, *codes, key, body),) = cursor.fetchall()
        opened = seal.keys([key])[key]
        assert isinstance(opened, seal.DataKey)
        plain = json.loads(opened.open_body(body, entry=entry))
    assert codes == ["look", "searched", "search", "M", None]
    assert plain == {"asked": "Zydrune", "found": 1, "numbers": [number]}


def test_three_found_cost_as_many_queries_as_one(carla: Actor):
    a_child(carla, name_used="Aino")
    found(carla, "Aino")
    with CaptureQueriesContext(connection) as one:
        found(carla, "Aino")
    for _ in range(2):
        a_child(carla, name_used="Aino")
    with CaptureQueriesContext(connection) as three:
        assert len(found(carla, "Aino").records) == 3
    assert len(three) == len(one)


def test_what_does_not_fit_on_a_page_is_on_the_next(carla: Actor, monkeypatch: pytest.MonkeyPatch):
    made = {a_child(carla, name_used="Aino")[1] for _ in range(3)}
    monkeypatch.setattr("encircle.actions.search.ON_A_PAGE", 2)
    first, second = found(carla, "Aino"), found(carla, "Aino", page=2)
    assert {record.number for record in (*first.records, *second.records)} == made
    assert (first.more, second.more, first.all_shown) == (True, False, True)


def test_a_key_of_thousands_is_read_no_further_than_it_needs_to_be(
    carla: Actor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("encircle.records.names.OF_ONE_KEY", 2)
    for family in ("Tamm", "Kask", "Saar", "Mets"):
        a_child(carla, name_used="Aino", family_name=family)
    assert len(found(carla, "Aino").records) == 2
    assert [record.name for record in found(carla, "Aino Mets").records][:1] == ["Aino"]


def test_the_keys_of_others_are_told_to_nobody(carla: Actor, eva: Actor, database: TestDatabase):
    root, _, _ = a_child(carla, name_used="Aino", family_name="Tamm")
    with database.connect_as_keeper() as keeper:
        keys = [key for (key,) in keeper.execute("SELECT key FROM name_key WHERE root_id = %s", (root,))]
    told = {}
    for actor in (carla, eva):
        with actor.at_work("search"), connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT of_root::text FROM encircle_roots_named(%s, 100)", (keys,))
            told[actor] = cursor.fetchall()
    assert told == {carla: [(root,)], eva: []}
