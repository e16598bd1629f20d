"""Bodies of the test world that answer complaints: an ombudsperson's office, with two people who hold its key."""

from encircle.vocabulary.role import Role
from tests.web.desks import DeskStaff, give_keys
from tests.web.world import colleague_of, make_staff


def make_body(name: str) -> DeskStaff:
    """An agency that answers complaints."""
    first = make_staff(name, Role.OMBUDSPERSON)
    body = DeskStaff(first, colleague_of(first))
    give_keys(body.first, body.second)
    return body
