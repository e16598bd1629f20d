"""Files at the door: what a browser sends is sealed as it comes in, and told of in words. No name of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions.reports import door
from encircle.actions.reports.files import File
from encircle.web.page.file_words import FAMILIES
from encircle.web.page.sealed_files import seal_files, taken_in

__all__ = ["kept", "seal_files", "shown", "waiting"]
Words = str | Promise
PROBLEMS: Mapping[str, Words] = {
    "none": _("No file was chosen. You can choose one, or go back."),
    "empty": _("There was nothing in the file. Please choose another one."),
    "too_long": _("That file is too big. Please choose a smaller one, or a part of it."),
    "long_voice": _("That is longer than three minutes. Say it in parts, or add it below as a file."),
    "too_many": _("There are five files now. Send these first; then you can add more."),
    "not_now": _("Files cannot be taken just now. Please send your words. You can add files later."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A file in words. `size`: in bytes."""

    id: str
    what: Words
    size: int


def kept(request: HttpRequest, form: str) -> tuple[Words, ...]:
    """Let what came in wait for that form; what has to be said about it."""
    taken = taken_in(request)
    wrong = door.keep_files(form, taken) if taken else ("none",)
    return tuple(PROBLEMS[code] for code in wrong)


def waiting(form: str) -> tuple[Shown, ...]:
    """The files that wait for that form, in words."""
    return tuple(shown(one) for one in door.files_waiting(form))


def shown(file: File) -> Shown:
    """One file in words."""
    return Shown(file.id, FAMILIES[file.sort.family], file.size)
