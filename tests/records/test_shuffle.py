"""The tests themselves: a query without an order comes back in a random one; one with an order keeps it."""

from encircle.records.models import Agency
from tests.records.world import Actor, make_actor


def test_a_query_without_an_order_is_shuffled_and_one_with_an_order_is_not(carla: Actor):
    agencies = [make_actor("ngo").agency for _ in range(8)]
    wanted = Agency.objects.filter(id__in=agencies)
    seen = {tuple(str(agency.id) for agency in wanted.all()) for _ in range(12)}
    assert len(seen) > 1
    assert {tuple(str(agency.id) for agency in wanted.order_by("id")) for _ in range(4)} == {
        tuple(sorted(agencies))
    }
    assert wanted.count() == 8
    assert wanted.exists()
    assert wanted.values("role").distinct().count() == 1
