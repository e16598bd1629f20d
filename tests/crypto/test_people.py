"""What sealing to people promises: its one key opens it, in its place, whole; a passphrase costs what it should."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.crypto.people import (
    CHEAP,
    PROPER,
    PUBLIC_BYTES,
    Cost,
    CostRefused,
    KeyPair,
    bound_to,
    held,
    hold,
    lock,
    open_with,
    seal_to,
    unlock,
)
from encircle.crypto.sealed import SealBroken

MINE, THEIRS = KeyPair.new(), KeyPair.new()
PARTS = st.lists(st.text(max_size=12), min_size=4, max_size=4)


def here(parts: list[str]) -> bytes:
    """Purpose, authority, child, fact."""
    return bound_to(*parts)


@settings(max_examples=60)
@given(st.binary(max_size=200), PARTS)
def test_what_was_sealed_to_a_key_opens_with_it_in_its_place(plain: bytes, parts: list[str]) -> None:
    blob = seal_to(MINE.public, plain, bound=here(parts))
    assert open_with(MINE, blob, bound=here(parts)) == plain
    assert len(plain) < 8 or plain not in blob


@settings(max_examples=60)
@given(PARTS, PARTS)
def test_another_purpose_authority_child_or_fact_opens_nothing(parts: list[str], others: list[str]) -> None:
    blob = seal_to(MINE.public, b"key", bound=here(parts))
    if others == parts:
        assert open_with(MINE, blob, bound=here(others)) == b"key"
    else:
        with pytest.raises(SealBroken):
            open_with(MINE, blob, bound=here(others))


@settings(max_examples=40)
@given(st.lists(st.text(max_size=5), min_size=2, max_size=5))
def test_parts_that_read_alike_in_a_row_are_different_places(parts: list[str]) -> None:
    joined = [parts[0] + parts[1], *parts[2:]]
    assert bound_to("key", *parts) != bound_to("key", *joined)


def test_another_key_opens_nothing() -> None:
    blob = seal_to(MINE.public, b"key", bound=b"here")
    with pytest.raises(SealBroken):
        open_with(THEIRS, blob, bound=b"here")


def test_both_halves_of_the_key_are_needed() -> None:
    blob = seal_to(MINE.public, b"key", bound=b"here")
    for private in (MINE.private[:64] + THEIRS.private[64:], THEIRS.private[:64] + MINE.private[64:]):
        with pytest.raises(SealBroken):
            open_with(KeyPair.of(private), blob, bound=b"here")


@given(st.integers(min_value=0))
def test_no_flipped_bit_goes_unseen(at: int) -> None:
    blob = bytearray(seal_to(MINE.public, b"key", bound=b"here"))
    at %= len(blob) * 8
    blob[at // 8] ^= 1 << at % 8
    with pytest.raises(SealBroken):
        open_with(MINE, bytes(blob), bound=b"here")


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01" * 1300, b"\x02" * 1300])
def test_what_is_no_seal_gets_the_same_refusal(blob: bytes) -> None:
    with pytest.raises(SealBroken):
        open_with(MINE, blob, bound=b"here")


@pytest.mark.parametrize("public", [b"", b"\xff" * PUBLIC_BYTES, b"\x00" * (PUBLIC_BYTES - 1)])
def test_nothing_is_sealed_to_what_is_no_key(public: bytes) -> None:
    with pytest.raises(SealBroken):
        seal_to(public, b"key", bound=b"here")


def test_a_pair_is_found_again_from_its_private_half_and_never_shows_it() -> None:
    assert KeyPair.of(MINE.private) == MINE
    assert str(MINE.private)[2:-1] not in repr(MINE)
    assert MINE.public != THEIRS.public


def test_a_passphrase_opens_what_it_locked_and_another_does_not() -> None:
    blob = lock(MINE, "a long road home", bound=b"carla", cost=CHEAP, cheap_is_allowed=True)
    assert unlock(blob, "a long road home", bound=b"carla", cheap_is_allowed=True) == MINE
    for passphrase, bound in (
        ("A long road home", b"carla"),
        ("a long road home", b"dmitri"),
        ("", b"carla"),
    ):
        with pytest.raises(SealBroken):
            unlock(blob, passphrase, bound=bound, cheap_is_allowed=True)


def test_the_price_of_a_demonstration_is_refused_elsewhere() -> None:
    with pytest.raises(CostRefused):
        lock(MINE, "a long road home", bound=b"carla", cost=CHEAP)
    blob = lock(MINE, "a long road home", bound=b"carla", cost=CHEAP, cheap_is_allowed=True)
    with pytest.raises(CostRefused):
        unlock(blob, "a long road home", bound=b"carla")


def test_the_proper_price_is_paid_and_opens_anywhere() -> None:
    blob = lock(MINE, "a long road home", bound=b"carla", cost=PROPER)
    assert unlock(blob, "a long road home", bound=b"carla") == MINE
    assert Cost(memory=65_536, rounds=3, lanes=4) == PROPER
    assert CHEAP.is_cheap
    assert not PROPER.is_cheap


@pytest.mark.parametrize("at", range(12))
def test_nobody_who_writes_into_the_row_sets_the_price(at: int) -> None:
    blob = bytearray(lock(MINE, "a long road home", bound=b"carla", cost=CHEAP, cheap_is_allowed=True))
    blob[at] ^= 0x80
    with pytest.raises(SealBroken):
        unlock(bytes(blob), "a long road home", bound=b"carla", cheap_is_allowed=True)


def test_a_visit_holds_a_key_for_its_own_session_only() -> None:
    blob = hold(MINE, "session-one", bound=b"carla")
    assert held(blob, "session-one", bound=b"carla") == MINE
    for session, bound in (("session-two", b"carla"), ("session-one", b"dmitri"), ("", b"carla")):
        with pytest.raises(SealBroken):
            held(blob, session, bound=bound)


def test_a_planted_seal_without_its_place_is_caught() -> None:
    planted = seal_to(MINE.public, b"key", bound=b"")
    with pytest.raises(SealBroken):
        open_with(MINE, planted, bound=here(["share", "agency", "aino", "fact"]))
