"""Files at the door: what a browser sends is sealed as it comes in, and told of in words. No name of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions.reports import door
from encircle.actions.reports.files import MOST_BYTES, MOST_FILES, File, Taking
from encircle.web.page.file_words import FAMILIES

Words = str | Promise
VOICE = "voice"
"""The field for a voice; whatever else is heard goes into that for files."""
PATIENCE_BYTES = 10 * MOST_FILES * MOST_BYTES
"""So much of a form is read to its end, so that a kind answer can be given; then it is cut off."""
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


class SealingHandler(FileUploadHandler):
    """Django's door to files: each is sealed as it comes in, and none is handed on."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.taken: list[Taking] = []
        self._read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal it. Refuses: StopUpload, once far more came than can be taken."""
        if start == 0:
            self.taken.append(Taking(is_voice=self.field_name == VOICE))
        self._read += len(raw_data)
        if self._read > PATIENCE_BYTES:
            raise StopUpload(connection_reset=True)
        if len(self.taken) <= MOST_FILES:
            self.taken[-1].take(raw_data)

    def file_complete(self, file_size: int) -> None:
        """Nothing is handed on: what was taken stands in `taken`."""
        if file_size == 0:
            self.taken.append(Taking())


def seal_files(request: HttpRequest) -> None:
    """Let files in this request be sealed as they come in. To be called before anything of it is read."""
    request.upload_handlers = [SealingHandler(request)]


def kept(request: HttpRequest, form: str) -> tuple[Words, ...]:
    """Let what came in wait for that form; what has to be said about it."""
    taken = tuple(
        one
        for handler in request.upload_handlers
        if isinstance(handler, SealingHandler)
        for one in handler.taken
    )
    wrong = door.keep_files(form, taken) if taken else ("none",)
    return tuple(PROBLEMS[code] for code in wrong)


def waiting(form: str) -> tuple[Shown, ...]:
    """The files that wait for that form, in words."""
    return tuple(shown(one) for one in door.files_waiting(form))


def shown(file: File) -> Shown:
    """One file in words."""
    return Shown(file.id, FAMILIES[file.sort.family], file.size)
