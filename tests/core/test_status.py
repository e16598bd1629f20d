"""The protection axis as a truth table: act and purpose, or a status set by a person. Means are irrelevant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.core.child.derived import PROTECTION
from encircle.core.status import VICTIM_STATUSES, Grounds, grounds
from encircle.vocabulary.unknown import Unknown

NO_PURPOSE = Unknown("no purpose of exploitation indicated yet", ("indication_recorded",))
NO_ACT = Unknown("no act (recruiting, moving, harbouring, receiving) indicated yet", ("indication_recorded",))


@pytest.mark.parametrize(
    ("act", "purpose", "protection", "expected"),
    [
        (False, False, "none", Grounds(False, False)),
        (True, False, "concern", Grounds(NO_PURPOSE, NO_PURPOSE)),
        (False, True, "concern", Grounds(NO_ACT, NO_ACT)),
        (True, True, "none", Grounds(True, True)),
        (True, True, "at_risk", Grounds(True, True)),
        (False, False, "presumed_victim", Grounds(True, True)),
        (False, False, "identified_victim", Grounds(True, True)),
        (False, False, "in_review", Grounds(True, True)),
        (False, False, "declined_identification", Grounds(True, True)),
        (True, True, "negative_decision", Grounds(True, False)),
        (False, False, "negative_decision", Grounds(False, False)),
        (True, True, "closed", Grounds(True, True)),
        (False, False, "closed", Grounds(False, False)),
    ],
)
def test_what_gives_reasonable_grounds(act: bool, purpose: bool, protection: str, expected: Grounds) -> None:
    assert grounds(act=act, purpose=purpose, protection=protection) == expected


def test_a_disputed_status_is_unknown_and_does_not_undo_an_act_and_a_purpose() -> None:
    disputed = Unknown("the sources differ", ("status",))
    assert grounds(act=False, purpose=False, protection=disputed) == Grounds(disputed, disputed)
    assert grounds(act=True, purpose=True, protection=disputed) == Grounds(True, True)


@given(st.booleans(), st.booleans(), st.sampled_from(PROTECTION))
def test_setting_a_victim_status_never_removes_the_grounds(act: bool, purpose: bool, protection: str) -> None:
    for status in VICTIM_STATUSES:
        assert grounds(act=act, purpose=purpose, protection=status) == Grounds(True, True)
    if grounds(act=act, purpose=purpose, protection=protection).victim_track is True:
        assert protection != "negative_decision"
