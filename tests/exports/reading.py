"""Files read back the way others read them, without the product's own code."""

import csv
import json
import tempfile
import warnings
import zipfile
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any

import docx
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from pyaxis import pyaxis
from pyjstat import pyjstat
from pypdf import PdfReader

from followup.web.formats import MINUS

# Labels, one for each axis in any order -> what stands there on paper.
Cells = dict[frozenset[str], str]
PX_SYMBOLS = {'".."': "..", '"..."': "..*", '"."': "."}
STATUS_SYMBOLS = {"u": "..", "s": "..*", "e": "."}
NOTHING = "^$"


def machine_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


def excel_csv(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def data(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["tabell"] != "OM"]


def about(rows: list[dict[str, str]]) -> str:
    return "\n".join(f"{row['variabel']}: {row['kategori']}" for row in rows if row["tabell"] == "OM")


def workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def block(sheet: Worksheet) -> list[list[object]]:
    """Header row and data rows of a sheet, up to the first empty row."""
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    end = next((n for n, row in enumerate(rows) if all(cell is None for cell in row)), len(rows))
    return rows[:end]


def shown_number(value: object, number_format: str) -> str:
    """A number cell as the page would show it."""
    if not isinstance(value, int | float):
        return str(value)
    return f"{round(value * 100)}\u00a0%" if "%" in number_format else str(int(value)).replace("-", MINUS)


def word_tables(content: bytes) -> list[list[list[str]]]:
    """The texts of every table of a Word document, its header row first."""
    document = docx.Document(BytesIO(content))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def pdf_text(content: bytes) -> str:
    """All that a PDF says, in the order it is said, with single blanks."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return spaced(" ".join(pages))


def spaced(text: str) -> str:
    return " ".join(text.split())


def px(content: bytes) -> tuple[dict[str, Any], Cells]:
    """Keywords and cells of one PX file, by PyAxis."""
    with tempfile.NamedTemporaryFile(suffix=".px") as file:
        file.write(content)
        file.flush()
        parsed = pyaxis.parse(file.name, encoding="cp1252", null_values=NOTHING, sd_values=NOTHING)
    told, frame = parsed["METADATA"], parsed["DATA"]
    cells = {}
    for *labels, figure in frame.itertuples(index=False):
        unit = next((told[f"UNITS({label})"][0] for label in labels if f"UNITS({label})" in told), "")
        cells[frozenset(labels)] = PX_SYMBOLS.get(figure) or on_paper(float(figure), unit)
    return told, cells


def px_archive(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as files:
        return {name: files.read(name) for name in files.namelist()}


def jsonstat(content: bytes) -> list[tuple[dict[str, Any], Cells]]:
    """Each dataset of a collection with its cells, by pyjstat."""
    found = []
    for told in json.loads(content)["link"]["item"]:
        with warnings.catch_warnings():
            # It warns of its own way of writing to a frame.
            warnings.simplefilter("ignore", DeprecationWarning)
            frame = pyjstat.Dataset.read(json.dumps(told)).write("dataframe")
        cells = {}
        for at, (*labels, value) in enumerate(frame.itertuples(index=False)):
            symbol = STATUS_SYMBOLS.get(told["status"].get(str(at), ""))
            assert (symbol is not None) == (value is None or value != value), told["label"]
            cells[frozenset(labels)] = symbol or on_paper(float(value), unit_of(told, labels))
        found.append((told, cells))
    return found


def unit_of(told: dict[str, Any], labels: list[str]) -> str:
    for dimension in told["dimension"].values():
        for code, unit in dimension["category"].get("unit", {}).items():
            if dimension["category"]["label"][code] in labels:
                return str(unit["label"])
    return ""


def on_paper(value: float, unit: str) -> str:
    text = f"{value:g}".replace(".", ",")
    return f"{text}\u00a0%" if unit == "procent" else text


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()
