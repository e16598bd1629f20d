"""What is late at the board is told on the first page of who sits there; that nobody is named for the night, on the board."""

from tests.actions.test_late_concerns import hours_ago, sent_to
from tests.database import TestDatabase
from tests.web.desks import make_desk, never_there
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read


def test_my_work_leads_to_what_is_late_at_the_board(own_database: TestDatabase, as_staff: AsStaff):
    dora = make_desk(own_database, "dora").first
    never_there(own_database)
    sent_to(dora, danger=True)
    assert "concern is late" not in as_staff(dora).get("/").content.decode()
    hours_ago(own_database, 3)
    page = read(as_staff(dora).get("/").content)
    assert (page.problems, "1 concern is late: nobody has looked at it" in page.text) == ([], True)
    for address in ("/triage/", "/reports/"):
        said = read(as_staff(dora).get(address).content)
        assert "No desk is named for the hours when the others are closed." in said.text
