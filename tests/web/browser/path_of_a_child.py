"""One child's path through the screens, step by step, in the order of the law: each step is a function of its own.

Where a screen is new, its step joins STEPS at its place: report, triage, case, duty met, meeting, calendar,
cross-border request, statistic. What a later step needs to know is kept in `Path`.
"""

import re
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


def meeting(path: Path) -> None:
    """Carla calls a meeting, her agency comes and shares, an action is agreed and done, and the paper says so."""
    with path.walk.given("the meetings of the record", path.carla) as page:
        page.open(f"/records/{path.number}/meetings/")
    with path.walk.when("Carla calls one without a day", path.carla) as page:
        page.follow("Call a meeting")
        page.press("Call the meeting", status=400)
    with path.walk.then("she is told what is missing, and names the day", path.carla) as page:
        page.fill("When is it to take place?", "24.12.2026 10:00").press("Call the meeting")
        assert page.heading == "Planning before an interview"
    with path.walk.when("she answers for her agency and shares what the others need", path.carla) as page:
        page.press("Comes").follow("Share what the others need")
        page.fill("What do the others need for their task?", "Can be heard in the morning.")
        page.fill("On which legal basis does your agency share this?", "Child protection law, § 27")
        page.tick("What every agency of the case needs: safety, language, who to call").press("Share")
    with path.walk.when("an action is agreed", path.carla) as page:
        page.follow("Agree on an action").fill("What is to be done?", "Book the interpreter")
        page.page.get_by_label("Which agency does it?").select_option(index=1)
        page.fill("By when?", "20.12.2026").press("Put it into the plan")
    with path.walk.then("it is late or to be done, until she says that it is done", path.carla) as page:
        page.follow(re.compile("Say what became of it")).tick("Done").press("Save")
        assert "Say what became of it" not in page.text
    with path.walk.when("it took place, and the minutes are written", path.carla) as page:
        page.follow("It took place: who was there?").press("Save")
        page.follow("Write the minutes")
        page.fill("What was decided, and for which reasons (optional)", "One interview.")
        page.press("Save the minutes")
    with path.walk.then("the paper holds all of it", path.carla) as page:
        page.follow("Print view")
        assert [words in page.text for words in ("Held", "Book the interpreter", "One interview.")] == [
            True
        ] * 3


def calendar(path: Path) -> None:
    """The dates of all proceedings side by side, in three ways; and what is ahead of the whole agency."""
    with path.walk.given("the calendar of the record", path.carla) as page:
        page.open(f"/records/{path.number}/calendar/")
    with path.walk.when("Carla looks at the month", path.carla) as page:
        page.follow("Month")
    with path.walk.then("the months beside it are one click away", path.carla) as page:
        page.follow("Next month")
    with path.walk.then("the calendar of her agency lists its own records", path.carla) as page:
        page.open("/calendar/")


def cross_border(path: Path) -> None:
    """Carla asks Finland step by step; a flag set meanwhile stops the request at the moment of sending."""
    with path.walk.given("nothing was asked of another country yet", path.carla) as page:
        page.open(f"/records/{path.number}/cross-border/")
    with path.walk.when(
        "Carla says what is needed, where, and looks at the way of the law", path.carla
    ) as page:
        page.follow("New request").tick("Refer the child as a victim").press("Continue")
        page.choose("Country", "Finland").press("Continue")
        page.tick("Referral of a victim to the focal point of another Member State").press("Continue")
        page.tick("What the child needs").press("Continue")
    with path.walk.then("nothing forbids it, and it is put on record as prepared", path.carla) as page:
        assert "Nothing on record forbids it" in page.text
        page.press("Continue").tick("Yes, in words that the child understands").press("Continue")
        page.press("Save as prepared")
        assert "Prepared, not sent" in page.text
        page.follow("Cover sheet to print")
    with path.walk.when("a flag is set on that country", path.carla) as page:
        page.open(f"/records/{path.number}/cross-border/").follow("Set a do-not-contact flag")
        page.tick("Anybody in that country").choose("Which country? (optional)", "Finland")
        page.tick("It would put the child at risk").press("Set the flag")
    with path.walk.then("it must not go any more, and the page says what to do instead", path.carla) as page:
        page.follow(re.compile("^Refer the child as a victim")).follow("Check and send")
        assert ["This must not go" in page.text, "What to do instead:" in page.text] == [True, True]
        assert page.main('button[value="send"]').count() == 0


def statistic(path: Path) -> None:
    """Dmitri reads the published figures, from which no way leads to a child."""
    with path.walk.when("Dmitri opens the statistics", path.dmitri) as page:
        page.open("/statistics/")
    with path.walk.then("nothing there names the record", path.dmitri) as page:
        assert path.number not in page.page.content()


STEPS: tuple[Callable[[Path], None], ...] = (
    case,
    case_as_of_then,
    closed_to_others,
    meeting,
    calendar,
    cross_border,
    statistic,
)
