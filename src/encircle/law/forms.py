"""Forms: what the door asks of each, and what it says to those who work with children. Knows no page."""

from dataclasses import dataclass

from encircle.law.indicator import Indicator, Route, Setting
from encircle.law.question import AskedOf, Question, Ready


@dataclass(frozen=True, slots=True)
class Forms:
    """The questions by form and place, the indicators by code, the routes by setting, the ready words in their order."""

    questions: tuple[Question, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    routes: tuple[Route, ...] = ()
    ready: tuple[Ready, ...] = ()

    def of(self, of: AskedOf) -> tuple[Question, ...]:
        """What the form for these people asks, in its order."""
        return tuple(one for one in self.questions if one.of is of)

    def indicators_at(self, setting: Setting) -> tuple[Indicator, ...]:
        """What to look out for there: first what is of that setting, then what may be met everywhere."""
        there = [one for one in self.indicators if setting in one.settings]
        everywhere = [
            one for one in self.indicators if Setting.ANYBODY in one.settings and setting not in one.settings
        ]
        return (*there, *everywhere)

    def routes_at(self, setting: Setting) -> tuple[Route, ...]:
        """How one acts there: what holds for everybody, then what is of that setting."""
        wanted = (Setting.ANYBODY, setting) if setting is not Setting.ANYBODY else (setting,)
        return tuple(one for where in wanted for one in self.routes if one.setting is where)


NO_FORMS = Forms()
