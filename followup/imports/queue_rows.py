"""From the lines of a file with queue lengths to a number by team and month, for the time before the rows."""

import re
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.imports import teams
from followup.imports.cells import Cells
from followup.imports.columns import find_headings, known_columns
from followup.imports.guard import Guard
from followup.imports.kinds import QUEUE
from followup.imports.participation_rows import is_beside
from followup.imports.reading import NothingToImport, find_sheet, note_left_out
from followup.imports.results import Reading, RowRefused
from followup.imports.teams import Vocabulary
from followup.periods import Month

COLUMNS = known_columns(QUEUE)
LONGEST_QUEUE = 9999
TWICE = "Teamets månad står redan på en tidigare rad i filen."

_COUNT = re.compile(r"\d{1,4}")


class QueueRow(NamedTuple):
    team_id: int
    month: Month
    waiting: int


def read_file(session: Session, scope: Scope, content: bytes) -> Reading[QueueRow]:
    sheet = find_sheet(content, QUEUE)
    headings = find_headings(sheet.lines, COLUMNS)
    words = teams.load(session, scope, ())
    labels = {column.name: column.label for column in COLUMNS}
    reading: Reading[QueueRow] = Reading()
    guard = Guard()
    seen: set[tuple[int, Month]] = set()
    for line in sheet.lines:
        if line.number <= headings.line.number:
            continue
        try:
            guard.check(headings, line, reading)
            cells = headings.read(line)
            if is_beside(line, cells):
                reading.pass_over(line.number)
                continue
            row = _read_row(Cells(cells, labels, {}), words)
            if (row.team_id, row.month) in seen:
                raise RowRefused([TWICE])
        except RowRefused as refused:
            reading.refuse(line.number, refused.reasons)
            continue
        seen.add((row.team_id, row.month))
        reading.accepted.append((line.number, row))
    if not reading.accepted and not reading.refused:
        raise NothingToImport
    note_left_out(reading, sheet)
    return reading


def by_team(reading: Reading[QueueRow]) -> dict[int, dict[Month, int | None]]:
    counts: dict[int, dict[Month, int | None]] = defaultdict(dict)
    for row in reading.rows:
        counts[row.team_id][row.month] = row.waiting
    return dict(counts)


def _read_row(cells: Cells, words: Vocabulary) -> QueueRow:
    known = words.team(cells.text("team"))
    if known is None:
        cells.refuse(words.why_no_team(cells.text("team")))
    month, text = cells.month("month"), cells.text("waiting")
    if not _COUNT.fullmatch(text):
        cells.refuse(f"{cells.label('waiting')}: skriv ett heltal från 0 till {LONGEST_QUEUE}.")
    cells.finish()
    return QueueRow(known.team.id if known else 0, month or Month(1900, 1), int(text))
