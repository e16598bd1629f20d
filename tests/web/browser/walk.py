"""A walk: what people do one after the other, each on a screen of their own, told as given, when, then."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Error

from tests.web.browser.screen import Screen
from tests.web.browser.variant import PLAIN, Variant
from tests.web.world import Staff

OpenScreen = Callable[..., Screen]


class Walk:
    """The screens of all who take part. Each page on which a step ends is looked at by axe."""

    def __init__(self, open_screen: OpenScreen, variant: Variant = PLAIN) -> None:
        self.variant = variant
        self._open = open_screen
        self._screens: dict[str, Screen] = {}

    def given(self, said: str, who: Staff | None = None) -> AbstractContextManager[Screen]:
        """How things stand before."""
        return self._step("given", said, who)

    def when(self, said: str, who: Staff | None = None) -> AbstractContextManager[Screen]:
        """What somebody does."""
        return self._step("when", said, who)

    def then(self, said: str, who: Staff | None = None) -> AbstractContextManager[Screen]:
        """What is to be seen afterwards."""
        return self._step("then", said, who)

    def screen_of(self, who: Staff | None) -> Screen:
        """The screen of this person, opened when they first come by; nobody's, where nobody is signed in."""
        name = "" if who is None else who.account
        if name not in self._screens:
            self._screens[name] = self._open(who, self.variant)
        return self._screens[name]

    @contextmanager
    def _step(self, kind: str, said: str, who: Staff | None) -> Iterator[Screen]:
        screen = self.screen_of(who)
        try:
            yield screen
            screen.check()
        except (AssertionError, Error, pytest.fail.Exception) as failed:
            failed.add_note(f"{kind} {said} (at {screen.path}, {self.variant.name})")
            raise
