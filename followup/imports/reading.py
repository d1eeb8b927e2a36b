"""Reading a file as a trial: what would be accepted and what refused, with nothing written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.errors import Refusal
from followup.imports import (
    activity_rows,
    association_lists,
    entry_rows,
    participation_rows,
    plan_rows,
    screening_rows,
    spreadsheet,
    teams,
)
from followup.imports.columns import Column, find_headings, known_columns
from followup.imports.kinds import OF_ASSOCIATION, QUEUE
from followup.imports.results import Reading, spell_lines
from followup.imports.screening_rows import Counted, ScreeningRow
from followup.imports.sheet import Line
from followup.imports.teams import Vocabulary
from followup.organisation import queries as organisation
from followup.participation import bulk
from followup.participation.bulk import WholeRow
from followup.participation.reach import reach
from followup.periods import Month
from followup.screening import queries as screening
from followup.web.formats import plural

# A list of this many rows that all stand in the register already is the same list again.
SURELY_THE_SAME = 5
COLUMNS: dict[str, tuple[Column, ...]] = {
    participation_rows.KIND: participation_rows.COLUMNS,
    screening_rows.KIND: screening_rows.COLUMNS,
    activity_rows.KIND: activity_rows.COLUMNS,
    plan_rows.KIND: plan_rows.COLUMNS,
    **entry_rows.COLUMNS,
    QUEUE: known_columns(QUEUE),
}


class NothingToImport(Refusal):
    def __init__(self) -> None:
        super().__init__("Filen har inga rader att läsa in. Kontrollera att listan står under rubrikerna.")


class AlreadyImported(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Alla rader i filen finns redan i registret. Filen verkar redan vara inläst, så ingenting har "
            "sparats."
        )


class AnotherKind(Refusal):
    def __init__(self) -> None:
        super().__init__("Filens rubriker hör till en annan lista. Välj den listan.", field="kind")


@dataclass(frozen=True)
class Sheet:
    lines: Sequence[Line]
    # How many more of the workbook's sheets hold rows of the same kind; they are not read in.
    left_out: int = 0

    @property
    def notes(self) -> list[str]:
        if not self.left_out:
            return []
        more = plural(self.left_out, "blad till med rader", "blad till med rader")
        return [f"Bara det första bladet läses in. Filen har {more}: spara varje blad som en egen fil."]


def find_sheet(content: bytes, kind: str, others: Iterable[str] = ()) -> Sheet:
    """The first sheet whose headings are known and that has rows under them; or else the first.

    What is missing in it the refusal says. A sheet with the headings of one of the `others` lacks nothing but
    that somebody says what it is.
    """
    sheets = [sheet for sheet in spreadsheet.read_sheets(content) if sheet]
    if not sheets:
        raise NothingToImport
    if found := [sheet for sheet in sheets if _fits(sheet, kind)]:
        filled = [sheet for sheet in found if _has_rows(sheet, kind)]
        return Sheet((filled or found)[0], max(0, len(filled) - 1))
    if any(_fits(sheet, other) for sheet in sheets for other in others):
        raise AnotherKind
    return Sheet(sheets[0])


def _fits(sheet: Sequence[Line], kind: str) -> bool:
    try:
        find_headings(sheet, COLUMNS[kind])
    except Refusal:
        return False
    return True


def _has_rows(sheet: Sequence[Line], kind: str) -> bool:
    return sheet[-1].number > find_headings(sheet, COLUMNS[kind]).line.number


def read_participations(
    *, session: Session, scope: Scope, lines: Sequence[Line], default_team: int | None = None
) -> Reading[WholeRow]:
    words = teams.load(session, scope, participation_rows.LISTS, default_team=default_team)
    reading = participation_rows.read(lines, words)
    if not reading.accepted and not reading.refused:
        raise NothingToImport
    known = bulk.count_known(session, scope, reading.rows)
    if not reading.refused:
        check_new(known, reading.rows)
    _note_earlier(reading, words, [(row.team_id, reach(None, row.state).first) for row in reading.rows])
    if known:
        reading.note(f"{known} av raderna finns redan likadana i registret. Kontrollera att de är nya.")
    return reading


def _note_earlier(reading: Reading[Any], words: Vocabulary, months: Iterable[tuple[int, Month]]) -> None:
    """A year that is misspelt lets a team begin long ago, and every month since then is asked for."""
    months = list(months)
    for team in (known.team for known in words.teams.values()):
        first = min((month for team_id, month in months if team_id == team.id), default=team.opened)
        if first < team.opened:
            reading.note(
                f"{team.name} börjar då i {first.label} i stället för i {team.opened.label}, och månaderna "
                "däremellan ska klarmarkeras. Kontrollera att inget årtal är felskrivet."
            )


def check_new(known: int, rows: Sequence[WholeRow]) -> None:
    if known == len(rows) >= SURELY_THE_SAME:
        raise AlreadyImported


def read_screening(
    *,
    session: Session,
    scope: Scope,
    lines: Sequence[Line],
    default_team: int | None = None,
    may_renew: bool = False,
) -> Reading[ScreeningRow]:
    """`may_renew`: complete months without counts are accepted, because the import declares them anew."""
    words = teams.load(session, scope, screening_rows.LISTS, default_team=default_team)
    codes = organisation.codes(session, scope, "screening_topic")
    counted = Counted(screening.filled_months(session, scope, scope.team_ids), may_renew)
    reading = screening_rows.read(lines, words, {code.code: code.label_sv for code in codes}, counted)
    if not reading.accepted and not reading.refused:
        raise NothingToImport
    _note_earlier(reading, words, [(row.place.team_id, row.place.month) for row in reading.rows])
    return reading


def read(
    kind: str,
    *,
    session: Session,
    scope: Scope,
    sheet: Sheet,
    default_team: int | None = None,
    declare: bool = False,
) -> Reading[Any]:
    """Any kind of file, as the person who wants to import it sees it."""
    found = _read(kind, session, scope, sheet.lines, default_team, declare)
    note_left_out(found, sheet)
    return found


def note_left_out(found: Reading[Any], sheet: Sheet) -> None:
    """What of the file is not read in: further sheets, and lines that are no rows."""
    found.notes[:0] = sheet.notes
    if found.passed_over:
        found.note(f"Rad {spell_lines(found.passed_over)} hoppas över: tom, en summa eller en anteckning.")


def _read(
    kind: str,
    session: Session,
    scope: Scope,
    lines: Sequence[Line],
    default_team: int | None,
    declare: bool,
) -> Reading[Any]:
    if kind in OF_ASSOCIATION:
        found = association_lists.read(kind, session=session, scope=scope, lines=lines)
        if not found.accepted and not found.refused:
            raise NothingToImport
        return found
    if kind == participation_rows.KIND:
        return read_participations(session=session, scope=scope, lines=lines, default_team=default_team)
    return read_screening(
        session=session, scope=scope, lines=lines, default_team=default_team, may_renew=declare
    )
