"""One child's path through the screens, step by step, in the order of the law: each step is a function of its own.

Where a screen is new, its step joins STEPS at its place: report, triage, case, duty met, meeting, calendar,
cross-border request, statistic. What a later step needs to know is kept in `Path`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.web.browser.walk import Walk
from tests.web.world import Staff


@dataclass(slots=True)
class Path:
    """The walk, the people of the test world and the number of the record on which they meet."""

    walk: Walk
    carla: Staff
    dmitri: Staff
    eva: Staff
    number: str


def case(path: Path) -> None:
    """Carla finds the record in her list and sees safety first, then what is due and why."""
    with path.walk.given("a day on which something waits for Carla", path.carla) as page:
        page.open("/")
        assert page.heading == "My work"
    with path.walk.given("a record in which her agency takes part", path.carla) as page:
        page.open("/records/")
        assert page.main(f'a[href="/records/{path.number}/"]').count() == 1
    with path.walk.when("she opens it", path.carla) as page:
        page.main(f'a[href="/records/{path.number}/"]').click()
        page.page.wait_for_url(f"**/records/{path.number}/")
        page.picture()
    with path.walk.then("safety stands first, and each duty has its ledger row", path.carla) as page:
        titles = page.main("h2").all_inner_texts()
        assert titles.index("Safety first") < titles.index("Duties towards this child")


def case_as_of_then(path: Path) -> None:
    """She asks how it stood before the last fact, and comes back to today."""
    with path.walk.when("she goes back by one fact", path.carla) as page:
        today = page.text
        page.follow("Previous fact")
        assert page.text != today
        assert "You are looking at" in page.text
    with path.walk.then("today is one click away", path.carla) as page:
        page.follow("Today")
        assert page.path == f"/records/{path.number}/"


def closed_to_others(path: Path) -> None:
    """Eva of another agency sees nothing of it, not even that it is there."""
    with path.walk.given("Eva has no part in it", path.eva) as page:
        page.open("/")
        assert path.number not in page.text
    with path.walk.when("she types its address", path.eva) as page:
        page.open(f"/records/{path.number}/", status=404)
    with path.walk.then("she reads what she would read of a record that is not there", path.eva) as page:
        hidden = page.text
        page.open("/records/zzzz-zzzz/", status=404)
        assert page.text == hidden


def statistic(path: Path) -> None:
    """Dmitri reads the published figures, from which no way leads to a child."""
    with path.walk.when("Dmitri opens the statistics", path.dmitri) as page:
        page.open("/statistics/")
    with path.walk.then("nothing there names the record", path.dmitri) as page:
        assert path.number not in page.page.content()


STEPS: tuple[Callable[[Path], None], ...] = (case, case_as_of_then, closed_to_others, statistic)
