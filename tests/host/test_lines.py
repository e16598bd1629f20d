"""Lines that bring nothing: given up where others need their place, never one that goes on or that waits for us."""

from encircle.host.lines import FEW_BYTES, SILENT_SECONDS, WINDOW_SECONDS, InHand, Line, to_give_up


def line(*, moved: int, lately: int, still: float = 0.0, heard: float = 0.0) -> Line:
    """One that was there for the whole window, seen at instant 0."""
    made = Line(-still, moved=moved, heard_seconds=heard)
    made.before.extend([moved - lately, *[moved] * WINDOW_SECONDS])
    return made


def test_while_there_is_room_only_what_was_still_for_two_minutes_goes():
    silent, tunnel = (
        line(moved=9, lately=0, still=SILENT_SECONDS),
        line(moved=9, lately=0, still=SILENT_SECONDS - 1),
    )
    going = line(moved=10**6, lately=FEW_BYTES)
    assert to_give_up([silent, tunnel, going], places=10, in_hand=(), at=0.0) == {silent}


def test_where_places_are_few_the_least_go_first_until_half_are_free_and_none_that_goes_on():
    going = [line(moved=10**6, lately=FEW_BYTES) for _ in range(4)]
    new = Line(0.0)
    drip, nothing, stalled = line(moved=50, lately=5), line(moved=0, lately=0), line(moved=10**6, lately=0)
    lines = [*going, new, drip, stalled, nothing]
    assert to_give_up(lines, places=10, in_hand=(), at=0.0) == {nothing, stalled, drip}
    assert to_give_up(lines, places=11, in_hand=(), at=0.0) == set(), "a quarter is free"
    assert to_give_up([*lines[:6], nothing, stalled], places=10, in_hand=(), at=0.0) == {
        nothing,
        stalled,
        drip,
    }
    assert to_give_up([*going[:2], drip, stalled, nothing, new], places=8, in_hand=(), at=0.0) == {
        nothing,
        stalled,
    }
    assert to_give_up([*going, *going], places=8, in_hand=(), at=0.0) == set(), "whoever goes on stays"


def test_while_the_disk_is_short_of_room_long_bodies_that_stand_still_go():
    stands, going = line(moved=10**8, lately=0, still=9), line(moved=10**8, lately=FEW_BYTES)
    words = line(moved=7000, lately=0, still=9)
    asked = {"places": 1000, "in_hand": (), "at": 0.0}
    assert to_give_up([stands, going, words], **asked) == set()
    assert to_give_up([stands, going, words], **asked, short_of_disk=True) == {stands}


def test_a_line_whose_answer_is_being_made_is_never_given_up():
    waits = line(moved=400, lately=0, still=9, heard=9.0)
    sent_now = line(moved=800, lately=400, heard=0.2)
    others = [line(moved=0, lately=0, still=20, heard=20.0) for _ in range(6)]
    assert to_give_up([waits], places=1, in_hand=(), at=0.0) == {waits}, "so that it could be"
    assert to_give_up([waits, sent_now, *others], places=8, in_hand=(8.8, 0.1), at=0.0) == set(others[:4])


def test_dripping_bytes_do_not_pass_for_a_request():
    drips = [line(moved=60, lately=WINDOW_SECONDS, heard=0.3) for _ in range(8)]
    assert to_give_up(drips, places=8, in_hand=(0.2, 0.1), at=0.0) == set(drips[:4])


def test_what_is_in_hand_is_so_until_its_answer_has_left():
    now = [10.0]
    hand = InHand(clock=lambda: now[0])
    with hand.one():
        now[0] = 14.0
        assert hand.seconds() == (4.0,)
    now[0] = 15.5
    assert hand.seconds() == (5.5,)
    now[0] = 16.5
    assert hand.seconds() == ()
