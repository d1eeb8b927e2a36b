"""An uploaded file is held in memory only: on disk, even a deleted one could be found again."""

from io import BytesIO
from typing import IO

from flask import Flask, Request


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
