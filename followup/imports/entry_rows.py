"""From the lines of a list of survey figures, or of earlier annual reports, to entries one by one.

The rules are those of the page. Lines that are accepted count as written for the lines below them, so that a
list gives nothing away that its lines alone would not.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.errors import Refusal
from followup.imports.cells import Cells
from followup.imports.columns import Headings, find_headings, known_columns
from followup.imports.guard import Guard
from followup.imports.kinds import HISTORY, SURVEYS
from followup.imports.participation_rows import is_beside
from followup.imports.plan_rows import INDICATOR_WORDS
from followup.imports.results import Reading, RowRefused
from followup.imports.sheet import Line
from followup.imports.words import Lexicon, plain
from followup.organisation import queries as organisation
from followup.plan import entries
from followup.plan.commands import EntryCommand, SetHistoryFigure, SetSurveyFigure
from followup.plan.indicators import INDICATORS
from followup.plan.scales import MEAN, SHARE
from followup.plan.wording import WHOLE
from followup.web.formats import UnreadableNumber, parse_decimal

COLUMNS = {kind: known_columns(kind) for kind in (SURVEYS, HISTORY)}
LONGEST = {"instrument": 60, "topic": 120, "source": 120, "scale": 15}
LARGEST = Decimal(9999)
_WHOLE = re.compile(r"\d{1,6}")
NO_TEAM = "Team: namnet finns inte. Lämna cellen tom för hela förbundet."
MEAN_OR_SHARE = "Skriv antingen ett medelvärde eller en andel."


@dataclass(frozen=True)
class Words:
    """What the cells are held against."""

    groups: Lexicon
    teams: Mapping[str, int | None]

    @classmethod
    def load(cls, session: Session, scope: Scope) -> "Words":
        teams = organisation.all_teams(session, scope)
        return cls(
            groups=Lexicon("respondent_group", organisation.codes(session, scope, "respondent_group")),
            teams={"": None, plain(WHOLE): None, **{plain(team.name): team.id for team in teams}},
        )


Reader = Callable[[Cells, Words], EntryCommand]


def read_file(kind: str, session: Session, scope: Scope, lines: Sequence[Line]) -> Reading[EntryCommand]:
    words = Words.load(session, scope)
    headings = find_headings(lines, COLUMNS[kind])
    reading: Reading[EntryCommand] = Reading()
    guard = Guard()
    guard.check_above([line for line in lines if line.number <= headings.line.number], reading)
    for label in headings.unused_labels:
        reading.note(f"Kolumnen ”{label[:40]}” har ingen plats här och läses inte in.")
    for line in lines:
        if line.number <= headings.line.number:
            continue
        try:
            guard.check(headings, line, reading)
            row = _read_line(kind, headings, line, words)
            if row is None:
                reading.pass_over(line.number)
                continue
            entries.check(session=session, scope=scope, command=row, among=reading.rows)
        except RowRefused as refused:
            reading.refuse(line.number, refused.reasons)
        except Refusal as refusal:
            reading.refuse(line.number, [refusal.message])
        else:
            reading.accepted.append((line.number, row))
    return reading


def _read_line(kind: str, headings: Headings, line: Line, words: Words) -> EntryCommand | None:
    """None for a line that is no row."""
    found = headings.read(line)
    if is_beside(line, found):
        return None
    labels = {column.name: column.label for column in COLUMNS[kind]}
    cells = Cells(found, labels, {"respondent_group": words.groups})
    for column, longest in LONGEST.items():
        if len(cells.text(column)) > longest:
            cells.refuse(f"{cells.label(column)}: skriv högst {longest} tecken.")
    row = READERS[kind](cells, words)
    cells.finish()
    return row


def _survey(cells: Cells, words: Words) -> SetSurveyFigure:
    mean, share = _decimal(cells, "mean"), _decimal(cells, "share")
    if (mean is None) == (share is None) and not cells.problems:
        cells.refuse(MEAN_OR_SHARE)
    return SetSurveyFigure(
        year=_whole(cells, "year"),
        instrument=_required(cells, "instrument"),
        respondent_group=cells.code("group", "respondent_group", required=True) or "",
        topic=_required(cells, "topic"),
        respondents=_whole(cells, "respondents"),
        measure=SHARE if mean is None else MEAN,
        figure=(share if mean is None else mean) or Decimal(0),
        scale=cells.text("scale") or None,
        team_id=_team(cells, words),
    )


def _history(cells: Cells, words: Words) -> SetHistoryFigure:
    by_label = {plain(each.label): name for name, each in INDICATORS.items()}
    indicator = (by_label | INDICATOR_WORDS).get(plain(cells.text("indicator")))
    if indicator is None:
        cells.refuse("Indikator: skriv ett av alternativen på sidan Tidigare år.")
    return SetHistoryFigure(
        year=_whole(cells, "year"),
        indicator=indicator or "",
        figure=_whole(cells, "figure"),
        source=_required(cells, "source"),
        team_id=_team(cells, words),
    )


READERS: Mapping[str, Reader] = {SURVEYS: _survey, HISTORY: _history}


def _required(cells: Cells, column: str) -> str:
    text = " ".join(cells.text(column).split())
    if not text:
        cells.refuse(f"{cells.label(column)} saknas.")
    return text


def _team(cells: Cells, words: Words) -> int | None:
    name = plain(cells.text("team"))
    if name not in words.teams:
        cells.refuse(NO_TEAM)
    return words.teams.get(name)


def _whole(cells: Cells, column: str) -> int:
    text = cells.text(column).replace(" ", "").replace("\u00a0", "").removesuffix("%")
    if _WHOLE.fullmatch(text):
        return int(text)
    label = cells.label(column)
    cells.refuse(f"{label}: skriv ett heltal med siffror, till exempel 2023." if text else f"{label} saknas.")
    return 0


def _decimal(cells: Cells, column: str) -> Decimal | None:
    text = cells.text(column).removesuffix("%").strip()
    if not text:
        return None
    try:
        number = parse_decimal(text)
    except UnreadableNumber:
        number = LARGEST + 1
    if abs(number) > LARGEST:
        cells.refuse(f"{cells.label(column)}: skriv ett tal, till exempel 3,6.")
        return None
    return number
