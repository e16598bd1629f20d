"""The command `encircle policy show`: who may see what, by which rule, on which basis."""

import cedarpy
import pytest

from encircle.cli import main
from encircle.core.access.policies import POLICIES


def printed(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> list[str]:
    assert main(["policy", "show", *words]) == status
    return capsys.readouterr().out.splitlines()


def test_each_policy_is_said_in_words_with_what_it_rests_on_and_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = printed(capsys, "ee")
    start = lines.index("purpose: A record is opened only for a purpose that a mandate names.")
    assert lines[start + 1 : start + 4] == [
        "  rests on: EU-2016/679 5(1)(b) (read: GDPR Article 5, scolta-demo-drupal-legal.tag1.ai, 2026-11-28)",
        "  rests on: EU-2016/680 4(1)(b) (not read by us)",
        "    forbid (principal, action, resource)",
    ]
    assert [line.partition(":")[0] for line in lines if line and not line.startswith(" ")][
        : len(POLICIES)
    ] == [policy.id for policy in POLICIES]


def test_where_an_act_does_not_bind_the_country_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert "  rests on: EU-2016/680 4(1)(b) (not read by us; does not bind GB)" in printed(capsys, "gb")
    assert [line for line in printed(capsys, "gb") if "CRC 3(1)" in line and "bind" in line] == []


def test_one_role_alone_is_shown_with_its_purposes_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "ee", "--role", "school")
    assert lines[0] == "school: sees M; adds MI; duties: own; decides acknowledge"
    assert lines[1].startswith("  purposes: ")
    assert [line for line in lines if line.startswith("  stands in: packs/")] == lines[-1:]


def test_a_role_that_is_not_there_is_refused_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "show", "ee", "--role", "wizard"]) == 2
    assert "There is no role 'wizard'. There are: asylum_authority, " in capsys.readouterr().err


def test_the_file_of_cedar_fits_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    policies, schema = ("\n".join(printed(capsys, option)) for option in ("--cedar", "--schema"))
    assert cedarpy.validate_policies(policies, schema).validation_passed
    assert not cedarpy.validate_policies(policies.replace(".purposes", ".wishes"), schema).validation_passed
