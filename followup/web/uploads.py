"""An uploaded file is held in memory only: on disk, even a deleted one could be found again."""

from io import BytesIO
from typing import IO, Any

from flask import Flask, Request
from flask_wtf.file import FileField, FileRequired


class UploadField(FileField):
    """A file that is read in memory; neither it nor its name is kept."""

    is_optional = False

    def __init__(self, label: str, *, missing: str, help_text: str, **rest: Any) -> None:
        super().__init__(label, validators=[FileRequired(missing)], description=help_text, **rest)
        self.flags.required = True

    def _value(self) -> str:
        return ""

    def read(self, most: int) -> bytes:
        content: bytes = self.data.stream.read(most)
        return content


class RequestInMemory(Request):
    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        # The form's size is limited by MAX_CONTENT_LENGTH, so that this cannot fill the memory.
        return BytesIO()


def init_app(app: Flask) -> None:
    app.request_class = RequestInMemory
