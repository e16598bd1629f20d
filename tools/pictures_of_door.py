"""Pictures of the door in two languages: `python -m tools.pictures_of_door ADDRESS`, beside a demonstration that runs.

Somebody asks for help, a desk reads and answers, and the answer is read with the code. All words are invented.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
DESK = "triage team, Child protection service, east"
PASSPHRASE = "the key of a demonstration"
PATIENCE = 120_000
WORDS = {
    "en": "They took my papers. I want to go to school again.",
    "ar": "أخذوا أوراقي. أريد أن أعود إلى المدرسة.",
}
ANSWER = {
    "en": "We have read it. We are here until ten tonight. You can write here at any time.",
    "ar": "قرأنا ما كتبت. نحن هنا حتى العاشرة مساءً. يمكنك أن تكتب هنا في أي وقت.",
}


def main() -> None:
    """Take every picture; stops at the first page that is not shown."""
    address = sys.argv[1].rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for language in WORDS:
            code = ask(browser, address, language)
            answer(browser, address, language)
            come_back(browser, address, language, code)
        browser.close()


def ask(browser: Browser, address: str, language: str) -> str:
    """Ask for help, as somebody with a telephone does; the code."""
    page = opened(browser, address, language, width=390)
    page.goto(f"{address}/hello/")
    keep(page, "child/pictures/door-first", language)
    press(page, "danger")
    keep(page, "child/pictures/door-danger", language)
    press(page, "no")
    keep(page, "child/pictures/door-story", language)
    press(page, "child_who")
    press(page, "child_needs")
    page.locator('input[value="afraid"]').check()
    keep(page, "child/pictures/door-needs", language)
    press(page, "child_account")
    page.locator("#text").fill(WORDS[language])
    keep(page, "child/pictures/door-account", language)
    press(page, "check")
    press(page, "send")
    keep(page, "child/pictures/door-code", language)
    code = page.locator(".code").first.inner_text()
    page.context.close()
    return code


def answer(browser: Browser, address: str, language: str) -> None:
    """Read it at a desk, and answer."""
    page = opened(browser, address, language, width=1000)
    page.goto(f"{address}/step-in/")
    page.locator("button[name=person]", has_text=DESK if language == "en" else "east").filter(
        has_text=DESK.split(",")[0] if language == "en" else "فريق الفرز"
    ).first.click()
    page.wait_for_load_state()
    page.goto(f"{address}/reports/")
    keep(page, "worker/pictures/door-reports", language)
    page.locator("ul.tasks h3 a").first.click()
    keep(page, "worker/pictures/door-sealed", language)
    page.locator("#passphrase").fill(PASSPHRASE)
    press(page, "unlock")
    page.locator("[name=words]").fill(ANSWER[language])
    keep(page, "worker/pictures/door-report", language)
    press(page, "answer")
    page.context.close()


def come_back(browser: Browser, address: str, language: str, code: str) -> None:
    """Read the answer with the code."""
    page = opened(browser, address, language, width=390)
    page.goto(f"{address}/hello/")
    press(page, "code")
    page.locator("#code").fill(code)
    press(page, "inbox")
    keep(page, "child/pictures/door-inbox", language)
    page.locator("a.out").first.click()
    page.wait_for_url("**/sea/")
    page.screenshot(path=of("child/pictures/door-left", language), caret="initial")
    page.context.close()


def opened(browser: Browser, address: str, language: str, *, width: int) -> Page:
    """A browser of its own that reads in that language."""
    context = browser.new_context(viewport={"width": width, "height": 760}, locale=language)
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "encircle-language", "value": language, "url": address}])
    return context.new_page()


def press(page: Page, what: str) -> None:
    """Press the first button of that name, and wait for another page: at the door it changes in place."""
    page.evaluate("() => { document.body.dataset.before = ''; }")
    page.locator(f'button[value="{what}"]').first.click()
    page.locator("body:not([data-before])").wait_for()
    page.wait_for_load_state()


def keep(page: Page, name: str, language: str) -> None:
    """Keep the whole page."""
    page.wait_for_load_state()
    page.screenshot(path=of(name, language), full_page=True, caret="initial")


def of(name: str, language: str) -> Path:
    """The file of that picture."""
    file = DOCS / f"{name}{'' if language == 'en' else '-' + language}.png"
    file.parent.mkdir(exist_ok=True)
    print(file.relative_to(DOCS))
    return file


if __name__ == "__main__":
    main()
