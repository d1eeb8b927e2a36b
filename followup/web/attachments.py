"""A file that the browser saves instead of showing."""

from io import BytesIO
from typing import Protocol

from flask import Response, send_file


class Attachment(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def content(self) -> bytes: ...


def attach(file: Attachment) -> Response:
    return send_file(
        BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name
    )
