"""The people of the synthetic country: 66 posts at 18 agencies, held by the same people for the same seed."""

from collections import Counter
from itertools import islice

import pytest
from pytest_django import Settings

from encircle.actions.demonstration import add_country, agree_in_country
from encircle.actions.post import demonstration_posts
from encircle.actions.sharing import sharing_agreements
from encircle.actions.synthetic import AGENCIES, NATIONAL, REGIONS, synthetic_cases, synthetic_people
from encircle.core.sharing import AgreementState
from encircle.host.database import DatabaseRole
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role
from tests.database import TestDatabase


@pytest.mark.parametrize("seed", range(20))
def test_sixty_six_people_of_different_names_and_logins_hold_posts_at_every_agency(seed: int):
    people = synthetic_people(seed)
    assert len(people) == 66
    assert len({person.login for person in people}) == 66
    assert len({f"{person.given_name} {person.surname}" for person in people}) == 66
    at = Counter(person.agency for person in people)
    assert at == {agency: 3 if agency in NATIONAL.values() else 4 for agency in AGENCIES}
    assert Counter(person.region for person in people) == {**dict.fromkeys(REGIONS, 16), None: 18}


def test_the_same_seed_makes_the_same_people_and_another_one_gives_the_same_posts_to_others():
    assert synthetic_people(7) == synthetic_people(7)
    assert synthetic_people(7) != synthetic_people(8)
    for one, other in zip(synthetic_people(7), synthetic_people(8), strict=True):
        assert (one.post, one.role, one.agency) == (other.post, other.role, other.agency)


def test_carla_and_dmitri_are_found_in_each_region_whatever_the_seed():
    for seed in range(5):
        logins = {person.login for person in synthetic_people(seed)}
        assert {f"{name}.{region}" for name in ("carla", "dmitri") for region in REGIONS} <= logins


def test_a_child_is_known_to_those_who_said_something_and_to_whom_it_concerns_and_to_no_others():
    for case in islice(synthetic_cases(1), 60):
        told = {fact.type for fact in case.facts}
        taking, said = set(case.agencies), {fact.agency for fact in case.facts}
        assert next(iter(case.agencies)).startswith("country:social-")
        assert {agency for fact in case.facts for agency in (one.agency for one in fact.learnt)} <= taking
        assert taking - said <= {*NATIONAL.values(), next(iter(case.agencies))}
        assert (NATIONAL["prosecutor"] in taking) == ("proceeding_opened" in told)
        assert (NATIONAL["guardianship"] in taking) == ("guardian_requested" in told)
        assert (NATIONAL["asylum"] in taking) == ("asylum_wish_expressed" in told)
        regional = taking - set(NATIONAL.values())
        assert len({agency.partition("-")[2] for agency in regional}) == 1


def test_each_agency_works_on_some_of_the_first_thirty_children_and_none_on_all():
    works_on = Counter(agency for case in islice(synthetic_cases(1), 30) for agency in case.agencies)
    assert set(works_on) == set(AGENCIES) - {NATIONAL["ministry"], NATIONAL["ombudsperson"]}
    assert max(works_on.values()) < 30


def test_the_country_is_added_once_and_posts_stay_with_those_who_hold_them(
    own_database: TestDatabase, settings: Settings
):
    settings.DEMO = True
    with own_database.used_as(DatabaseRole.JOBS):
        assert (add_country(1), add_country(1), add_country(2)) == (66, 0, 0)
    posts = demonstration_posts()
    names = {f"{person.given_name} {person.surname}" for person in synthetic_people(1)}
    assert {post.name for post in posts} == names
    assert [post.region for post in posts] == sorted(["east", "north", "west"] * 16) + [None] * 18


def test_two_agencies_have_agreed_and_another_agreement_waits_for_its_second_signature(
    own_database: TestDatabase, settings: Settings
):
    settings.DEMO = True
    with own_database.used_as(DatabaseRole.JOBS):
        add_country(1)
    assert (agree_in_country(1), agree_in_country(1)) == (2, 0)
    (police,) = (
        one
        for one in demonstration_posts()
        if (one.region, one.agency, one.who.role) == ("east", "Police, east", Role.SUPERVISOR)
    )
    listed = sharing_agreements(police.who)
    told = {
        (one.agreement.giver_name, one.agreement.taker_name): (one.state, one.may_sign)
        for one in listed.items
    }
    assert told == {
        ("Police, east", "Hospital, east"): (AgreementState.RUNS, False),
        ("Hospital, east", "Police, east"): (AgreementState.WAITS, True),
    }


def test_outside_a_demonstration_nobody_agrees(database: TestDatabase):
    with pytest.raises(Refused) as refused:
        agree_in_country(1)
    assert refused.value.code == "demo_only"


def test_outside_a_demonstration_no_country_is_added(database: TestDatabase):
    with pytest.raises(Refused) as refused:
        add_country(1)
    assert refused.value.code == "demo_only"
