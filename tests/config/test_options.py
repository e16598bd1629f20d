"""Options: a typed table; a wrong value stops the start with one clear line that never shows a secret."""

from pathlib import Path

import pytest

from encircle.config.database import database
from encircle.config.options import OPTIONS, OptionRefused, chosen, documentation
from encircle.config.secret import secret_key

SECRET = "s3cret" * 10
WRONG = {
    "ENCIRCLE_DATA": "\0",
    "ENCIRCLE_MODE": "live?",
    "ENCIRCLE_COUNTRY": "Estonia",
    "ENCIRCLE_ROLE": "postgres",
    "DATABASE_URL": f"mysql://u:{SECRET}@h/d",
    "ENCIRCLE_CONNECTION_SECONDS": "-1",
    "ENCIRCLE_DATABASE_MEMORY_MB": "4GB",
    "ENCIRCLE_HOSTS": "*",
    "ENCIRCLE_BEHIND_TLS": "true",
    "ENCIRCLE_SECRET_KEY": "s3cret",
    "ENCIRCLE_INSTALLATION_KEY": "s3cret!",
    "ENCIRCLE_JOURNAL_NAME": "my journal",
    "ENCIRCLE_LOG": "loud",
}


def test_every_option_has_a_meaning_an_expectation_and_a_default():
    assert [
        o.name for o in OPTIONS if not (o.meaning and o.expected and (o.default or o.default_words))
    ] == []
    assert len({o.name for o in OPTIONS}) == len(OPTIONS)


def test_every_default_can_be_used():
    values = chosen({}).values
    assert {name: values[name] for name in ("ENCIRCLE_MODE", "ENCIRCLE_COUNTRY", "ENCIRCLE_ROLE")} == {
        "ENCIRCLE_MODE": "live",
        "ENCIRCLE_COUNTRY": "ee",
        "ENCIRCLE_ROLE": "web",
    }


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_stops_the_start_with_one_clear_line(name: str):
    with pytest.raises(OptionRefused) as told:
        chosen({name: WRONG[name]})
    line = str(told.value)
    assert line.startswith(name)
    assert "Expected " in line
    assert "\n" not in line
    assert "s3cret" not in line


def test_an_option_that_does_not_exist_is_refused():
    with pytest.raises(OptionRefused, match="ENCIRCLE_MOOD is not an option"):
        chosen({"ENCIRCLE_MOOD": "demo"})


def test_a_secret_may_lie_in_a_file(tmp_path: Path):
    file = tmp_path / "key"
    file.write_text(f"{SECRET}\n")
    assert chosen({"ENCIRCLE_SECRET_KEY_FILE": str(file)}).text("ENCIRCLE_SECRET_KEY") == SECRET


def test_a_secret_given_twice_or_in_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(OptionRefused, match="are both set"):
        chosen({"ENCIRCLE_SECRET_KEY": SECRET, "ENCIRCLE_SECRET_KEY_FILE": str(tmp_path)})
    with pytest.raises(OptionRefused, match="cannot be read"):
        chosen({"ENCIRCLE_SECRET_KEY_FILE": str(tmp_path / "none")})


def test_an_option_asked_for_as_another_type_is_a_slip_that_shows():
    with pytest.raises(TypeError):
        chosen({}).number("ENCIRCLE_MODE")


def test_the_settings_page_is_made_of_the_table():
    page = Path(__file__).parents[2] / "docs" / "operator" / "settings.md"
    assert page.read_text("utf-8") == documentation()


def test_the_cookie_key_is_made_once_and_only_for_its_account(tmp_path: Path):
    first = secret_key(None, data=tmp_path)
    assert secret_key(None, data=tmp_path) == first
    assert (tmp_path / "keys" / "cookie-signing-key").stat().st_mode & 0o777 == 0o600
    assert secret_key(SECRET, data=tmp_path) == SECRET
    assert secret_key(None, data=tmp_path / "none") != first


def test_the_database_of_the_operator_is_used_in_the_role_of_the_process():
    common = {"DATABASE_URL": "postgresql://sign:pw@db.example:5433/cases"}
    given = database(chosen({**common, "ENCIRCLE_ROLE": "jobs"}))
    assert (given["HOST"], given["PORT"], given["NAME"], given["USER"]) == (
        "db.example",
        "5433",
        "cases",
        "sign",
    )
    assert given["OPTIONS"] == {
        "connect_timeout": 10,
        "server_side_binding": True,
        "prepare_threshold": 3,
        "application_name": "encircle jobs",
        "options": "-c role=encircle_jobs",
    }
    own = database(chosen({**common, "DATABASE_URL_WEB": "postgresql://web:pw@db.example/cases"}))
    assert (own["USER"], "options" in str(own["OPTIONS"])) == ("web", False)


def test_without_a_database_nothing_is_started_and_nothing_is_made(tmp_path: Path):
    data = tmp_path / "data"
    given = database(chosen({"ENCIRCLE_DATA": str(data)}))
    assert given["HOST"] == "/nonexistent/encircle-has-started-no-database-here"
    assert not data.exists()
