"""What each role comes for, as one short walk, and what it does not see on the way. The record is Aino's.

`Round` holds the walk and those who take part. Each walk ends with what must not be read by who walks it: that it
could have been read stands in the walk of another role.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.web.browser.crawl import fetch
from tests.web.browser.screen import Screen
from tests.web.browser.walk import Walk
from tests.web.desk.test_what_is_open import NAME, WORDS
from tests.web.world import Staff

STREET, NEED = "Linden Street 4", "She does not sleep."
LOUD = "A girl is never alone."
PAGES = ("facts/", "people/", "meetings/", "calendar/")


@dataclass(slots=True)
class Round:
    """The walk, the number of the record, and somebody of each role that takes part in it."""

    walk: Walk
    number: str
    carla: Staff
    lena: Staff
    dmitri: Staff
    bo: Staff
    rosa: Staff
    hugo: Staff
    kati: Staff
    hanna: Staff

    @property
    def home(self) -> str:
        """The address of the record."""
        return f"/records/{self.number}/"


def read_all(page: Screen, home: str) -> str:
    """All that the server tells whoever looks on the pages of a record; words of the field at their foot tell of nobody."""
    told = [page.open(home).page.content()]
    for part in PAGES:
        answer = fetch(page.site.address, home + part, page.cookies)
        if answer.status == 200 and answer.page is not None:
            told.append(answer.page.decode())
    return re.sub(
        r'<details class="fold"><summary>Words on this page.*?</details>',
        "",
        "\n".join(told),
        flags=re.DOTALL,
    )


def refused(page: Screen, *addresses: str) -> None:
    """These pages are refused with a reason and a way on, and no link leads to them."""
    for address in addresses:
        assert page.page.locator(f'a[href="{address}"]').count() == 0
        page.open(address, status=403)
        assert "You cannot do this here" in page.text


def social_worker(of: Round) -> None:
    """Carla says where Aino sleeps tonight; the address is open to her, health is not."""
    with of.walk.given("what is due to Aino stands on Carla's list, with the reason", of.carla) as page:
        page.open("/")
        assert ["Individual assessment" in page.text, "Why:" in page.text] == [True, True]
    with of.walk.when("she records where Aino sleeps tonight", of.carla) as page:
        page.open(f"{of.home}record/").follow("Where the child sleeps tonight")
        page.fill("The address (optional)", STREET).choose("What kind", "Shelter").press("Continue")
        assert page.heading == "Check your answers"
        page.press("Save")
    with of.walk.then("it is saved and stands on the record", of.carla) as page:
        assert "Saved" in page.main("section.notice").inner_text()
        assert STREET in read_all(page, of.home)
    with of.walk.given("a nurse has noted a need", of.hugo) as page:
        note_need(page, of.home)
    with of.walk.then("what the nurse wrote stays with health", of.carla) as page:
        assert NEED not in read_all(page, of.home)


def triage_member(of: Round) -> None:
    """Hanna looks at a concern with danger; what she would close waits for a second person; no record opens to her."""
    with of.walk.given("a teacher tells of danger", of.rosa) as page:
        page.open("/concerns/new/").fill("What did you see or hear?", LOUD)
        page.tick("Yes").choose("Who gets it?", "The agency of hanna").press("Send the concern")
        concern = page.path.split("/")[2]
    with of.walk.when("Hanna comes to the board", of.hanna) as page:
        page.open("/triage/")
        assert "Danger now" in page.text
        page.main(f'a[href="/triage/{concern}/"] .number').click()
        page.page.wait_for_url(f"**/triage/{concern}/")
        assert LOUD in page.text
    with of.walk.when("she asks the police and decides that nothing follows", of.hanna) as page:
        page.choose("Which agency?", "The agency of dmitri").press("Ask this agency")
        page.tick("Nothing follows (a second person has to confirm it)").tick("Planned: with a date")
        page.fill("Why?", "Her aunt brings her.").press("Save the decision")
    with of.walk.then("it waits on the board for a second person", of.hanna) as page:
        page.open("/triage/")
        assert concern in page.text
    with of.walk.when("a police officer agrees, with reasons", of.dmitri) as page:
        page.open(f"/triage/{concern}/").tick("Yes, I agree")
        page.fill("Why?", "We know the aunt.").press("Save as second person")
    with of.walk.then("it has left the board", of.hanna) as page:
        page.open("/triage/")
        assert concern not in page.text
    with of.walk.then("Aino's record is not there for her", of.hanna) as page:
        page.open(of.home, status=404)


def case_lead(of: Round) -> None:
    """Lena sees every duty and who has looked; she lets an agency take part and ends its part."""
    with of.walk.given("Lena opens the record", of.lena) as page:
        page.open(of.home)
        assert page.main(".duty").count() > 5
    with of.walk.when("she lets a triage team take part", of.lena) as page:
        page.follow("People").choose("Which agency?", "The agency of hanna")
        page.fill("On which legal basis?", "Child Protection Act 31").press("Let it take part")
        assert "It stands on record now." in page.text
    with of.walk.then("Hanna finds the record", of.hanna) as page:
        page.open(of.home)
        assert NAME in page.text
    with of.walk.when("she ends that part", of.lena) as page:
        page.open(f"{of.home}people/").press(re.compile("End this part.*hanna"))
    with of.walk.then("it is gone for Hanna, and nothing says that it is there", of.hanna) as page:
        page.open(of.home, status=404)
    with of.walk.then("that Hanna looked stands in the journal", of.lena) as page:
        page.open(of.home).follow("Who has looked")
        assert "The agency of hanna" in page.main("table").inner_text()
    with of.walk.then("the words of the account stay with those who need them", of.lena) as page:
        assert WORDS not in read_all(page, of.home)


def coordinator(of: Round) -> None:
    """Kati reads numbers and figures, and no name; the pages about the child are closed to her."""
    with of.walk.given("Kati's list names no child", of.kati) as page:
        page.open("/records/")
        assert [of.number in page.text, NAME in page.page.content()] == [True, False]
    with of.walk.when("she opens one", of.kati) as page:
        page.main(f'a[href="{of.home}"]').first.click()
        page.page.wait_for_url(f"**{of.home}")
    with of.walk.then("it shows how many duties are open, and says that it shows no more", of.kati) as page:
        assert "Your role sees figures and its own duties here" in page.text
        assert page.main("header .tag").count() > 0
        assert "not known\n" not in page.main("header").inner_text()
        assert NAME not in page.page.content()
    with of.walk.then("the way of her work leads to the published figures", of.kati) as page:
        page.follow("Statistics")
        assert page.heading == "Statistics"
    with of.walk.then("what is about the child is refused with a reason", of.kati) as page:
        page.open(of.home)
        refused(page, f"{of.home}meetings/", f"{of.home}calendar/", f"{of.home}record/", "/triage/")


def police(of: Round) -> None:
    """Dmitri plans an interview; alone with him is refused at once; place and page of the child are not his."""
    with of.walk.given("Dmitri begins to plan an interview", of.dmitri) as page:
        page.open(f"{of.home}record/")
        assert page.path == f"{of.home}purpose/"
        page.tick("Investigate an offence").press("Open the record")
        assert page.path == f"{of.home}record/"
        assert "Purpose of this visit: Investigate an offence" in page.text
        page.follow("Plan an interview")
    with of.walk.when("nobody of the child's side is to be there", of.dmitri) as page:
        page.fill("When it is to take place", "24.12.2026").choose("What for (optional)", "Investigative")
        answer(page, "Somebody of the child's side is to be there? (optional)", "No")
        page.press("Continue", status=403)
    with of.walk.then("it is refused with source and way out, and what he typed is kept", of.dmitri) as page:
        assert ["This must not be done" in page.text, "Instead:" in page.text] == [True, True]
        assert page.page.get_by_label("When it is to take place").input_value() == "24.12.2026"
    with of.walk.when("he plans it with somebody at the child's side", of.dmitri) as page:
        answer(page, "Somebody of the child's side is to be there? (optional)", "Yes")
        page.press("Continue").press("Save")
    with of.walk.then("it stands in the calendar of the record", of.dmitri) as page:
        assert page.path == of.home
        page.follow("Calendar")
        assert "24 December 2026" in page.text
    with of.walk.given("Carla has said where Aino sleeps", of.carla) as page:
        say_place(page, of.home)
        assert STREET in read_all(page, of.home)
    with of.walk.then("the place stays closed to the police", of.dmitri) as page:
        assert STREET not in read_all(page, of.home)
        refused(page.open(of.home), f"{of.home}childs-page/", f"{of.home}looks/")


def guardian(of: Round) -> None:
    """Bo reads all of what concerns Aino, sees who has looked, and says that he met her."""
    with of.walk.given("Bo reads what Aino told", of.bo) as page:
        told = read_all(page, of.home)
        assert [NAME in told, WORDS in told] == [True, True]
    with of.walk.when("he records that he met her", of.bo) as page:
        page.open(f"{of.home}record/").follow("A guardian is appointed")
        answer(page, "In which capacity", "Guardian")
        page.press("Continue").press("Save")
        page.open(f"{of.home}record/").follow("The guardian met the child")
        answer(page, "The child was told what a guardian does and may not do? (optional)", "Yes")
        page.press("Continue").press("Save")
    with of.walk.then("it is on record", of.bo) as page:
        assert "Saved" in page.main("section.notice").inner_text()
    with of.walk.then("who has looked is open to him", of.bo) as page:
        page.follow("Who has looked")
        assert "The agency of bo" in page.main("table").inner_text()
    with of.walk.then("what others decide together is not his", of.bo) as page:
        refused(page, "/triage/", "/records/new/")


def school(of: Round) -> None:
    """Rosa says how it goes at school; she reads the name, and neither account nor status nor place."""
    with of.walk.given("Carla has said where Aino sleeps", of.carla) as page:
        say_place(page, of.home)
    with of.walk.when("Rosa says how it goes at school", of.rosa) as page:
        page.open(f"{of.home}record/").follow(re.compile("^School"))
        page.press("Continue", status=400)
    with of.walk.then("she reads whom it is about, and what she need not know is not there", of.rosa) as page:
        told = read_all(page, of.home)
        assert NAME in told
        assert [word in told for word in (WORDS, STREET, "Presumed victim")] == [False] * 3
    with of.walk.then("the page says that it shows a part, and not that there is nothing", of.rosa) as page:
        page.open(of.home)
        assert "open to your role" in page.main("section.safety").inner_text()
        assert "No alarm is raised" not in page.text
    with of.walk.then("who has looked, and the child's own page, are others' task", of.rosa) as page:
        refused(page, f"{of.home}looks/", f"{of.home}childs-page/", f"{of.home}cross-border/", "/triage/")


def health(of: Round) -> None:
    """Hugo notes a need and reads it again; what Aino told stays closed to him."""
    with of.walk.when("Hugo notes a need", of.hugo) as page:
        note_need(page, of.home)
    with of.walk.then("it is on record for him", of.hugo) as page:
        told = read_all(page, of.home)
        assert NEED in told
        assert [word in told for word in (WORDS, "Presumed victim")] == [False, False]
    with of.walk.then("a school does not read it", of.rosa) as page:
        assert NEED not in read_all(page, of.home)
    with of.walk.then("what others decide is refused", of.hugo) as page:
        refused(page.open(of.home), f"{of.home}looks/", f"{of.home}childs-page/")


def child(of: Round) -> None:
    """Aino gets a code in person, reads what comes, says what she thinks, and leaves; Carla reads and answers it."""
    with of.walk.given("Carla has said where Aino sleeps", of.carla) as page:
        say_place(page, of.home)
    with of.walk.when("Bo is alone with Aino and gives her the code", of.bo) as page:
        page.open(f"{of.home}childs-page/").tick("Only I am, face to face")
        page.tick("On a phone or computer that nobody else looks into")
        page.tick("Yes, and I have shown how to leave the page quickly").press("Make the code")
        code = page.main(".slip .signs").inner_text()
    with of.walk.when("Aino types it") as page:
        page.open("/my/").fill("The code on your card", code).press("Open it")
    with of.walk.then("she reads her own pages, and no place and no surname stand there") as page:
        for part in ("next", "people", "decided", "rights", "seen"):
            page.open(f"/my/{part}/").check()
            assert [word in page.page.content() for word in (STREET, WORDS, of.number)] == [False] * 3
    with of.walk.when("she says what she thinks") as page:
        page.open("/my/").follow(re.compile("Say what I think"))
        page.main("summary", has_text="What is it about?").click()
        page.tick("School").fill("What do you think? What do you want?", "I want to learn.").press(
            "Save what I wrote"
        )
        assert "Thank you. It is saved." in page.text
    with of.walk.then("Carla finds it on her list and reads it", of.carla) as page:
        page.open("/")
        assert "The child has written" in page.text
        page.open(of.home)
        assert "The child has written" in page.text
    with of.walk.then("one press takes Aino away, and back does not show it") as page:
        page.follow("Leave this page now")
        assert page.path == "/read/"
        page.page.go_back()
        page.page.locator("#code").wait_for()


def note_need(page: Screen, home: str) -> None:
    """A nurse says what the child needs."""
    page.open(f"{home}record/health-need/").choose("What need", "Trauma")
    answer(page, "Help is needed at once?", "No")
    page.fill("In words (optional)", NEED).press("Continue").press("Save")


def say_place(page: Screen, home: str) -> None:
    """A social worker says where the child sleeps."""
    page.open(f"{home}record/sleeps-tonight/").fill("The address (optional)", STREET)
    page.choose("What kind", "Shelter").press("Continue").press("Save")


def answer(page: Screen, question: str, said: str) -> None:
    """Choose an answer of a question that has the same answers as others."""
    page.page.get_by_role("group", name=question).get_by_label(said, exact=True).check()


WITH_A_SCRIPT = frozenset({social_worker, police, child})
"""Walks on which pages are swapped in part or left at once where there is a script: these are walked in both ways."""

ROLES: tuple[Callable[[Round], None], ...] = (
    social_worker,
    triage_member,
    case_lead,
    coordinator,
    police,
    guardian,
    school,
    health,
    child,
)
