"""Files of a form: what a browser sends is sealed as it comes in. No name of it is kept."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from encircle.actions.reports.files import MOST_BYTES, MOST_FILES, Taking

VOICE = "voice"
"""The field for a voice; whatever else is heard goes into that for files."""
PATIENCE_BYTES = 10 * MOST_FILES * MOST_BYTES
"""So much of a form is read to its end, so that a kind answer can be given; then it is cut off."""


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


def taken_in(request: HttpRequest) -> tuple[Taking, ...]:
    """What came in with this request."""
    handlers = (one for one in request.upload_handlers if isinstance(one, SealingHandler))
    return tuple(taken for one in handlers for taken in one.taken)
