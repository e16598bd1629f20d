"""The pictures of the guides, made anew from a demonstration that runs: `python -m tools.guide_pictures ADDRESS [PART]`.

PART: only those whose file has it in its name.

Only invented people and children are on them. Needs Chromium (CHROMIUM names another than /usr/bin/chromium).
"""

import os
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.pictures_of_access import LEAD, OF_ACCESS, Picture

ROOT = Path(__file__).parents[1]
WIDE, HIGH = 1000, 760
PATIENCE = 120_000
"""Milliseconds for one page: a demonstration on a busy machine is slow."""
TRIED, WAITED = 16, 90
"""Numbers that are tried, and how often is asked, at most, whether that stands out by now."""
WHY = "The child was found at the harbour tonight and says that somebody waits for it. Where can it sleep?"
LACKING = (
    "The first talk did not say where the passports are kept. The recording was watched by all agencies."
)
NUMBER = re.compile(r"/records/([0-9a-z]{4}-[0-9a-z]{4})/")


PICTURES = (
    Picture("worker/pictures/my-work.png", "child protection service, Child protection service, east", "/"),
    Picture(
        "worker/pictures/record.png",
        "child protection service, Child protection service, east",
        "/records/N/",
    ),
    Picture(
        "worker/pictures/what-happened.png",
        "child protection service, Child protection service, east",
        "/records/N/record/",
    ),
    Picture(
        "worker/pictures/form.png",
        "child protection service, Child protection service, east",
        "/records/N/record/tell-the-child/",
    ),
    Picture(
        "worker/pictures/duty.png",
        "child protection service, Child protection service, east",
        "/records/N/",
        follow="main a.duty-line:visible",
    ),
    Picture(
        "worker/pictures/facts.png",
        "child protection service, Child protection service, east",
        "/records/N/facts/",
    ),
    Picture(
        "worker/pictures/search.png",
        "child protection service, Child protection service, east",
        "/search/",
        typed="Sara",
    ),
    Picture("worker/pictures/agency-calendar.png", "case lead, Child protection service, east", "/calendar/"),
    Picture("worker/pictures/triage.png", "triage team, Child protection service, east", "/triage/"),
    Picture("worker/pictures/people.png", "case lead, Child protection service, east", "/records/N/people/"),
    Picture(
        "worker/pictures/meeting.png", "case lead, Child protection service, east", "/records/N/meetings/new/"
    ),
    Picture(
        "worker/pictures/calendar.png", "case lead, Child protection service, east", "/records/N/calendar/"
    ),
    Picture(
        "worker/pictures/cross-border.png",
        "case lead, Child protection service, east",
        "/records/N/cross-border/",
    ),
    Picture(
        "worker/pictures/childs-page.png",
        "case lead, Child protection service, east",
        "/records/N/childs-page/",
    ),
    Picture("worker/pictures/looks.png", "case lead, Child protection service, east", "/records/N/looks/"),
    Picture("worker/pictures/looks-alarms.png", "supervisor, Police, east", "/looks/"),
    Picture("worker/pictures/asked-again.png", "supervisor, Police, east", "/looks/asked-again/"),
    Picture(
        "worker/pictures/looks-people.png",
        "supervisor, Police, east",
        "/looks/",
        follow="main article a:has-text('See these looks')",
    ),
    Picture("coordinator/pictures/records.png", "coordinator, Child protection service, east", "/records/"),
    Picture("coordinator/pictures/record.png", "coordinator, Child protection service, east", "/records/N/"),
    Picture(
        "coordinator/pictures/statistics.png", "coordinator, Child protection service, east", "/statistics/"
    ),
    Picture(
        "coordinator/pictures/statistic.png",
        "coordinator, Child protection service, east",
        "/statistics/",
        follow="main section.card li a",
    ),
    *OF_ACCESS,
)


