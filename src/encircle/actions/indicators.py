"""Indicators and routes as the packs of the country state them: prompts, by where one meets a child. Never counted."""

from collections.abc import Mapping

from django.conf import settings

from encircle.actions.law import law_of
from encircle.law.forms import Forms
from encircle.law.indicator import Indicator, Setting

GROUPS = (
    Setting.ANYBODY,
    Setting.SCHOOL,
    Setting.HEALTH,
    Setting.STREET,
    Setting.BORDER,
    Setting.ONLINE,
    Setting.CARE,
)
"""The settings that are a group of their own where all indicators stand together, in that order."""


def forms() -> Forms:
    """What the packs say to those who work with children."""
    return law_of(settings.COUNTRY).forms


def by_group() -> Mapping[Setting, tuple[Indicator, ...]]:
    """All indicators, each once: in the group of its first setting, or in that of everywhere."""
    found: dict[Setting, list[Indicator]] = {group: [] for group in GROUPS}
    for one in forms().indicators:
        first = one.settings[0]
        found[first if first in found else Setting.ANYBODY].append(one)
    return {group: tuple(indicators) for group, indicators in found.items() if indicators}
