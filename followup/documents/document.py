"""A document as its writer means it: headings, paragraphs, tables and pictures, free of any file format.

Texts are plain text and never markup: no writer reads anything into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"


class Tone(StrEnum):
    """How a paragraph stands: as the finding of its section, as running text, or as a note in small type."""

    LEAD = "lead"
    TEXT = "text"
    NOTE = "note"


class PictureKind(StrEnum):
    SVG = "svg"
    PNG = "png"


class DocumentMalformed(ValueError):
    """The parts of the document do not fit together; the text says which."""


@dataclass(frozen=True)
class Heading:
    """`level` counts from 1; the document's title stands above them all."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not self.text.strip() or not 1 <= self.level <= 4:
            raise DocumentMalformed("A heading needs a text and a level from 1 to 4.")


@dataclass(frozen=True)
class Paragraph:
    text: str
    tone: Tone = Tone.TEXT


@dataclass(frozen=True)
class Points:
    """A list of short texts, one point each."""

    texts: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Rows under header rows; all have one cell for each column, and none is merged.

    align   one for each column
    stub    how many of the first columns are headers of their row
    """

    caption: str
    header: Sequence[Sequence[str]]
    rows: Sequence[Sequence[str]]
    align: Sequence[Align]
    stub: int = 1

    def __post_init__(self) -> None:
        widths = {len(row) for row in (*self.header, *self.rows)} | {len(self.align)}
        if not self.header or len(widths) != 1 or not 0 <= self.stub <= len(self.align):
            raise DocumentMalformed(f"The table “{self.caption}” needs a header and rows of one length.")


@dataclass(frozen=True)
class Picture:
    """`alt` tells the same in words, and `width` is the part of the text's width that it takes."""

    content: bytes
    kind: PictureKind
    alt: str
    caption: str = ""
    width: float = 1.0

    def __post_init__(self) -> None:
        if not self.alt.strip() or not 0 < self.width <= 1:
            raise DocumentMalformed("A picture needs its words and a width up to 1.")


Block = Heading | Paragraph | Points | Table | Picture


@dataclass(frozen=True)
class Document:
    """`date` is the moment it tells of itself; the same document gives the same bytes each time.

    marking   stands on every page: who may read it
    wide      True to lay the pages down, for tables of many columns
    """

    title: str
    author: str
    date: datetime
    blocks: Sequence[Block]
    language: str = "sv"
    marking: str = ""
    wide: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip() or self.date.tzinfo is None:
            raise DocumentMalformed("A document needs a title, and a date with its time zone.")
