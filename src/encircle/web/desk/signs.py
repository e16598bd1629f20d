"""Signs to look out for, by where one meets a child: each an indicator of the common list. Never counted, never a gate."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from encircle.actions.indicators import by_group
from encircle.law.indicator import Setting
from encircle.law.texts import ENGLISH

Words = str | Promise

_GROUPS: Mapping[Setting, Words] = {
    Setting.ANYBODY: _("Anywhere"),
    Setting.SCHOOL: _("School or youth centre"),
    Setting.HEALTH: _("Doctor or hospital"),
    Setting.STREET: _("Street, work or home"),
    Setting.BORDER: _("Border or on the way"),
    Setting.ONLINE: _("Online"),
    Setting.CARE: _("In care"),
}


def signs() -> Mapping[Words, Mapping[str, Words]]:
    """By setting: the id of the list and its words, in the language of the page."""
    language = get_language() or ENGLISH
    return {
        _GROUPS[group]: {one.code: one.title.in_(language) for one in indicators}
        for group, indicators in by_group().items()
    }


def words() -> Mapping[str, Words]:
    """All of them by id."""
    return {sign: said for group in signs().values() for sign, said in group.items()}
