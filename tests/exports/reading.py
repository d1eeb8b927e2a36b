"""Files read back the way others read them, without the product's own code."""

import csv
from io import BytesIO, StringIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

# (table, period, team, category in words with columns last) -> what stands there
Cells = dict[tuple[str, ...], str]


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
    return f"{round(value * 100)}\u00a0%" if "%" in number_format else str(int(value))
