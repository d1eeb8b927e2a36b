"""Reading what is made to be read by people: the tables of a Word document and of a tagged PDF."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from followup.attack.printed import Printed, cells_in, outline_of
from followup.attack.tagged_pdf import tables_in
from followup.attack.told import Outline, TableText, ToldCell, squeezed
from followup.statistics.catalogue import TABLES
from followup.statistics.meaning import PublicCube

ABOUT_CAPTION = "Om tabellerna"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class DocumentText(TableText):
    """Tables under captions that begin with the table's number: "T7. Sysselsättning vid avslut, 2023"."""

    def __init__(self, content: bytes) -> None:
        tables = list(self.read(content))
        about = squeezed(ABOUT_CAPTION)
        # A note of several lines stands under the same heading on each of them: the first one is kept.
        rows = [row for table in tables if squeezed(table.caption) == about for row in reversed(table.rows)]
        self._about = {str(row[0]): str(row[1]) for row in rows}
        self._tables = [table for table in tables if squeezed(table.caption) != about]
        plain, captions = self._plain(), [table.caption for table in self._tables]
        self.set_aside = frozenset(each.partition(".")[0] for each in captions if squeezed(each) in plain)

    @abstractmethod
    def read(self, content: bytes) -> Iterator[Printed]: ...

    def outline(self) -> Outline:
        return outline_of(self._tables, self._about)

    def cells(self, cubes: Sequence[PublicCube]) -> Iterator[ToldCell]:
        period = squeezed(self.outline().period.label)
        known = {f"{cube.id.partition('-')[0]}.{squeezed(cube.title)},{period}": cube for cube in cubes}
        plain = self._plain()
        for table in self._tables:
            cube = known.get(squeezed(table.caption))
            if cube is not None:
                yield from cells_in(cube, table)
            elif squeezed(table.caption) not in plain:
                yield ToldCell(None, (), None)

    def _plain(self) -> set[str]:
        """Captions of tables of plain figures."""
        period = squeezed(self.outline().period.label)
        return {f"{table.id}.{squeezed(cube.title)},{period}" for table in TABLES for cube in table.plain}


class WordText(DocumentText):
    def read(self, content: bytes) -> Iterator[Printed]:
        with ZipFile(BytesIO(content)) as parts:
            body = fromstring(parts.read("word/document.xml"))
        for table in body.iter(f"{WORD}tbl"):
            caption = table.find(f"{WORD}tblPr/{WORD}tblCaption")
            rows = [
                ["".join(text.text or "" for text in cell.iter(f"{WORD}t")) for cell in row.iter(f"{WORD}tc")]
                for row in table.iter(f"{WORD}tr")
            ]
            yield Printed("" if caption is None else caption.get(f"{WORD}val", ""), rows[0], rows[1:])


class PdfText(DocumentText):
    def read(self, content: bytes) -> Iterator[Printed]:
        for table in tables_in(content):
            yield Printed(table.caption, table.rows[0], table.rows[1:])
