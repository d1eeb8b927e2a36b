"""From the lines of a team's list to participations: dates become week and month, ages become groups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from followup.errors import Refusal
from followup.imports.cells import Cells
from followup.imports.columns import Headings, find_headings, known_columns
from followup.imports.guard import Guard
from followup.imports.results import Reading, RowRefused
from followup.imports.sheet import Line
from followup.imports.teams import TeamWords, Vocabulary
from followup.imports.words import plain
from followup.participation.bulk import WholeRow
from followup.participation.reach import reach
from followup.participation.refusals import AgeOutOfRange
from followup.participation.rules import DECEASED, LIST_OF_FIELD, NO_PUBLIC_SUPPORT
from followup.participation.state import State
from followup.periods import Month, WeekAndMonth

KIND = "participations"
LISTS = set(LIST_OF_FIELD.values())
SUM_WORDS = {"summa", "totalt", "total", "antal", "summering"}
COLUMNS = known_columns(KIND)
LABELS = {column.name: column.label for column in COLUMNS}

BOTH_INCOMES = "Ingen offentlig försörjning står tillsammans med en annan försörjning. Kontrollera raden."
POSSIBLE_DOUBLE = "Möjlig dubblett: raden är lik en tidigare rad i filen. Ta bort den om den står två gånger."


@dataclass(frozen=True)
class Days:
    """The exact dates of a line; they order the events and are then let go."""

    accepted: date | None
    started: date | None
    ended: date | None


def read(lines: Sequence[Line], words: Vocabulary) -> Reading[WholeRow]:
    headings = find_headings(lines, COLUMNS)
    reading: Reading[WholeRow] = Reading()
    guard = Guard()
    guard.check_above([line for line in lines if line.number <= headings.line.number], reading)
    _note_columns(headings, reading)
    seen: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        if line.number > headings.line.number:
            _read_line(line, headings, words, guard, reading, seen)
    return reading


def _read_line(
    line: Line,
    headings: Headings,
    words: Vocabulary,
    guard: Guard,
    reading: Reading[WholeRow],
    seen: Counter[tuple[str, ...]],
) -> None:
    cells = headings.read(line)
    try:
        guard.check(headings, line, reading)
        if is_beside(line, cells):
            reading.pass_over(line.number)
            return
        row = _read_row(Cells(cells, LABELS, words.lists), words)
    except RowRefused as refused:
        reading.refuse(line.number, refused.reasons)
        return
    reading.accepted.append((line.number, row))
    if _has_both_incomes(row.state):
        reading.warn(line.number, BOTH_INCOMES)
    content = tuple(cells.values())
    if seen[content]:
        reading.warn(line.number, POSSIBLE_DOUBLE)
    seen[content] += 1


def is_beside(line: Line, cells: dict[str, str]) -> bool:
    """A line that is no row: a sum, or a note beside the list."""
    filled = [cell for cell in line.cells if cell]
    if not any(cells.values()) or len(filled) == 1:
        return True
    return plain(plain(filled[0]).partition(" ")[0]) in SUM_WORDS


def _read_row(cells: Cells, words: Vocabulary) -> WholeRow:
    known = words.team(cells.text("team"))
    if known is None:
        raise RowRefused([words.why_no_team(cells.text("team"))])
    state = _read_state(cells, known, _read_days(cells))
    try:
        known.rules.check_history(state)
    except Refusal as refusal:
        raise RowRefused([refusal.message]) from refusal
    moved = reach(None, state)
    if closed := min((month for month in known.complete if month in moved), default=None):
        raise RowRefused([month_is_complete(closed)])
    return WholeRow(known.team.id, state)


def month_is_complete(month: Month) -> str:
    return (
        f"{month.label.capitalize()} är klarmarkerad, så raden kan redan vara inläst. Öppna månaden först om "
        "raden är ny."
    )


def _read_days(cells: Cells) -> Days:
    days = Days(cells.date("accepted"), cells.date("started"), cells.date("ended"))
    if not cells.text("accepted") and not cells.text("started"):
        cells.refuse("Raden saknar både datum för kö och start.")
    if days.accepted and days.started and days.started < days.accepted:
        cells.refuse("Start ligger före I kö. Kontrollera datumen.")
    if days.started and days.ended and days.ended < days.started:
        cells.refuse("Avslut ligger före Start. Kontrollera datumen.")
    if not cells.text("started") and days.accepted and days.ended and days.ended < days.accepted:
        cells.refuse("Avslut ligger före I kö. Kontrollera datumen.")
    return days


def _read_state(cells: Cells, known: TeamWords, days: Days) -> State:
    occupation_before, extent_before = cells.occupation("occupation_before", "extent_before")
    occupation_at_exit, extent_at_exit = cells.occupation("occupation_at_exit", "extent_at_exit")
    exit_reason, left_reason = _read_reason(cells)
    sex = cells.code("sex", "sex", required=True)
    referring_party = cells.code("referring_party", "referring_party", required=True)
    age_group = _read_age(cells, known, days)
    state = State(
        sex=sex or "",
        age_group=age_group or "",
        referring_party=referring_party or "",
        municipality=_read_municipality(cells, known),
        education=cells.code("education", "education"),
        time_on_public_support=cells.code("time_on_public_support", "time_on_public_support"),
        occupation_before=occupation_before,
        extent_before=extent_before,
        income_before=cells.codes("income_before", "income_source"),
        accepted=_kept(days.accepted),
        started=_kept(days.started),
        left=None if days.started else _kept(days.ended),
        left_reason=left_reason,
        ended=_kept(days.ended) if days.started else None,
        exit_reason=exit_reason,
        continuation=cells.code("continuation", "continuation"),
        occupation_at_exit=occupation_at_exit,
        extent_at_exit=extent_at_exit,
        income_at_exit=cells.codes("income_at_exit", "income_source"),
    )
    cells.finish()
    if exit_reason != DECEASED:
        return state
    return replace(state, continuation=None, occupation_at_exit=None, extent_at_exit=None, income_at_exit=())


def _read_reason(cells: Cells) -> tuple[str | None, str | None]:
    """The exit reason of who started, or the reason why somebody left the queue."""
    if not cells.text("ended"):
        if cells.text("exit_reason"):
            cells.refuse("Raden har avslutsorsak men inget datum för avslut.")
        return None, None
    if cells.text("started"):
        return cells.code("exit_reason", "exit_reason", required=True), None
    reason = cells.code("exit_reason", "queue_exit_reason", required=True)
    if reason is None and cells.text("exit_reason"):
        cells.refuse("Den som lämnar kön utan start ska ha en av orsakerna för det, till exempel Tackat nej.")
    return None, reason


def _read_age(cells: Cells, known: TeamWords, days: Days) -> str | None:
    begun = days.started or days.accepted
    age = cells.age("age")
    if age is None or begun is None:
        return None
    try:
        return known.rules.age_group(age, begun.year)
    except AgeOutOfRange as refusal:
        cells.refuse(refusal.message)
        return None


def _read_municipality(cells: Cells, known: TeamWords) -> str | None:
    """Kept only where the team covers several; elsewhere it says nothing that the team does not."""
    name = cells.text("municipality")
    if not name or not known.rules.covers_several:
        return None
    code = known.municipalities.get(plain(name))
    if code is None:
        cells.refuse("Kommun: teamet arbetar inte i den kommunen.")
    return code


def _kept(day: date | None) -> WeekAndMonth | None:
    return WeekAndMonth.of(day) if day else None


def _has_both_incomes(state: State) -> bool:
    return any(
        len(codes) > 1 and NO_PUBLIC_SUPPORT in codes and set(codes) != {NO_PUBLIC_SUPPORT, "LON"}
        for codes in (state.income_before, state.income_at_exit)
    )


def _note_columns(headings: Headings, reading: Reading[WholeRow]) -> None:
    for label in headings.unused_labels:
        reading.note(f"Kolumnen ”{label[:40]}” har ingen plats i registret och läses inte in.")
    for column in headings.missing:
        if column.name not in ("team", "extent_before", "municipality"):
            reading.note(f"Kolumnen ”{column.label}” saknas. Uppgiften blir tom på alla rader.")
