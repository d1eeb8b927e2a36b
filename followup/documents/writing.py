"""A document as the bytes of a file; the library that writes it is loaded by the first one.

No start of the server waits for a library that most days never need.
"""

from followup.documents.document import Document


def write_docx(document: Document) -> bytes:
    from followup.documents import docx_file

    return docx_file.write_docx(document)


def write_pdf(document: Document) -> bytes:
    """PDF/UA-1. Raises SignNotWritable."""
    from followup.documents import pdf_file

    return pdf_file.write_pdf(document)
