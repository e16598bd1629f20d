"""What is flagged is not exchanged: a request against which a flag stands is closed to who handles requests."""

import pytest

from encircle.core.access import groups_of
from encircle.core.access.flagged import flagged
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId
from tests.web.desk.looks import a_fact

KIND = {"instrument": "other", "request_kind": "situation_report"}
ASKED = a_fact("r", "request_sent", "2026-03-03", to_country="FI", about_person="p", **KIND)
CAME = a_fact("c", "request_received", "2026-03-03", from_country="VN", **KIND)
ANSWERED = a_fact("s", "request_answered", "2026-03-09", subject="r", answer="information")
LIFTED = a_fact("l", "do_not_contact_lifted", "2026-03-08", subject="f")
TAKEN = a_fact("w", "withdrawal", "2026-03-08", withdraws="f", withdrawal_reasons="a mistake")


def flag(**values: object) -> Fact:
    return a_fact(
        "f", "do_not_contact_set", "2026-03-04", because="risk_to_child", **{"scope": ["country"], **values}
    )


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ((ASKED, CAME), set()),
        ((ASKED, CAME, flag(country="FI")), {"r"}),
        ((ASKED, CAME, flag(country="VN")), {"c"}),
        ((ASKED, CAME, flag(country="UA")), set()),
        ((ASKED, CAME, flag(person="p", scope=["person"])), {"r"}),
        ((ASKED, CAME, flag()), {"r", "c"}),
        ((ASKED, CAME, flag(country="FI"), LIFTED), set()),
        ((ASKED, CAME, flag(country="FI"), TAKEN), set()),
        (
            (
                a_fact(
                    "c",
                    "request_received",
                    "2026-03-03",
                    from_country="SE",
                    disclosure_endangers="endangers",
                    **KIND,
                ),
            ),
            {"c"},
        ),
    ],
)
def test_a_flag_that_stands_keeps_what_it_covers(facts: tuple[Fact, ...], kept: set[str]):
    assert flagged(facts) == kept


def test_a_flagged_request_and_its_answer_are_of_the_plans_of_the_case():
    open_ones = groups_of((ASKED, ANSWERED))
    kept = groups_of((ASKED, ANSWERED, flag(country="FI")))
    requests = (FactId("r"), FactId("s"))
    assert [open_ones[one] for one in requests] == [FieldGroup.REQUESTS] * 2
    assert [kept[one] for one in requests] == [FieldGroup.VIEWS] * 2
