"""One child's path through the screens, step by step, in the order of the law: each step is a function of its own.

What a later step needs to know is kept in `Path`. Nothing is loaded beforehand: all that stands on record is typed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from encircle.host.clock import now
from tests.web.browser.screen import Screen
from tests.web.browser.walk import Walk
from tests.web.world import Staff

WORDS = "The boy sleeps where the goods are kept."
ANSWER = "Seen there twice."


@dataclass(slots=True)
class Path:
    """The walk, the people of the test world, and the numbers that they are given on the way."""

    walk: Walk
    rosa: Staff
    carla: Staff
    dmitri: Staff
    eva: Staff
    release: Callable[[], None]
    concern: str = ""
    number: str = ""


def report(path: Path) -> None:
    """Rosa, a teacher, says what she noticed; it reaches Carla's agency and comes with a number."""
    with path.walk.given("Rosa has noticed something", path.rosa) as page:
        page.open("/").follow("Report a concern about a child")
    with path.walk.when("she forgets to say whether there is danger", path.rosa) as page:
        page.fill("What did you see or hear?", WORDS).press("Send the concern", status=422)
        assert page.page.get_by_label("What did you see or hear?", exact=True).input_value() == WORDS
    with path.walk.when("she says it and sends it to those who decide", path.rosa) as page:
        page.tick("No").choose("Who gets it?", "The agency of carla").press("Send the concern")
    with path.walk.then("it has arrived, and she reads who has it and under which number", path.rosa) as page:
        assert page.heading == "Your concern has arrived"
        assert "The agency of carla" in page.text
        path.concern = page.path.split("/")[2]


def triage(path: Path) -> None:
    """Carla asks the police, who answer on their own basis; then she decides what follows."""
    with path.walk.given("the concern waits on Carla's board", path.carla) as page:
        page.open("/triage/")
        assert path.concern in under(page, "To look at")
    with path.walk.given("the police do not see it yet", path.dmitri) as page:
        page.open(f"/triage/{path.concern}/", status=404)
    with path.walk.when("Carla asks what they know", path.carla) as page:
        page.follow(re.compile(path.concern))
        assert WORDS in page.text
        page.choose("Which agency?", "The agency of dmitri").press("Ask this agency")
        assert "has not answered yet" in page.text
    with path.walk.when("Dmitri answers on the basis of his own law", path.dmitri) as page:
        page.open("/triage/").follow(re.compile(path.concern)).follow("Say what your agency knows")
        page.check()
        page.tick("We know something").fill("What do you know? (optional)", ANSWER)
        page.fill("On which legal basis does your agency say or withhold it?", "Police Act, section 7")
        page.press("Send the answer")
    with path.walk.then("Carla reads it beside the concern", path.carla) as page:
        page.open(f"/triage/{path.concern}/")
        assert f"We know something · {ANSWER} · Police Act, section 7" in page.text
    with path.walk.when("she decides with her reasons", path.carla) as page:
        page.tick("The child may be a victim of trafficking: open a case")
        page.tick("Urgent: within the next days").fill("Why?", "He is kept from going home.")
        page.press("Save the decision")
    with path.walk.then("it is decided and waits to be begun", path.carla) as page:
        assert "Begin what was decided" in page.text
        page.open("/triage/")
        assert path.concern in under(page, "To be begun")


def opening(path: Path) -> None:
    """Carla opens the case from the concern, of which nothing is typed again; the police take part."""
    with path.walk.given("the concern that was decided", path.carla) as page:
        page.follow(re.compile(path.concern)).follow("Open a case")
        assert page.main("textarea").count() == 0
    with path.walk.when("she says what is known of the child and who takes part", path.carla) as page:
        page.fill("Name that the child uses (optional)", "Aino")
        page.fill("Age in years, as the child says (optional)", "15").tick("The agency of dmitri")
        page.press("Continue")
        path.number = page.path.split("/")[2]
    with path.walk.then(
        "the case is there, led by her, and the concern has left the board", path.carla
    ) as page:
        assert page.path == f"/records/{path.number}/"
        page.open(f"/records/{path.number}/people/")
        assert "Leads the case" in page.text
        page.open("/triage/")
        assert path.concern not in page.text
    with path.walk.then("the police find the case among their records", path.dmitri) as page:
        page.open("/records/")
        assert page.main(f'a[href="/records/{path.number}/"]').count() == 1


