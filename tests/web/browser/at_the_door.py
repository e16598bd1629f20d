"""From page to page at the door: with a script the page changes in place, without one the browser loads the next."""

from playwright.sync_api import Locator, Page


def press(page: Page, step: str) -> None:
    """The button that leads to that step."""
    go_on(page, page.locator(f'button[value="{step}"]').first)


def go_on(page: Page, button: Locator) -> None:
    """Press it, and wait until another page stands there."""
    page.evaluate("() => { document.body.dataset.before = ''; }")
    button.click()
    page.locator("body:not([data-before])").wait_for()
    page.wait_for_load_state()
