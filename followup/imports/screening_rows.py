"""From the lines of a file with violence counts to counters by team, month, round and sex."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from followup.imports.cells import Cells
from followup.imports.columns import Column, find_headings, known_columns
from followup.imports.guard import Guard
from followup.imports.participation_rows import (
    is_beside,
    month_is_complete,
)
from followup.imports.results import Reading, RowRefused
from followup.imports.sheet import Line
from followup.imports.teams import Vocabulary
from followup.periods import Month
from followup.screening.commands import Place
from followup.screening.measures import AFTER_TOPICS, BEFORE_TOPICS, no, problems, yes

KIND = "screening"
LISTS = {"screening_round", "sex", "screening_topic"}
COLUMNS = known_columns(KIND)
SUMS = tuple(BEFORE_TOPICS) + tuple(AFTER_TOPICS)
LARGEST_COUNT = 9999
# Stands in for a month that could not be read until the row is refused for it.
UNREAD = Month(1900, 1)

_COUNT = re.compile(r"\d{1,4}")

TWICE = "Månaden, omgången och könet står redan på en tidigare rad i filen."
HAS_COUNTS = "Det finns redan antal för månaden, omgången och könet. Rätta dem på sidan Våld i stället."

NOT_RENEWED = (
    "{month} är klarmarkerad. Öppna månaden, eller välj att klarmarkera månaderna i samband med inläsningen."
)

Filled = Set[tuple[int, Month, str, str]]


class ScreeningRow(NamedTuple):
    place: Place
    counts: Mapping[str, int]


class Counted(NamedTuple):
    """What there is already: the counters with something in them, and months that may be declared anew."""

    filled: Filled
    # A complete month without any counts may be filled when the import declares it complete again.
    may_renew: bool = False

    def is_filled(self, team_id: int, month: Month) -> bool:
        return any(known[:2] == (team_id, month) for known in self.filled)


def topic_columns(topics: Iterable[str]) -> dict[str, str]:
    """The measure of each column that a topic has, by its heading."""
    topics = list(topics)
    return {code: yes(code) for code in topics} | {f"{code} nej": no(code) for code in topics}


def columns_with(topics: Iterable[str]) -> list[Column]:
    """Every column in the order that the sums are typed in: topics stand before what a yes led to."""
    own = [Column(heading, heading, False, frozenset()) for heading in topic_columns(topics)]
    last = [column for column in COLUMNS if column.name in AFTER_TOPICS]
    return [*(column for column in COLUMNS if column not in last), *own, *last]


def read(
    lines: Sequence[Line], words: Vocabulary, topics: Mapping[str, str], counted: Counted
) -> Reading[ScreeningRow]:
    extra = list(topic_columns(topics))
    headings = find_headings(lines, COLUMNS, extra)
    reading: Reading[ScreeningRow] = Reading()
    guard = Guard()
    guard.check_above([line for line in lines if line.number <= headings.line.number], reading)
    for label in headings.unused_labels:
        reading.note(f"Kolumnen ”{label[:40]}” har ingen plats bland räknarna och läses inte in.")
    labels = {column.name: column.label for column in COLUMNS} | {name: name for name in extra}
    seen: set[tuple[int, Month, str, str]] = set()
    for line in lines:
        if line.number <= headings.line.number:
            continue
        cells = headings.read(line)
        try:
            guard.check(headings, line, reading)
            if is_beside(line, cells):
                reading.pass_over(line.number)
                continue
            row = _read_row(Cells(cells, labels, words.lists), words, topics, counted)
            address = (row.place.team_id, row.place.month, row.place.round, row.place.sex)
            if address in seen:
                raise RowRefused([TWICE])
        except RowRefused as refused:
            reading.refuse(line.number, refused.reasons)
            continue
        seen.add(address)
        reading.accepted.append((line.number, row))
    return reading


def _read_row(cells: Cells, words: Vocabulary, topics: Mapping[str, str], counted: Counted) -> ScreeningRow:
    known = words.team(cells.text("team"))
    if known is None:
        raise RowRefused([words.why_no_team(cells.text("team"))])
    month = cells.month("month")
    round_code = cells.code("round", "screening_round", required=True)
    sex = cells.code("sex", "sex", required=True)
    counts = _read_counts(cells, topics)
    if month and month in known.complete and counted.is_filled(known.team.id, month):
        cells.refuse(month_is_complete(month))
    elif month and month in known.complete and not counted.may_renew:
        cells.refuse(NOT_RENEWED.format(month=month.label.capitalize()))
    if month and known.team.closed and month > known.team.closed:
        cells.refuse(f"Teamet stängde {known.team.closed.label}.")
    if not cells.problems:
        cells.problems.extend(problem.text for problem in problems(counts, topics))
    cells.finish()
    place = Place(team_id=known.team.id, month=month or UNREAD, round=round_code or "", sex=sex or "")
    if (place.team_id, place.month, place.round, place.sex) in counted.filled:
        raise RowRefused([HAS_COUNTS])
    return ScreeningRow(place, counts)


def _read_counts(cells: Cells, topics: Mapping[str, str]) -> dict[str, int]:
    columns = {name: name for name in SUMS} | topic_columns(topics)
    counts = {}
    for column, measure in columns.items():
        text = cells.text(column)
        if _COUNT.fullmatch(text):
            counts[measure] = int(text)
        elif text:
            cells.refuse(f"{cells.label(column)}: skriv ett heltal från 0 till {LARGEST_COUNT}.")
        elif column in BEFORE_TOPICS:
            cells.refuse(f"{cells.label(column)} saknas.")
    return counts
