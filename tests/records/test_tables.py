"""The shape of the tables: what may lie open is listed, text is held to codes, migrations are linear and complete."""

import re
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command

import encircle.records.migrations as migrations
from encircle.host.database import DatabaseRole
from encircle.records.plaintext import COLUMNS, What
from tests.database import TestDatabase
from tests.records.world import Actor

NOT_OF_A_CHILD = {
    *("account", "agency", "person"),
    *("api_token", "api_request", "staff_session", "invitation", "linked_identity"),
    *("practice_proposal", "practice_step", "practice_effect"),
    *("account_emailaddress", "account_emailconfirmation", "mfa_authenticator"),
}
BY_DJANGO = re.compile(r"^(auth|django)_")
TYPES = {
    What.ID: {"uuid", "_uuid"},
    What.AGENCY: {"uuid"},
    What.TIME: {"timestamptz", "date"},
    What.CODE: {"varchar", "_varchar", "jsonb"},
    What.NUMBER: {"int2", "int4", "int8"},
    What.FLAG: {"bool"},
    What.HASH: {"bytea"},
    What.PUBLIC_KEY: {"bytea"},
    What.SEALED: {"bytea"},
}


def columns_in_the_database(database: TestDatabase) -> dict[str, dict[str, str]]:
    with database.connect_as_keeper() as keeper:
        rows = keeper.execute(
            "SELECT table_name, column_name, udt_name FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        if table not in NOT_OF_A_CHILD and not BY_DJANGO.match(str(table)):
            found.setdefault(str(table), {})[str(column)] = str(kind)
    return found


def unlisted(found: dict[str, dict[str, str]]) -> list[str]:
    """Columns that are not in the closed list, or of a type that could hold more than the list allows."""
    return [
        f"{table}.{column} {kind}"
        for table, columns in found.items()
        for column, kind in columns.items()
        if column not in COLUMNS.get(table, {}) or kind not in TYPES[COLUMNS[table][column]]
    ]


def test_each_column_of_a_table_of_a_child_is_sealed_or_in_the_closed_list(database: TestDatabase):
    found = columns_in_the_database(database)
    assert unlisted(found) == []
    assert {table: set(columns) for table, columns in COLUMNS.items()} == {
        table: set(columns) for table, columns in found.items()
    }


def test_a_planted_open_column_is_caught():
    planted = {
        "fact": {"id": "uuid", "note": "text"},
        "nickname": {"name": "text"},
        "root": {"number": "text"},
    }
    assert unlisted(planted) == ["fact.note text", "nickname.name text", "root.number text"]


def test_each_open_word_is_held_to_codes_by_a_constraint(database: TestDatabase):
    with database.connect_as_keeper() as keeper:
        rows = keeper.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'"
        ).fetchall()
    held = {
        (str(table), column)
        for table, words in rows
        for column in re.findall(r"[a-z_]+", str(words))
        if "~" in str(words) or "like_regex" in str(words) or " = ANY " in str(words)
    }
    words = {
        (t, column) for t, columns in COLUMNS.items() for column, what in columns.items() if what is What.CODE
    }
    assert sorted(words - held) == []


@pytest.mark.parametrize("words", ["Aino", "a girl of fifteen", "kask@example.org", "x" * 65, ""])
def test_a_name_or_a_sentence_does_not_fit_where_a_code_stands(
    words: str, database: TestDatabase, carla: Actor
):
    insert = "INSERT INTO root (id, kind, number, opened_by_id) VALUES (gen_random_uuid(), 'child', %s, %s)"
    with database.connect_as_keeper() as keeper:
        keeper.execute(insert, (f"n-{carla.agency}", carla.agency))
        with pytest.raises((psycopg.DataError, psycopg.IntegrityError), match=r"_holds_codes|too long"):
            keeper.execute(insert, (words, carla.agency))


@pytest.mark.parametrize(
    ("codes", "fits"),
    [
        ('{"missing": true, "interviews": 3, "axis": "placed", "at": "2026-05-06T10:00Z", "in": "EE"}', True),
        ('{"flags": ["do_not_contact"], "more": {"deep": ["placed"]}}', True),
        ('{"name": "Aino"}', False),
        ('{"more": {"deep": ["a street in Tartu"]}}', False),
    ],
)
def test_the_codes_of_a_situation_are_codes(codes: str, fits: bool, database: TestDatabase):
    with database.connect_as_keeper() as keeper:
        definition = keeper.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'situation_row_codes_are_codes'"
        ).fetchone()
        assert definition is not None
        keeper.execute("CREATE TEMPORARY TABLE tried (codes jsonb)")
        keeper.execute(f"ALTER TABLE tried ADD {definition[0]}")
        if fits:
            keeper.execute("INSERT INTO tried VALUES (%s)", (codes,))
        else:
            with pytest.raises(psycopg.errors.CheckViolation):
                keeper.execute("INSERT INTO tried VALUES (%s)", (codes,))


def test_the_migrations_make_what_the_models_say(database: TestDatabase):
    with database.used_as(DatabaseRole.OWNER):
        call_command("makemigrations", "--check", "--dry-run", verbosity=0, skip_checks=True)


def text_of(folder: Path, name: str) -> str:
    """The dependencies of that migration, as they are written."""
    return (folder / f"{name}.py").read_text("utf-8").partition("dependencies")[2].partition("]")[0]


def test_the_migrations_are_linear_and_the_last_is_named():
    folder = Path(migrations.__file__).parent
    names = sorted(file.stem for file in folder.glob("[0-9]*.py"))
    assert len({name[:4] for name in names}) == len(names)
    before = [
        re.findall(r"[\"']records[\"'], [\"'](\d{4}_\w+)[\"']", text_of(folder, name)) for name in names
    ]
    assert before == [[], *([name] for name in names[:-1])]
    assert (folder / "max_migration.txt").read_text("utf-8") == f"{names[-1]}\n"