def duty_met(path: Path) -> None:
    """What is due stands on Carla's list with the form that meets it; once it is saved, the duty is met."""
    due = "Information that the child understands"
    with path.walk.given("a duty waits on Carla's list, and is open in the ledger", path.carla) as page:
        page.open(f"/?child={path.number}")
        assert due in page.text
    with path.walk.when("she follows the way that the list offers", path.carla) as page:
        page.main("article, li.task", has_text=due).locator("a.way", has_text="Tell the child").first.click()
        page.page.wait_for_url("**/record/tell-the-child/")
        page.picture()
        page.press("Continue", status=400)
    with path.walk.when("she says what the child was told, and looks at it again", path.carla) as page:
        page.tick("Rights").tick("Talk").tick("Fully").press("Continue")
        assert page.heading == "Check your answers"
    with path.walk.then("it is saved, and the ledger says that the duty is met", path.carla) as page:
        page.press("Save")
        assert page.path == f"/records/{path.number}/"
        assert page.main('.duty.met[id^="duty-D02a"]').count() == 1
    with path.walk.then("it has left the list", path.carla) as page:
        page.open(f"/?child={path.number}")
        assert due not in page.text


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
    """She asks how it stood on the day before, goes on to the first fact, and comes back to today."""
    yesterday = (now() - timedelta(days=1)).date()
    with path.walk.when("she asks for the day before anything was told", path.carla) as page:
        page.main("summary", has_text="Choose another day or another knowledge").click()
        page.fill("As of", yesterday.isoformat()).press("Show")
        looking_at(page, f"{yesterday.day} {yesterday:%B %Y}")
        assert page.main('.duty.met[id^="duty-D02a"]').count() == 0
    with path.walk.when("she goes on to the first fact", path.carla) as page:
        before = page.page.url
        page.follow("Next fact")
        page.page.wait_for_url(lambda url: url != before)
        assert "No fact before" in page.text
    with path.walk.then("today is one click away", path.carla) as page:
        page.follow("Today")
        looking_at(page, "today")
        assert page.main('.duty.met[id^="duty-D02a"]').count() == 1


def closed_to_others(path: Path) -> None:
    """Eva of another agency sees nothing of it, not even that it is there."""
    with path.walk.given("Eva has no part in it", path.eva) as page:
        for address in ("/", "/records/", "/calendar/"):
            page.open(address)
            assert [number in page.page.content() for number in (path.concern, path.number)] == [False, False]
    with path.walk.when("she types its address", path.eva) as page:
        page.open(f"/records/{path.number}/", status=404)
    with path.walk.then("she reads what she would read of a record that is not there", path.eva) as page:
        hidden = page.text
        page.open("/records/zzzz-zzzz/", status=404)
        assert page.text == hidden
        for part in ("meetings/", "calendar/", "cross-border/", "facts/", "looks/"):
            page.open(f"/records/{path.number}/{part}", status=404)
            assert page.text == hidden
        page.open(f"/concerns/{path.concern}/", status=404)


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
    with path.walk.given("the figures of the quarter are published", path.dmitri) as page:
        path.release()
        page.open("/statistics/")
    with path.walk.when("Dmitri opens a table", path.dmitri) as page:
        page.main("section.card li a").first.click()
        page.page.wait_for_url("**/statistics/*/")
        page.picture()
    with path.walk.then("nothing there names the record, and no figure is small", path.dmitri) as page:
        cells = page.main("td").all_inner_texts()
        assert {int(cell) % 5 if cell.isdigit() else 0 for cell in cells} == {0}
        assert [number in page.page.content() for number in (path.concern, path.number)] == [False, False]


def looking_at(page: Screen, day: str) -> None:
    """Wait until the page says that it shows that day."""
    page.page.get_by_role("heading", name=f"You are looking at {day}").wait_for()


def under(page: Screen, title: str) -> str:
    """What stands on the board below that heading."""
    return page.main(
        "section", has=page.page.get_by_role("heading", name=re.compile(f"^{title}"))
    ).inner_text()


STEPS: tuple[Callable[[Path], None], ...] = (
    report,
    triage,
    opening,
    duty_met,
    case,
    case_as_of_then,
    meeting,
    calendar,
    cross_border,
    statistic,
    closed_to_others,
)
