"""From the lines of a list of activities to activities with participations by organisation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.activities import queries, service
from followup.activities.commands import RecordActivity
from followup.errors import Refusal
from followup.imports.cells import Cells
from followup.imports.columns import Headings, find_headings, known_columns
from followup.imports.guard import Guard
from followup.imports.kinds import ACTIVITIES
from followup.imports.participation_rows import is_beside
from followup.imports.results import Reading, RowRefused
from followup.imports.sheet import Line
from followup.imports.words import Lexicon, plain
from followup.organisation import queries as organisation
from followup.organisation.models import Code
from followup.plan import queries as plan

KIND = ACTIVITIES
COLUMNS = known_columns(KIND)
LONGEST_NAME = 120
# Where the list does not say from which organisation they came, and of which slag the activity was.
UNKNOWN, OTHER = "UNK", "OTH"
# What an activity's name tells about its slag; the first that fits.
TELLING = (
    ("nätverk", "NAT"),
    ("dejt", "DEJ"),
    ("konferens", "KON"),
    ("seminari", "SEM"),
    ("föreläs", "SEM"),
    ("workshop", "VRK"),
    ("dialog", "VRK"),
    ("utbildning", "UTB"),
    ("kurs", "UTB"),
)
_COUNT = re.compile(r"\d{1,4}")

TWICE = "Dagen och aktiviteten står redan på en tidigare rad i filen."
KNOWN_ALREADY = "Aktiviteten finns redan den dagen. Rätta den på sidan Aktiviteter i stället."
NO_INTERVENTION = "Insats: namnet finns inte. Lägg upp insatsen på sidan Ekonomi, eller lämna cellen tom."
GUESSED = "Kolumnen Slag saknas. Slaget bestäms av ord i namnet och kan rättas på sidan Aktiviteter."


@dataclass(frozen=True)
class Words:
    """What the cells are held against."""

    kinds: Lexicon
    codes: frozenset[str]
    parties: Sequence[Code]
    interventions: Mapping[str, int]
    known: frozenset[tuple[object, str]]

    @classmethod
    def load(cls, session: Session, scope: Scope) -> "Words":
        lists = organisation.code_lists(session, scope, ["activity_kind", "member_party"])
        held = queries.activities(session, scope)
        return cls(
            kinds=Lexicon("activity_kind", lists["activity_kind"]),
            codes=frozenset(code.code for code in lists["activity_kind"]),
            parties=lists["member_party"],
            interventions={plain(each.name): each.id for each in plan.interventions(session, scope)},
            known=frozenset((each.day, plain(each.name)) for each in held),
        )


def read_file(session: Session, scope: Scope, lines: Sequence[Line]) -> Reading[RecordActivity]:
    words = Words.load(session, scope)
    headings = find_headings(lines, COLUMNS, _party_columns(words.parties))
    reading: Reading[RecordActivity] = Reading()
    guard = Guard()
    guard.check_above([line for line in lines if line.number <= headings.line.number], reading)
    _note_columns(headings, reading)
    seen = set()
    for line in lines:
        if line.number <= headings.line.number:
            continue
        try:
            guard.check(headings, line, reading)
            row = _read_line(session, scope, headings, line, words)
            if row is None:
                reading.pass_over(line.number)
                continue
            if (row.day, plain(row.name)) in seen:
                raise RowRefused([TWICE])
        except RowRefused as refused:
            reading.refuse(line.number, refused.reasons)
            continue
        seen.add((row.day, plain(row.name)))
        reading.accepted.append((line.number, row))
    return reading


def _note_columns(headings: Headings, reading: Reading[RecordActivity]) -> None:
    for label in headings.unused_labels:
        reading.note(f"Kolumnen ”{label[:40]}” har ingen plats bland aktiviteterna och läses inte in.")
    if "kind" not in headings.positions:
        reading.note(GUESSED)


def _read_line(
    session: Session, scope: Scope, headings: Headings, line: Line, words: Words
) -> RecordActivity | None:
    """None for a line that is no row."""
    found = headings.read(line)
    if is_beside(line, found):
        return None
    labels = {column.name: column.label for column in COLUMNS}
    labels |= {name: name for name in _party_columns(words.parties)}
    cells = Cells(found, labels, {"activity_kind": words.kinds})
    row = _read_cells(cells, words)
    try:
        service.check_activity(session, scope, row)
    except Refusal as refusal:
        raise RowRefused([refusal.message]) from refusal
    if (row.day, plain(row.name)) in words.known:
        raise RowRefused([KNOWN_ALREADY])
    return row


def _read_cells(cells: Cells, words: Words) -> RecordActivity:
    day, name = cells.date("day"), " ".join(cells.text("name").split())
    if not cells.text("day"):
        cells.refuse("Datum saknas.")
    if not name:
        cells.refuse("Aktivitet saknas.")
    if len(name) > LONGEST_NAME:
        cells.refuse(f"Aktivitet: skriv högst {LONGEST_NAME} tecken.")
    kind = cells.code("kind", "activity_kind") or _guess(name, words.codes)
    attendance = _read_attendance(cells, words)
    intervention_id = words.interventions.get(plain(cells.text("intervention")))
    if cells.text("intervention") and intervention_id is None:
        cells.refuse(NO_INTERVENTION)
    if day is None:
        cells.problems = cells.problems or ["Datum saknas."]
    cells.finish()
    assert day is not None  # noqa: S101 # or the row was refused
    return RecordActivity(
        day=day, name=name, kind=kind, attendance=attendance, intervention_id=intervention_id
    )


def _read_attendance(cells: Cells, words: Words) -> dict[str, int]:
    columns = {"attendances": UNKNOWN}
    columns |= {label: party.code for party in words.parties for label in (party.code, party.label_sv)}
    counts: dict[str, int] = {}
    for column, party in columns.items():
        text = cells.text(column)
        if _COUNT.fullmatch(text):
            counts[party] = counts.get(party, 0) + int(text)
        elif text:
            cells.refuse(f"{cells.label(column)}: skriv ett heltal från 0 till 9999.")
    named = sum(number for party, number in counts.items() if party != UNKNOWN)
    if named and UNKNOWN in counts:
        _without_sum(cells, counts, named)
    return counts


def _without_sum(cells: Cells, counts: dict[str, int], named: int) -> None:
    """With organisations beside it, the number of participations is their sum, or holds some more."""
    if counts[UNKNOWN] < named:
        cells.refuse("Deltaganden är färre än organisationerna tillsammans. Kontrollera talen.")
    counts[UNKNOWN] -= named


def _guess(name: str, known: frozenset[str]) -> str:
    text = name.casefold()
    return next((code for word, code in TELLING if word in text and code in known), OTHER)


def _party_columns(parties: Sequence[Code]) -> list[str]:
    return [name for party in parties for name in (party.code, party.label_sv)]