def main() -> None:
    """Take every picture; stops at the first page that is not shown."""
    address, part = [*sys.argv[1:], ""][:2]
    wanted = [picture for picture in PICTURES if part in picture.file]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
        )
        if any("looks-" in picture.file for picture in wanted):
            stand_out(browser, address.rstrip("/"))
        if any("access-emergency" in picture.file for picture in wanted):
            open_in_an_emergency(browser, address.rstrip("/"))
        if any("asked-again" in picture.file for picture in wanted):
            ask_again(browser, address.rstrip("/"))
        if any("access-" in picture.file for picture in wanted):
            look(browser, address.rstrip("/"), "police, Police, east")
            look(browser, address.rstrip("/"), "health service, Hospital, east")
        for picture in wanted:
            take(browser, address.rstrip("/"), picture)
        browser.close()


def stand_out(browser: Browser, address: str) -> None:
    """Somebody tries numbers that are not there, until that stands out to the supervisor: some minutes at most."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    step_in(page, address, "general police, Police, east")
    for number in range(TRIED):
        page.goto(f"{address}/records/zzzz-zz{number:02d}/")
    step_in(page, address, "supervisor, Police, east")
    for _ in range(WAITED):
        page.goto(f"{address}/looks/")
        if page.locator("main article").count():
            break
        page.wait_for_timeout(5_000)
    context.close()


def open_in_an_emergency(browser: Browser, address: str) -> None:
    """Police of another region open the first record of that case lead for some hours."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    step_in(page, address, LEAD)
    page.goto(f"{address}/records/")
    found = NUMBER.search(page.content())
    if found is None:
        raise SystemExit(f"{LEAD} sees no record.")
    step_in(page, address, "general police, Police, north")
    page.goto(f"{address}/emergency/")
    page.locator("[name=number]").fill(found[1])
    page.locator("[name=reason]").fill(WHY)
    page.locator("main form[method=post] button[type=submit]").last.click()
    page.wait_for_load_state()
    context.close()


def ask_again(browser: Browser, address: str) -> None:
    """Police note two interviews on each of their first two records, without a decision that the second was needed."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    step_in(page, address, "police, Police, east")
    page.goto(f"{address}/records/")
    for number in list(dict.fromkeys(NUMBER.findall(page.content())))[:2]:
        for what_for in ("investigative", "testimony"):
            page.goto(f"{address}/records/{number}/record/interview-held/")
            page.locator("[name=interview_held-purpose]").select_option(what_for)
            for do in ("check", "save"):
                page.locator(f"main form[method=post] button[value={do}]").first.click()
                page.wait_for_load_state()
    context.close()


def look(browser: Browser, address: str, role: str) -> None:
    """Somebody opens the first record that they see, with all that happened."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    step_in(page, address, role)
    page.goto(f"{address}/records/")
    found = NUMBER.search(page.content())
    if found is not None:
        for part in ("", "facts/", "people/"):
            page.goto(f"{address}/records/{found[1]}/{part}")
    context.close()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """One picture, in a browser of its own."""
    context = browser.new_context(viewport={"width": WIDE, "height": HIGH})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    step_in(page, address, picture.role)
    path = picture.page
    if "N" in path:
        page.goto(f"{address}/records/")
        found = NUMBER.search(page.content())
        if found is None:
            raise SystemExit(f"{picture.role} sees no record.")
        path = path.replace("N", found[1])
    answer = page.goto(f"{address}{path}")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{path} is not shown to {picture.role}.")
    if picture.typed:
        page.locator("#asked").fill(picture.typed)
        page.locator("main form button").first.click()
        page.locator("table.found").wait_for()
    if picture.picked:
        pick(page, picture.picked)
    if picture.follow:
        href = page.locator(picture.follow).first.get_attribute("href")
        page.goto(f"{address}{href}")
    page.screenshot(path=ROOT / "docs" / picture.file, caret="initial")
    print(picture.file)
    context.close()


def pick(page: Page, name: str) -> None:
    """Choose the first entry of that list of which there is something to show."""
    for index in range(1, page.locator(f"[name={name}] option").count()):
        page.locator(f"[name={name}]").select_option(index=index)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        if page.locator("main table").count():
            break


def step_in(page: Page, address: str, role: str) -> None:
    """Work as the first of these people."""
    page.goto(f"{address}/step-in/")
    page.locator("button[name=person]", has_text=role).first.click()
    page.wait_for_load_state()


if __name__ == "__main__":
    main()
