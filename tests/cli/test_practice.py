"""The command `encircle practice`: the same acts as in the window, by somebody who signs in with both steps."""

import io
import json
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from pytest_django import Settings

from encircle.actions.at_terminal import SecondStepRefused
from encircle.actions.permit import NotAllowed
from encircle.actions.practice.effect import count_effects
from encircle.actions.practice.proposing import NotTaken
from encircle.actions.sign_in import SignInRefused
from encircle.cli import parser
from encircle.cli.practice import done
from encircle.vocabulary.refusal import Refused
from tests.actions.kept import as_jobs
from tests.actions.practice_world import ASSESSMENT, Two, a_number, today, two_of
from tests.database import TestDatabase
from tests.web.world import PASSWORD, Staff, add_factor


@pytest.fixture(autouse=True)
def _a_demonstration(settings: Settings) -> None:
    """In which one works without a second step."""
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def two(own_database: TestDatabase) -> Two:
    return two_of(own_database)


class Terminal:
    """What somebody types there, and what it prints."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def type(self, who: Staff, *words: str, status: int = 0, password: str = PASSWORD, code: str = "") -> str:
        asked = parser().parse_args(["practice", *words, "--login", who.login])
        self._monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n{code}\n"))
        assert done(asked) == status
        return self._capsys.readouterr().out


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def a_proposal(amount: str = "5") -> tuple[str, ...]:
    draft = a_number(amount)
    return (
        *("propose", "number", "--pack", "ee", "--code", draft.code, "--amount", draft.amount),
        *("--unit", draft.unit, "--basis", draft.basis, "--basis-own", draft.basis_own),
        *("--why", draft.why, "--from", draft.valid_from),
    )


def outcomes(database: TestDatabase) -> list[str]:
    with database.connect_as_keeper() as keeper:
        rows = keeper.execute(
            "SELECT outcome FROM journal_entry WHERE kind IN ('pack', 'refusal', 'export') ORDER BY at, id"
        ).fetchall()
    return [str(outcome) for (outcome,) in rows]


def test_one_proposes_another_approves_and_each_step_is_journalled(
    own_database: TestDatabase, two: Two, terminal: Terminal
) -> None:
    told = terminal.type(two.coordinator, *a_proposal())
    assert told == "Proposal 1 waits for a second person.\n"
    said = terminal.type(two.lawyer, "approve", "1", "--why", "It is no looser than the law.")
    assert said.startswith("Proposal 1 is approved. It holds from ")
    listed = terminal.type(two.lawyer, "list")
    assert listed == f"1  ee  approved  from {today()}  {ASSESSMENT}: 5 working_days (plain)\n"
    assert outcomes(own_database) == ["practice_proposed", "practice_approved"]


def test_nobody_decides_on_their_own_and_no_other_role_proposes(two: Two, terminal: Terminal) -> None:
    terminal.type(two.coordinator, *a_proposal())
    for verb in ("approve", "decline"):
        with pytest.raises(NotAllowed, match="not for your role"):
            terminal.type(two.coordinator, verb, "1", "--why", "Mine.")
    with pytest.raises(NotAllowed, match="not for your role"):
        terminal.type(two.lawyer, *a_proposal())
    with pytest.raises(NotAllowed, match="not for your role"):
        terminal.type(two.lawyer, "withdraw", "1", "--why", "Not mine.")
    assert "waiting" in terminal.type(two.lawyer, "list", "--state", "waiting")
    assert terminal.type(two.lawyer, "list", "--state", "decided") == "There are no proposals.\n"


def test_it_can_be_declined_or_taken_back_once(two: Two, terminal: Terminal) -> None:
    for _ in range(2):
        terminal.type(two.coordinator, *a_proposal())
    assert "declined" in terminal.type(two.lawyer, "decline", "1", "--why", "Too short.")
    assert "taken back" in terminal.type(two.coordinator, "withdraw", "2", "--why", "A mistake.")
    with pytest.raises(NotTaken, match="does not wait"):
        terminal.type(two.lawyer, "approve", "2", "--why", "Good.")


def test_the_difference_is_shown_before_anything_is_written(two: Two, terminal: Terminal) -> None:
    told = terminal.type(two.coordinator, *a_proposal(), "--check")
    assert (
        "  D03 due in numbers: nothing -> 5 working days (SOP, not law; assessment_completed_within)" in told
    )
    assert terminal.type(two.coordinator, "list") == "There are no proposals.\n"


def test_what_cannot_be_taken_is_told_by_its_option(two: Two, terminal: Terminal) -> None:
    words = list(a_proposal("0"))
    words[words.index("--from") + 1] = "2020-01-01"
    told = terminal.type(two.coordinator, *words, status=1)
    assert told.splitlines()[:2] == ["--amount: not a number", "--valid-from: in the past"]
    with pytest.raises(Refused, match="Practice of 'atlantis' is not set here"):
        terminal.type(two.coordinator, "export", "atlantis", "--to", "nowhere.zip")


def test_one_proposal_is_shown_with_its_difference_and_effect(
    own_database: TestDatabase, two: Two, terminal: Terminal
) -> None:
    terminal.type(two.coordinator, *a_proposal())
    assert "Its effect on open records is not counted." in terminal.type(two.lawyer, "show", "1")
    with as_jobs(own_database):
        count_effects()
    told = json.loads(terminal.type(two.lawyer, "show", "1", "--json"))
    assert [one["code"] for one in told["effect"]] == ["compared", "moved"]
    assert {"D03"} <= {one["code"] for one in told["changes"]}
    assert (told["state"], told["may_decide"], told["problems"]) == ("waiting", True, [])
    with pytest.raises(Refused, match="no proposal 7"):
        terminal.type(two.lawyer, "show", "7")


def test_without_the_password_or_the_code_of_the_app_nothing_is_done(
    two: Two, terminal: Terminal, settings: Settings
) -> None:
    with pytest.raises(SignInRefused):
        terminal.type(two.coordinator, "list", password="another")
    settings.DEMO = False
    with pytest.raises(SecondStepRefused, match="this account has none"):
        terminal.type(two.coordinator, "list")
    secret = generate_totp_secret()
    add_factor(two.coordinator.account, "totp", {"secret": get_adapter().encrypt(secret)})
    right = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    with pytest.raises(SecondStepRefused, match="not the code"):
        terminal.type(two.coordinator, "list", code=wrong)
    assert terminal.type(two.coordinator, "list", code=right) == "There are no proposals.\n"
