"""PX, the format of SCB's PxWeb: one file for each table, for whoever keeps tables in such a database.

The order of the keywords, the encoding and the length of lines are what every known reader takes. A hidden, a
missing and an impossible figure have a symbol each, and zero is a number.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from followup.clock import STOCKHOLM
from followup.disclosure import SENTENCE, ProtectedCell, ProtectedTable, Status
from followup.disclosure.cells import Axis
from followup.documents.still_zip import still_zip
from followup.errors import Refusal
from followup.exports.publication import Chapter, Publication
from followup.exports.records import plain_name
from followup.periods import HalfYear, Month, Period, Quarter, Year, parse_period
from followup.statistics.declarations import DAY, PERIOD, QUEUE

LONGEST_LINE, LONGEST_MATRIX = 256, 8
# A text is broken here, so that its line holds the keyword and the quotes as well.
TEXT_PIECE = 200
SYMBOLS = {Status.NOT_APPLICABLE: ".", Status.SUPPRESSED: "..", Status.MISSING: "..."}
IN_WORDS = "Tecken: .. undertryckt uppgift; ... uppgift saknas; . uppgift kan inte förekomma."
# Straight quotes and line ends end a text. Windows-1252 lacks the minus and two signs that code lists use,
# which are said in words here; every other sign must be in it.
TYPOGRAPHY = str.maketrans({'"': "”", "\n": " ", "\r": " ", "\u2212": "–", "≥": "minst", "≤": "högst"})
# How PxWeb tells the length of a period, and how it writes one. Other periods are plain labels there.
SCALES: dict[type[Period], str] = {Year: "A1", HalfYear: "H1", Quarter: "Q1", Month: "M1"}

Entry = tuple[str, str]


class SignNotInPx(Refusal):
    """PX is written in Windows-1252, and a figure under a garbled name would be a wrong figure."""

    def __init__(self, sign: str, text: str) -> None:
        super().__init__(
            f"Tecknet {sign} (U+{ord(sign):04X}) i ”{text.strip()}” finns inte i PX-filernas "
            "teckenuppsättning Windows-1252. Byt ut tecknet, eller välj ett annat format."
        )


def write_px(publication: Publication) -> bytes:
    """A zip with a PX file for each table, in their order. Raises SignNotInPx."""
    return still_zip(
        {
            f"{plain_name(table.id)}.px": _encoded(_Matrix(publication, chapter, table, number))
            for chapter in publication.chapters
            for number, table in enumerate(chapter.tables, start=1)
        }
    )


def _encoded(matrix: "_Matrix") -> bytes:
    lines = [line for entry in matrix.entries() for line in _lines(*entry)]
    return b"".join(_in_windows_1252(line) + b"\r\n" for line in [*lines, *matrix.data()])


def _in_windows_1252(line: str) -> bytes:
    try:
        return line.encode("cp1252")
    except UnicodeEncodeError as error:
        raise SignNotInPx(line[error.start], line) from None


def _lines(keyword: str, value: str) -> Iterator[str]:
    """A keyword and its value, broken between the quoted texts where the line would be too long."""
    line = f"{keyword}="
    for number, piece in enumerate(value.split("\n")):
        # Two texts on one line would read as one with a quote inside.
        if number and (len(line) + len(piece) >= LONGEST_LINE or not line.endswith(",")):
            yield line
            line = ""
        line += piece
    yield f"{line};"


def _text(text: str) -> str:
    """In straight quotes, without one inside, and in pieces when it is long."""
    safe = _bare(text)
    pieces = [safe[at : at + TEXT_PIECE] for at in range(0, len(safe), TEXT_PIECE)] or [""]
    return "\n".join(f'"{piece}"' for piece in pieces)


def _list(texts: Sequence[str]) -> str:
    return ",\n".join(_text(text) for text in texts)


class _Matrix:
    """One table as PX tells it. Periods run forward in time, as readers of time series want them."""

    def __init__(
        self, publication: Publication, chapter: Chapter, table: ProtectedTable, number: int
    ) -> None:
        self.publication, self.chapter, self.table = publication, chapter, table
        self.matrix = f"{chapter.id}_{number}"[:LONGEST_MATRIX]
        self.stub = [_forward(table.axis(name)) for name in table.stub]
        self.heading = [_forward(table.axis(name)) for name in table.heading]
        self.axes = [*self.stub, *self.heading]
        self.contents = next((axis for axis in self.axes if table.units.keys() & set(axis.codes)), None)

    def entries(self) -> Iterator[Entry]:
        yield from self._about_the_file()
        yield from self._about_the_table()
        for axis in self.axes:
            yield f'VALUES("{_bare(axis.label)}")', _list(axis.labels)
        yield from self._time()
        for axis in self.axes:
            yield f'CODES("{_bare(axis.label)}")', _list(axis.codes)
        yield from self._about_the_contents()
        yield from self._notes()
        for symbol in SYMBOLS.values():
            yield f"DATASYMBOL{len(symbol)}", _text(symbol)
        yield "DATASYMBOLNIL", _text("-")

    def data(self) -> Iterator[str]:
        """Stub first, heading fastest; a row that would be too long goes on in the next line."""
        yield "DATA="
        for row in product(*(axis.codes for axis in self.stub)):
            line = ""
            for column in product(*(axis.codes for axis in self.heading)):
                shown = _figure(self._cell((*row, *column)))
                if len(line) + len(shown) + 1 >= LONGEST_LINE:
                    yield line
                    line = ""
                line = f"{line} {shown}".lstrip()
            yield line
        yield ";"

    def _about_the_file(self) -> Iterator[Entry]:
        yield "CHARSET", _text("ANSI")
        yield "AXIS-VERSION", _text("2013")
        yield "CODEPAGE", _text("Windows-1252")
        yield "LANGUAGE", _text("sv")
        yield "CREATION-DATE", _text(self._made)
        yield "TABLEID", _text(self.table.id)

    def _about_the_table(self) -> Iterator[Entry]:
        decimals = str(max(cell.decimals for cell in self.table.cells.values()))
        yield "DECIMALS", decimals
        yield "SHOWDECIMALS", decimals
        yield "MATRIX", _text(self.matrix)
        # Whoever takes part in two periods stands in both, and hidden figures would be added as nothing.
        yield "AGGREGALLOWED", "NO"
        yield "COPYRIGHT", "NO"
        yield "SUBJECT-CODE", _text("FINSAM")
        yield "SUBJECT-AREA", _text("Finansiell samordning")
        yield "DESCRIPTION", _text(f"{self.chapter.id} {self.table.title}, {self.publication.period.label}")
        yield "TITLE", _text(f"{self.table.title}, {self.publication.period.label}")
        yield "CONTENTS", _text(self.table.title)
        for keyword, axes in (("STUB", self.stub), ("HEADING", self.heading)):
            if axes:
                yield keyword, _list([axis.label for axis in axes])
        if self.contents:
            yield "CONTVARIABLE", _text(self.contents.label)

    def _time(self) -> Iterator[Entry]:
        for axis in self.axes:
            scale = SCALES.get(type(self.publication.period)) if axis.name == PERIOD else None
            if scale:
                times = [_time_of(parse_period(code)) for code in axis.codes]
                yield f'TIMEVAL("{_bare(axis.label)}")', f"TLIST({scale}),\n{_list(times)}"

    def _about_the_contents(self) -> Iterator[Entry]:
        """Once for the whole table, or once for each of its measures when they have units of their own."""
        stock = "S" if {QUEUE, DAY}.intersection(self.table.stub) else "F"
        told = (
            ("LAST-UPDATED", self._made),
            ("STOCKFA", stock),
            ("UNITS", ""),
            ("REFPERIOD", self.publication.period.label),
            ("CONTACT", self.publication.association),
        )
        for keyword, text in told:
            if self.contents is None:
                yield keyword, _text(text or self.table.unit)
                continue
            for code, label in zip(self.contents.codes, self.contents.labels, strict=True):
                unit = self.table.units.get(code, self.table.unit)
                yield f'{keyword}("{_bare(label)}")', _text(text or unit)
        yield "SOURCE", _text(self.publication.association)
        yield "OFFICIAL-STATISTICS", "NO"

    def _notes(self) -> Iterator[Entry]:
        rule = f"{SENTENCE} {IN_WORDS} {self.publication.rule}"
        yield "NOTEX", _text(f"{self.publication.marking}. {self.publication.edition}. {rule}")
        told = [*self.chapter.inclusion, *self.table.notes, *self.publication.missing]
        sum_of_all = f"SHA-256 för alla tabellers innehåll: {self.publication.checksum}"
        yield "NOTE", _text(" ".join([*told, sum_of_all]))

    @property
    def _made(self) -> str:
        return self.publication.made.astimezone(STOCKHOLM).strftime("%Y%m%d %H:%M")

    def _cell(self, codes: Sequence[str]) -> ProtectedCell:
        by_axis = dict(zip((axis.name for axis in self.axes), codes, strict=True))
        return self.table.cells[tuple(by_axis[axis.name] for axis in self.table.axes)]


def _figure(cell: ProtectedCell) -> str:
    return f'"{SYMBOLS[cell.status]}"' if cell.value is None else f"{cell.value:.{cell.decimals}f}"


def _forward(axis: Axis) -> Axis:
    if axis.name != PERIOD:
        return axis
    pairs = sorted(zip(axis.codes, axis.labels, strict=True), key=lambda pair: parse_period(pair[0]).first)
    codes, labels = zip(*pairs, strict=True)
    return axis._replace(codes=codes, labels=labels)


def _time_of(period: Period) -> str:
    """2023, 2023H1, 2023Q1, 2023M05."""
    year, _, part = period.code.partition("-")
    return f"{year}M{part}" if part.isdigit() else f"{year}{part}"


def _bare(text: str) -> str:
    return text.translate(TYPOGRAPHY)
