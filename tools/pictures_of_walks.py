"""Pictures of the walks in two languages: `python -m tools.pictures_of_walks ADDRESS`, beside a demonstration that runs.

A talk and a call at a helpline, a teacher's report, triage, a child's own page and a complaint. All words are invented.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.pictures_of_door import DOCS, PASSPHRASE, opened, press

WIDE, COLUMN, NARROW = 1100, 760, 390
COLOURS = 96
CODE = "demo demo demo demo"
SCHOOL, TRIAGE, LEAD, OMBUD = (
    "school, School, east",
    "triage team, Child protection service, east",
    "case lead, Child protection service, east",
    "ombudsperson",
)
SAID = {
    "ask": (
        "May I ask what happens if I tell you something?",
        "هل يمكنني أن أسأل ماذا يحدث إذا أخبرتكم بشيء؟",
    ),
    "answer": (
        "Yes. You decide what you tell. I am here until ten tonight.",
        "نعم. أنت تقرر ما تقوله. أنا هنا حتى العاشرة مساءً.",
    ),
    "safe": ("the school nurse", "ممرضة المدرسة"),
    "heard": ("My friend says her papers were taken.", "صديقتي تقول إن أوراقها أُخذت منها."),
    "asked": ("Is she safe now?", "هل هي بأمان الآن؟"),
    "seen": (
        "He is tired every morning and has no coat in winter.",
        "هو متعب كل صباح وليس لديه معطف في الشتاء.",
    ),
    "words": ("I have to be back by six.", "يجب أن أعود قبل السادسة."),
    "wrong": ("My guardian has not come for weeks.", "لم يأتِ الوصي عليّ منذ أسابيع."),
    "found": (
        "You are right. A guardian has to come to you. You get another one.",
        "أنت على حق. يجب أن يأتي الوصي إليك. ستحصل على وصي آخر.",
    ),
}
Say = Callable[[str], str]


def main() -> None:
    """Take every picture; stops at the first page that is not shown."""
    address, wanted = sys.argv[1].rstrip("/"), sys.argv[2:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for at, language in enumerate(("en", "ar")):
            for walk in (talk, call, report, triage, lists, own_page, give_page, complaint):
                if not wanted or walk.__name__ in wanted:
                    walk(browser, address, language, in_one(at))
        browser.close()


def in_one(at: int) -> Say:
    """What is typed, in the language at that place."""
    return lambda what: SAID[what][at]


def talk(browser: Browser, address: str, language: str, say: Say) -> None:
    """Somebody asks first; a desk answers and sends a plan; they read both."""
    child = opened(browser, address, language, width=NARROW)
    visit(child, f"{address}/hello/")
    for step in ("danger", "no", "ask"):
        press(child, step)
    keep(child, "child/pictures/ask-rule", language)
    press(child, "talk")
    child.locator("#text").fill(say("ask"))
    press(child, "say")
    desk = staff(browser, address, language, TRIAGE)
    visit(desk, f"{address}/talks/")
    keep(desk, "worker/pictures/talks", language)
    desk.locator("ul.tasks h3 a").first.click()
    unlock(desk)
    press(desk, "take")
    desk.locator("[name=words]").first.fill(say("answer"))
    press(desk, "say")
    desk.locator("details", has=desk.locator("[name=plan_person]")).locator("summary").click()
    desk.locator("[name=plan_person]").fill(say("safe"))
    keep(desk, "worker/pictures/talk", language)
    press(desk, "plan")
    press(child, "look")
    keep(child, "child/pictures/ask-talk", language)
    press(child, "part")
    child.context.close()
    desk.context.close()


def call(browser: Browser, address: str, language: str, say: Say) -> None:
    """A call is noted; the code that is read out."""
    desk = staff(browser, address, language, TRIAGE)
    visit(desk, f"{address}/talks/call/")
    desk.locator("[name=rule_told]").check()
    desk.locator('[name=danger][value="no"]').check()
    desk.locator("#heard").fill(say("heard"))
    desk.locator("#asked").fill(say("asked"))
    keep(desk, "worker/pictures/call", language)
    press(desk, "call")
    keep(desk, "worker/pictures/call-code", language)
    desk.context.close()


def report(browser: Browser, address: str, language: str, say: Say) -> None:
    """A teacher writes what was seen, and is given a code and a receipt."""
    page = opened(browser, address, language, width=COLUMN)
    visit(page, f"{address}/report/")
    keep(page, "worker/pictures/reporting-start", language)
    visit(page, f"{address}/report/school/")
    page.locator('[name=pro_danger][value="no"]').check()
    page.locator("#pro_seen").fill(say("seen"))
    page.locator("#pro_words").fill(say("words"))
    keep(page, "worker/pictures/reporting-form", language)
    press(page, "check")
    press(page, "send")
    keep(page, "worker/pictures/reporting-sent", language)
    page.context.close()


def triage(browser: Browser, address: str, language: str, _say: Say) -> None:
    """A concern that a school writes, what waits, one with what agencies were asked, and the record that is opened."""
    school = staff(browser, address, language, SCHOOL)
    visit(school, f"{address}/concerns/new/")
    keep(school, "worker/pictures/concern", language)
    school.context.close()
    desk = staff(browser, address, language, TRIAGE)
    visit(desk, f"{address}/triage/")
    keep(desk, "worker/pictures/triage", language)
    concern = desk.locator('main a[href^="/triage/"]:not([href*="?"])').first.get_attribute("href")
    visit(desk, f"{address}{concern}")
    keep(desk, "worker/pictures/triage-concern", language)
    visit(desk, f"{address}/records/new/")
    keep(desk, "worker/pictures/new-record", language)
    desk.context.close()


def lists(browser: Browser, address: str, language: str, _say: Say) -> None:
    """A caseload that is gone through child by child, and who is missing."""
    desk = staff(browser, address, language, LEAD)
    visit(desk, f"{address}/caseload/")
    desk.locator("#numbers").fill("K-1\nK-2\nK-3")
    desk.locator("main form .actions button").first.click()
    desk.wait_for_url("**/caseload/*/")
    review = desk.url
    visit(desk, desk.locator("main p a.button").first.evaluate("one => one.href"))
    keep(desk, "worker/pictures/caseload-child", language)
    visit(desk, review)
    keep(desk, "worker/pictures/caseload", language)
    visit(desk, f"{address}/missing/")
    keep(desk, "worker/pictures/missing-children", language)
    desk.context.close()


def own_page(browser: Browser, address: str, language: str, say: Say) -> None:
    """A child opens its page, looks, and complains."""
    page = opened(browser, address, language, width=NARROW)
    visit(page, f"{address}/my/")
    page.locator("#code").fill(CODE)
    keep(page, "child/pictures/my-code", language)
    page.locator("button.go").click()
    page.locator("ul.ways").wait_for()
    keep(page, "child/pictures/my-page", language)
    visit(page, f"{address}/my/people/")
    keep(page, "child/pictures/my-people", language)
    visit(page, f"{address}/my/decided/")
    keep(page, "child/pictures/my-decided", language)
    visit(page, f"{address}/my/complain/")
    unfold(page, "main form details")
    page.locator('[name=about][value="guardian"]').check()
    page.locator("#words").fill(say("wrong"))
    keep(page, "child/pictures/my-complain", language)
    page.locator("button.go").click()
    page.locator("p.good").wait_for()
    page.context.close()


def give_page(browser: Browser, address: str, language: str, _say: Say) -> None:
    """The page of a record from which a child is given its own."""
    desk = staff(browser, address, language, LEAD)
    visit(desk, f"{address}/records/")
    record = desk.locator("main th a").first.get_attribute("href")
    visit(desk, f"{address}{record}childs-page/")
    keep(desk, "worker/pictures/childs-page", language)
    desk.context.close()


def complaint(browser: Browser, address: str, language: str, say: Say) -> None:
    """The ombudsperson's list, and the answer to the child."""
    desk = staff(browser, address, language, OMBUD)
    visit(desk, f"{address}/complaints/")
    keep(desk, "worker/pictures/complaints", language)
    desk.locator("ul.tasks h3 a").first.click()
    unlock(desk)
    desk.locator('[name=outcome][value="right"]').check()
    desk.locator("#answer").fill(say("found"))
    keep(desk, "worker/pictures/complaint", language)
    press(desk, "conclude")
    desk.context.close()
    page = opened(browser, address, language, width=NARROW)
    visit(page, f"{address}/my/")
    page.locator("#code").fill(CODE)
    page.locator("button.go").click()
    page.locator("ul.ways").wait_for()
    visit(page, f"{address}/my/complain/")
    unfold(page, "main details.card")
    page.get_by_text(say("found")).first.wait_for()
    keep(page, "child/pictures/my-complain-answer", language)
    page.context.close()


