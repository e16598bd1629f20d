"""The harsher test room: a query that names no order comes back in a random one."""

from encircle.records.models import Agency


def test_a_query_without_an_order_is_shuffled_in_tests():
    assert "RANDOM()" in str(Agency.objects.all().query)


def test_a_query_with_an_order_keeps_it():
    assert "RANDOM()" not in str(Agency.objects.order_by("code").query)
