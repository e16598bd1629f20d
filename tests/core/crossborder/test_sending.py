"""What stops a request to another country: flags, the wish for asylum, what is missing, and what is not known."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.actions.law import law_of
from encircle.core.child import AsOf, Situation, fold
from encircle.core.crossborder import Reason, ReasonKind, Request, Verdict, may_send, verdict
from encircle.law.channel import Channel
from encircle.law.duty import Ground
from encircle.law.law import Law
from encircle.law.texts import Texts
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.need import Need
from tests.core.world import HERE, ZONE, at, condition, fact

NOW = "2026-11-28"


@lru_cache
def law() -> Law:
    return law_of("ee")


def channel(code: str) -> Channel:
    found = law().channel(code)
    assert found is not None
    return found


def situation(facts: Sequence[Fact]) -> Situation:
    return fold(facts, AsOf(at(NOW)), zone=ZONE).earliest


def asked(need: Need, by: Channel, to_country: str, **changes: object) -> Request:
    whole = frozenset(content.id for content in by.contents)
    fields: dict[str, object] = {"contents": whole, "informed": "informed", **changes}
    return Request(need=need, to_country=to_country, **fields)  # type: ignore[arg-type]  # one type for all changes


def reasons(facts: Sequence[Fact], code: str, to_country: str, **changes: object) -> tuple[Reason, ...]:
    by = channel(code)
    request = asked(by.need, by, to_country, **changes)
    return may_send(situation(facts), request, channel=by, prohibitions=law().prohibitions)


READY = (
    fact("guardian", "guardian_appointed", "2026-11-01", {"capacity": "guardian"}, subject="bo"),
    fact("interests", "assessment_made", "2026-11-02", {"assessment_kind": "best_interests"}, subject="bia"),
    fact("view", "view_heard", "2026-11-03", {"about": "other"}, subject="view"),
)
ASYLUM = (
    fact("origin", "origin_recorded", "2026-11-01", {"nationality": "VN"}),
    fact("wish", "asylum_wish_expressed", "2026-11-02", {"wish_by": "child"}),
)


def flag(country: str | None, *scope: str, person: str | None = None) -> Fact:
    payload: dict[str, object] = {"scope": list(scope), "because": "risk_to_child"}
    payload |= {} if country is None else {"country": country}
    payload |= {} if person is None else {"person": person}
    return fact("flag", "do_not_contact_set", "2026-11-04", payload, subject="flag")


def test_a_complete_request_to_a_country_without_a_flag_may_go():
    assert reasons(READY, "referral_union", "FI") == ()


def test_a_child_who_seeks_asylum_is_not_made_known_to_the_country_of_origin():
    found = reasons((*READY, *ASYLUM), "family_tracing", "VN")
    assert [(one.kind, one.verdict, one.prohibition and one.prohibition.code) for one in found] == [
        (ReasonKind.PROHIBITION, Verdict.STOPPED, "P2-origin_prepared")
    ]
    assert reasons((*READY, *ASYLUM), "referral_union", "FI") == ()


def test_while_the_nationality_is_not_known_nothing_goes_and_the_missing_fact_is_named():
    found = reasons((*READY, ASYLUM[1]), "family_tracing", "VN")
    assert [(one.kind, one.verdict, one.missing) for one in found] == [
        (ReasonKind.PROHIBITION, Verdict.UNKNOWN, ("origin_recorded",))
    ]
    assert verdict(found) is Verdict.UNKNOWN


def test_the_consulate_is_never_told_of_a_child_who_seeks_asylum():
    found = reasons((*READY, *ASYLUM), "consular_papers", "LT")
    assert [(one.kind, one.ground and one.ground.because.in_("en")) for one in found] == [
        (ReasonKind.GROUND, "The child seeks protection from a State. Its consulate is not told.")
    ]


def test_a_ground_that_is_not_known_keeps_the_request_here_and_names_what_would_tell():
    doubted = Ground(condition("child.is_child"), Texts.english("A child is not sent."), HERE)
    by = replace(channel("referral_union"), stopped_by=(doubted,))
    request = asked(by.need, by, "FI")
    assert may_send(situation(READY), request, channel=by, prohibitions=()) == (
        Reason(
            ReasonKind.GROUND,
            Verdict.UNKNOWN,
            ground=doubted,
            missing=("date_of_birth_recorded", "age_claimed", "child_presumed"),
        ),
    )


@pytest.mark.parametrize(
    ("placed", "code", "to_country", "person", "stopped"),
    [
        (flag("UA", "country"), "report_hague", "UA", None, True),
        (flag("UA", "consulate"), "report_hague", "UA", None, True),
        (flag("UA", "country"), "referral_union", "FI", None, False),
        (flag(None, "authority"), "referral_union", "FI", None, True),
        (flag(None, "consulate"), "referral_union", "FI", None, False),
        (flag(None, "consulate"), "consular_papers", "FI", None, True),
        (flag(None, "family"), "family_tracing", "FI", None, True),
        (flag(None, "family"), "report_union", "FI", None, False),
        (flag(None, "person", person="uncle"), "report_union", "FI", "uncle", True),
        (flag(None, "person", person="uncle"), "report_union", "FI", None, False),
    ],
)
def test_a_flag_stops_what_would_reach_whom_it_names(
    placed: Fact, code: str, to_country: str, person: str | None, stopped: bool
):
    found = reasons((*READY, placed), code, to_country, about_person=person)
    assert (ReasonKind.FLAG in [one.kind for one in found]) is stopped


def test_a_flag_that_was_lifted_stops_nothing_any_more():
    lifted = fact("lifted", "do_not_contact_lifted", "2026-11-20", {"in_writing": True}, subject="flag")
    assert verdict(reasons((*READY, flag("FI", "country")), "referral_union", "FI")) is Verdict.STOPPED
    assert reasons((*READY, flag("FI", "country"), lifted), "referral_union", "FI") == ()


def test_what_is_missing_is_named_one_by_one():
    found = reasons((), "referral_union", "FI", contents=frozenset({"needs"}), informed=None)
    assert [one.first.id for one in found if one.first] == ["best_interests", "child_views", "guardian"]
    assert [one.content.id for one in found if one.content] == [
        *("minimum_set", "status", "exploitation", "dates", "representative")
    ]
    assert [one.kind for one in found if not one.first and not one.content] == [ReasonKind.CHILD_NOT_INFORMED]
    assert verdict(found) is Verdict.INCOMPLETE


def test_a_child_is_left_uninformed_only_with_reasons():
    assert [
        one.kind for one in reasons(READY, "referral_union", "FI", informed="not_informed_with_reason")
    ] == [ReasonKind.CHILD_NOT_INFORMED]
    given_reasons = {"informed": "not_informed_with_reason", "informed_reasons": True}
    assert reasons(READY, "referral_union", "FI", **given_reasons) == ()


@given(
    code=st.sampled_from(sorted(channel.code for channel in law_of("ee").channels)),
    scope=st.lists(
        st.sampled_from(["country", "authority", "consulate", "person", "family", "everybody_there"]),
        min_size=1,
        unique=True,
    ),
    country=st.sampled_from(["FI", "DK", "UA", "GB", "VN"]),
    rest=st.sampled_from([(), READY, ASYLUM, (*READY, *ASYLUM)]),
)
def test_a_standing_flag_on_a_country_stops_every_kind_of_request_to_it(
    code: str, scope: list[str], country: str, rest: tuple[Fact, ...]
):
    assert verdict(reasons((*rest, flag(country, *scope)), code, country)) is Verdict.STOPPED
