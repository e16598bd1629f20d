"""Where no page asks for files, none is taken: what is sent all the same is read past and never written down."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFiles(FileUploadHandler):
    """Django's own handlers would write large files to the temporary folder as they are."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Refuses: SkipFile, always."""
        raise SkipFile

    def file_complete(self, file_size: int) -> None:
        """Nothing was taken."""
