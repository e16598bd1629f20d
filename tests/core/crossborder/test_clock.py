"""How a request stands on both sides: waiting, late, excused, answered."""

import pytest

from encircle.actions.law import law_of
from encircle.core.child import AsOf, fold
from encircle.core.crossborder import RequestClock, RequestState, clock_of
from encircle.law.duty import Standing
from encircle.vocabulary.facts.kind import Kind
from tests.core.world import ZONE, at, fact

REPORT = {"instrument": "brussels_iib", "request_kind": "situation_report", "channel": "report_union"}
SENT = fact("sent", "request_sent", "2026-03-02T10:00", {**REPORT, "to_country": "FI"}, subject="request")
RECEIVED = fact(
    "received", "request_received", "2026-03-02T10:00", {**REPORT, "from_country": "FI"}, subject="request"
)
DELAYED = fact("delayed", "request_delayed", "2026-05-20", {"exceptional": True}, subject="request")
DUE = at("2026-06-02")


def answered(on: str):
    return fact("answered", "request_answered", on, {"answer": "information"}, subject="request")


def clock(facts, now: str, pair: tuple[str, str] = ("EE", "FI")) -> RequestClock:
    law = law_of("ee")
    [item] = fold(facts, AsOf(at(now)), zone=ZONE).earliest.of(Kind.REQUEST)
    return clock_of(item, channel=law.channel("report_union"), pair=pair, calendar=law.calendar, now=at(now))


@pytest.mark.parametrize(
    ("facts", "now", "state"),
    [
        ((SENT,), "2026-06-02", RequestState.WAITING),
        ((SENT,), "2026-06-03", RequestState.LATE),
        ((SENT, DELAYED), "2026-06-03", RequestState.DELAYED),
        ((SENT, answered("2026-06-02")), "2026-07-01", RequestState.ANSWERED),
        ((SENT, answered("2026-06-03")), "2026-07-01", RequestState.ANSWERED_LATE),
    ],
)
def test_an_answer_is_late_after_three_months(facts, now: str, state: RequestState):
    found = clock(facts, now)
    assert (found.state, found.ours, found.standing) == (state, False, Standing.LAW)
    assert found.due is not None
    assert found.due.astimezone(DUE.tzinfo).date() == DUE.date()


def test_what_another_country_asks_is_ours_to_answer_by_the_same_clock():
    found = clock((RECEIVED,), "2026-06-03", ("FI", "EE"))
    assert (found.state, found.ours, found.standing) == (RequestState.LATE, True, Standing.LAW)


def test_without_a_number_of_law_between_the_two_there_is_no_due_time():
    found = clock((SENT,), "2027-01-01", ("EE", "DK"))
    assert (found.state, found.due, found.standing) == (RequestState.WAITING, None, Standing.WORDS)


def test_a_time_that_the_request_states_goes_before():
    sent = fact(
        "sent",
        "request_sent",
        "2026-03-02",
        {**REPORT, "to_country": "FI", "due": "2026-03-20"},
        subject="request",
    )
    assert clock((sent,), "2026-03-21").state is RequestState.LATE


def test_by_a_channel_that_no_pack_knows_any_more_there_is_no_due_time():
    [item] = fold((SENT,), AsOf(at("2027-01-01")), zone=ZONE).earliest.of(Kind.REQUEST)
    law = law_of("ee")
    found = clock_of(item, channel=None, pair=("EE", "FI"), calendar=law.calendar, now=at("2027-01-01"))
    assert found == RequestClock(RequestState.WAITING, False, None, Standing.WORDS)


def test_a_request_that_has_not_gone_has_no_clock():
    prepared = fact("prepared", "request_prepared", "2026-03-02", dict(REPORT), subject="request")
    assert clock((prepared,), "2026-04-01") == RequestClock(
        RequestState.PREPARED, False, None, Standing.WORDS
    )