def staff(browser: Browser, address: str, language: str, who: str) -> Page:
    """Somebody of the demonstration, stepped into by an English name, who then reads in that language."""
    page = opened(browser, address, "en", width=WIDE)
    visit(page, f"{address}/step-in/")
    page.locator("button[name=person]", has_text=who).first.click()
    page.wait_for_load_state()
    page.context.add_cookies([{"name": "encircle-language", "value": language, "url": address}])
    return page


def visit(page: Page, address: str) -> None:
    """Open it; stops where there is no such page."""
    answer = page.goto(address)
    assert answer is not None, address
    assert answer.ok, (address, answer.status)


def unlock(page: Page) -> None:
    """Open the key for this visit."""
    page.locator("#passphrase").fill(PASSPHRASE)
    press(page, "unlock")


def unfold(page: Page, which: str) -> None:
    """Open what is folded there, and what is folded within."""
    page.locator(which).evaluate_all(
        "(all) => all.forEach((one) => [one, ...one.querySelectorAll('details')].forEach((each) => { each.open = true; }))"
    )


def keep(page: Page, name: str, language: str) -> None:
    """Keep the whole page, in few colours."""
    page.wait_for_load_state()
    file: Path = DOCS / f"{name}{'' if language == 'en' else '-' + language}.png"
    file.parent.mkdir(exist_ok=True)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.screenshot(path=file, full_page=True, caret="initial")
    with Image.open(file) as taken:
        small = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    print(file.relative_to(DOCS), file.stat().st_size)


if __name__ == "__main__":
    main()
