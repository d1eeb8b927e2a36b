"""Which format a file is in, told by what it begins with, and an archive as the files in it."""

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from followup.attack.coded import CodedText, Dataset, jsonstat_datasets, px_dataset
from followup.attack.document import PdfText, WordText
from followup.attack.tidy import TidyText
from followup.attack.told import TableText
from followup.attack.workbook import WorkbookText

# What a reader raises for content of another kind.
UNLIKE = (
    ValueError, KeyError, TypeError, AttributeError, IndexError,
    # Of archives, and of XML, which is a SyntaxError whichever library reads it.
    BadZipFile, zlib.error, EOFError, RuntimeError, SyntaxError,
)  # fmt: skip
# An archive that unpacks to more is no statistics.
MOST_UNPACKED = 256 * 1024 * 1024
ENDINGS = (".csv", ".xlsx", ".docx", ".pdf", ".json", ".px")
# In a package: how its columns are to be read, and no figures.
SCHEMA = "schema.json"


class Named(NamedTuple):
    """A file that has been read, or one out of an archive."""

    name: str
    text: TableText


def texts_in(name: str, content: bytes, *, in_archive: bool = False) -> list[Named]:
    """The file, or every file of an archive that holds tables. Raises one of `UNLIKE`.

    An archive may not lie in another: one that holds itself would have no end.
    """
    if not content.startswith(b"PK"):
        return [Named(name, _reader(content)(content))]
    with ZipFile(BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise ValueError("an archive that unpacks to too much")
        parts = set(archive.namelist())
        if "xl/workbook.xml" in parts:
            return [Named(name, WorkbookText(content))]
        if "word/document.xml" in parts:
            return [Named(name, WordText(content))]
        if in_archive:
            raise ValueError("an archive in an archive")
        files = {part: archive.read(part) for part in archive.namelist() if _holds_tables(part)}
    return _of_archive(name, files)


def _holds_tables(name: str) -> bool:
    return name.endswith(ENDINGS) and name.rpartition("/")[2] != SCHEMA


def _of_archive(archive: str, files: dict[str, bytes]) -> list[Named]:
    if not files:
        raise ValueError("an archive without tables")
    matrices: dict[str, list[Dataset]] = {}
    for name, content in files.items():
        if name.endswith(".px"):
            matrix = px_dataset(content)
            matrices.setdefault(matrix.edition, []).append(matrix)
    found = [Named(f"{archive}/px", CodedText(of_edition)) for of_edition in matrices.values()]
    for name, content in files.items():
        if not name.endswith(".px"):
            found += [
                each._replace(name=f"{archive}/{name}") for each in texts_in(name, content, in_archive=True)
            ]
    return found


def _reader(content: bytes) -> Callable[[bytes], TableText]:
    start = content.lstrip()
    if start.startswith(b"%PDF"):
        return PdfText
    if start.startswith(b"{"):
        return lambda content: CodedText(jsonstat_datasets(content))
    if start.startswith(b"CHARSET="):
        return lambda content: CodedText([px_dataset(content)])
    return TidyText
