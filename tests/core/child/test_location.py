"""Where the child is, and among whom: missing before all, then detained, then what was last told."""

import pytest

from encircle.vocabulary.moment import parse_span
from encircle.vocabulary.unknown import Unknown
from tests.core.child.world import changed, derived, told
from tests.core.world import ZONE, fact


@pytest.mark.parametrize(
    ("facts", "since"),
    [
        ((("missing_reported", "2026-03-05"),), "2026-03-05"),
        ((("missing_noticed", "2026-03-04"), ("missing_reported", "2026-03-05")), "2026-03-04"),
        ((("missing_police_reported", "2026-03-03"), ("missing_reported", "2026-03-05")), "2026-03-03"),
    ],
)
def test_a_child_is_missing_since_it_was_first_noticed_or_reported(
    facts: tuple[tuple[str, str], ...], since: str
):
    record = [told(f"f{n}", of, day, subject="m") for n, (of, day) in enumerate(facts)]
    assert changed(*record) == {
        "missing_now": True,
        "missing_since": parse_span(since, ZONE),
        "location": "missing",
    }


def test_of_two_that_are_open_the_child_is_missing_since_the_first():
    facts = [
        told(name, "missing_reported", day, subject=name)
        for name, day in (("a", "2026-03-09"), ("b", "2026-03-05"))
    ]
    assert derived(*facts)["missing_since"] == facts[1].happened


@pytest.mark.parametrize(
    ("types", "location"),
    [
        (("missing_located", "transfer_carried_out"), "located"),
        (("missing_returned", "missing_located"), "returned"),
        (("missing_returned", "transfer_carried_out"), "returned"),
        (("placement_started", "transfer_carried_out"), "placed"),
        (("placement_started", "missing_located"), "placed"),
        (("placement_started", "missing_returned"), "placed"),
    ],
)
def test_of_two_places_told_for_one_time_the_one_further_on_the_way_home_counts(
    types: tuple[str, str], location: str
):
    """Back is further on than found, found than abroad; a home is the furthest."""
    facts = [
        told(f"f{n}", of, "2026-03-02", subject="m" if of.startswith("missing") else f"s{n}")
        for n, of in enumerate(types)
    ]
    assert derived(*facts)["location"] == location


def test_who_is_detained_is_there_and_not_where_it_was_placed():
    placed, detained = (
        told("p", "placement_started", subject="p", placement_kind="foster"),
        told("d", "detention_started", subject="d"),
    )
    assert changed(placed, detained) == {
        "placed": True,
        "placed_with_adults": Unknown("placement.adults_present is not on record", ("placement_started",)),
        "detained": True,
        "location": "detained",
        "placements_made": 1,
    }


@pytest.mark.parametrize(
    ("kind", "adults", "with_adults"),
    [
        ("adult_reception_centre", None, True),
        ("adult_reception_centre", False, True),
        ("childrens_home", None, False),
        ("minors_reception_centre", None, False),
        ("orphanage", None, False),
        ("childrens_home", True, True),
        ("childrens_home", False, False),
        ("foster", True, True),
        ("foster", False, False),
        ("foster", None, Unknown("placement.adults_present is not on record", ("placement_started",))),
    ],
)
def test_a_child_among_adult_strangers_is_told(kind: str, adults: bool | None, with_adults: bool | Unknown):
    said = {"placement_kind": kind, **({} if adults is None else {"adults_present": adults})}
    assert derived(fact("p", "placement_started", "2026-03-02", said))["placed_with_adults"] == with_adults


def test_the_latest_of_two_placements_says_whether_there_are_adults():
    """The later one ended the one before, in whatever order they entered the record."""
    home = told("a", "placement_started", "2026-03-09", subject="a", placement_kind="childrens_home")
    centre = told(
        "b", "placement_started", "2026-03-02", subject="b", placement_kind="adult_reception_centre"
    )
    for facts in ((home, centre), (centre, home)):
        assert derived(*facts)["placed_with_adults"] is False


def test_the_end_of_a_placement_does_not_bring_back_the_one_before():
    """It ended when the new one began, though nobody recorded that: where the child is now, nobody has told."""
    centre = told(
        "a", "placement_started", "2026-03-02", subject="a", placement_kind="adult_reception_centre"
    )
    home = told("b", "placement_started", "2026-03-09", subject="b", placement_kind="childrens_home")
    left = told("c", "placement_ended", "2026-03-12", subject="b")
    assert changed(centre, home, left) == {"placements_made": 2}
    back = told("d", "placement_started", "2026-03-13", subject="a", placement_kind="adult_reception_centre")
    assert changed(centre, home, left, back) == {
        "placed": True,
        "placed_with_adults": True,
        "location": "placed",
        "placements_made": 2,
    }
