"""A plan as a file: Word to work on, PDF to keep."""

from collections.abc import Callable
from typing import NamedTuple

from followup.documents.document import Document
from followup.documents.writing import write_docx, write_pdf


class Format(NamedTuple):
    label: str
    media_type: str
    write: Callable[[Document], bytes]


FORMATS = {
    "docx": Format(
        "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx
    ),
    "pdf": Format("PDF", "application/pdf", write_pdf),
}


class File(NamedTuple):
    name: str
    media_type: str
    content: bytes
