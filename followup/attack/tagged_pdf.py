"""The tables of a tagged PDF, by its structure and not by where things lie on the page.

A tagged PDF (ISO 14289-1) has a tree of tables, rows and cells, whose leaves point at numbered pieces of the
pages' contents; fonts tell which letter each glyph stands for.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, DictionaryObject, TextStringObject

# Pieces of text by the identity of their page and their number on it.
Pieces = Mapping[tuple[int, int], str]
SHOW, SHOW_MANY, BEGIN, BEGIN_PLAIN, END, FONT = b"Tj", b"TJ", b"BDC", b"BMC", b"EMC", b"Tf"


# A caption stands at most so many levels above its table.
WRAPPINGS = 4


class Table(NamedTuple):
    caption: str
    rows: list[list[str]]


def tables_in(content: bytes) -> Iterator[Table]:
    """Every table in reading order. Raises ValueError for a PDF that is not tagged or cannot be read."""
    try:
        reader = PdfReader(BytesIO(content))
        pieces = {
            (page.indirect_reference.idnum, number): text
            for page in reader.pages
            if page.indirect_reference is not None
            for number, text in _pieces(page, reader).items()
        }
        root: Any = reader.trailer["/Root"]
        top = root["/StructTreeRoot"].get_object()
    except (PyPdfError, KeyError) as error:
        raise ValueError("no tagged PDF") from error
    for node in _below(top, "/Table"):
        rows = [
            [_text(cell, pieces).strip() for cell in _children(row) if _kind(cell) in ("/TH", "/TD")]
            for row in _below(node, "/TR")
        ]
        yield Table(_caption(node, pieces), rows)


def _caption(table: DictionaryObject, pieces: Pieces) -> str:
    """In the table itself, or beside it in whatever it is wrapped in."""
    around = table
    for _ in range(WRAPPINGS):
        captions = [each for each in _children(around) if _kind(each) == "/Caption"]
        if captions:
            return _text(captions[0], pieces).strip()
        around = around.get("/P", around).get_object()
    return ""


def _kind(node: Any) -> str:
    return str(node.get("/S", "")) if isinstance(node, DictionaryObject) else ""


def _children(node: DictionaryObject) -> list[Any]:
    found = node.get("/K", ArrayObject()).get_object()
    return [each.get_object() for each in found] if isinstance(found, ArrayObject) else [found]


def _below(node: DictionaryObject, kind: str) -> Iterator[DictionaryObject]:
    """Nodes of a kind under `node`, in order; those inside one that is found are its own."""
    for child in _children(node):
        if _kind(child) == kind:
            yield child
        elif isinstance(child, DictionaryObject):
            yield from _below(child, kind)


def _text(node: DictionaryObject, pieces: Pieces, page: int = 0) -> str:
    page = node.raw_get("/Pg").idnum if "/Pg" in node else page
    texts = []
    for child in _children(node):
        if isinstance(child, int):
            texts.append(pieces.get((page, int(child)), ""))
        elif isinstance(child, DictionaryObject) and "/MCID" in child:
            at = child.raw_get("/Pg").idnum if "/Pg" in child else page
            texts.append(pieces.get((at, _whole(child["/MCID"])), ""))
        elif isinstance(child, DictionaryObject):
            texts.append(_text(child, pieces, page))
    return " ".join(texts)


def _pieces(page: Any, reader: PdfReader) -> dict[int, str]:
    """The texts of a page by their numbers."""
    fonts = page.get("/Resources", DictionaryObject()).get_object().get("/Font", DictionaryObject())
    letters = {name: _letters(font.get_object()) for name, font in fonts.get_object().items()}
    texts: dict[int, str] = defaultdict(str)
    open_numbers: list[int | None] = []
    font: dict[bytes, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (BEGIN, BEGIN_PLAIN):
            open_numbers.append(_number(operands))
        elif operator == END:
            open_numbers.pop()
        elif operator == FONT:
            font = letters.get(str(operands[0]), {})
        elif operator in (SHOW, SHOW_MANY):
            number = next((each for each in reversed(open_numbers) if each is not None), None)
            if number is not None:
                texts[number] += _shown(operands[0], font)
    return texts


def _number(operands: list[Any]) -> int | None:
    told = operands[1] if len(operands) > 1 else None
    return _whole(told["/MCID"]) if isinstance(told, DictionaryObject) and "/MCID" in told else None


def _whole(number: Any) -> int:
    return int(number)


def _shown(operand: Any, font: Mapping[bytes, str]) -> str:
    parts = operand if isinstance(operand, ArrayObject) else [operand]
    glyphs = b"".join(_bytes(part) for part in parts if isinstance(part, TextStringObject | ByteStringObject))
    return "".join(font.get(glyphs[at : at + 2], "") for at in range(0, len(glyphs), 2))


def _bytes(text: TextStringObject | ByteStringObject) -> bytes:
    return text.original_bytes


def _letters(font: DictionaryObject) -> dict[bytes, str]:
    """Which letters each glyph of two bytes stands for, from the font's ToUnicode table."""
    if "/ToUnicode" not in font:
        return {}
    source: Any = font["/ToUnicode"]
    words = source.get_data().decode("latin-1").replace("<", " <").replace(">", "> ").split()
    letters: dict[bytes, str] = {}
    for start, end, width in (("beginbfchar", "endbfchar", 2), ("beginbfrange", "endbfrange", 3)):
        for section in _sections(words, start, end):
            for at in range(0, len(section) - width + 1, width):
                letters |= _entry(section[at : at + width])
    return letters


def _sections(words: list[str], start: str, end: str) -> Iterator[list[str]]:
    at = 0
    while start in words[at:]:
        first = words.index(start, at) + 1
        at = words.index(end, first)
        yield [word[1:-1] for word in words[first:at]]


def _entry(entry: list[str]) -> dict[bytes, str]:
    first, last, letter = bytes.fromhex(entry[0]), bytes.fromhex(entry[-2]), bytes.fromhex(entry[-1])
    if len(entry) == 2:
        return {first: letter.decode("utf-16-be")}
    begin = int.from_bytes(first)
    base = int.from_bytes(letter)
    return {
        (begin + step).to_bytes(len(first)): (base + step).to_bytes(len(letter)).decode("utf-16-be")
        for step in range(int.from_bytes(last) - begin + 1)
    }
