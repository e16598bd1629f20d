"""One duty of the test world: a guardian within ten days for a child who is alone."""

from encircle.core.duty import DutyRow
from encircle.vocabulary.fact import Fact
from tests.core.world import (
    as_of,
    days,
    duty,
    fact,
    rows,
)

NEEDS_GUARDIAN = {"appointment": "guardians.exists(g, g.current)"}
ALONE = "child.parental_care_recorded && child.parental_care == 'absent'"
GUARDIAN_DUTY = duty(
    ALONE,
    starts=["child.parental_care_recorded"],
    needs=NEEDS_GUARDIAN,
    dated="guardians.appointed",
    due=days(10),
)


def alone(happened: str = "2026-03-02", **more: object) -> Fact:
    return fact("alone", "parental_care_recorded", happened, {"parental_care": "absent"}, **more)


def guardian(happened: str, name: str = "g", **more: object) -> Fact:
    return fact(name, "guardian_appointed", happened, {"capacity": "guardian"}, subject=name, **more)


def only(facts: list[Fact], rule=GUARDIAN_DUTY, **asked: str) -> DutyRow:
    (row,) = rows(facts, rule, asked=as_of(**asked))
    return row
