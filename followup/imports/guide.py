"""What a list holds, told before somebody writes one: its columns, and what may stand in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.imports import participation_rows, reading, screening_rows, teams
from followup.imports.columns import Column
from followup.imports.kinds import PARTICIPATIONS, SCREENING
from followup.organisation import queries as organisation
from followup.participation.rules import LIST_OF_FIELD, is_in_use
from followup.periods import Month
from followup.screening import queries as screening
from followup.web import tables
from followup.web.formats import sentence_start
from followup.web.tables import Cell

HEADINGS = [tables.Column("Kolumn"), tables.Column("Måste finnas"), tables.Column("Så här skriver du")]
LISTS = participation_rows.LISTS | screening_rows.LISTS
LIST_OF_COLUMN = LIST_OF_FIELD | {"round": "screening_round"}
# Only some rows have these, though the file must have a column for them.
MAY_BE_EMPTY = {"accepted", "started", "ended", "exit_reason"}
# Several may stand in one cell.
SEVERAL = {"income_before", "income_at_exit"}

_DAY = "Datum, till exempel 2024-01-15."
_SHARE = "Procent från 1 till 100, till exempel 50. Gäller arbete och studier."
_COUNT = f"Heltal från 0 till {screening_rows.LARGEST_COUNT}."
HOW = {
    "age": "Ålder i hela år, till exempel 34.",
    "extent_before": _SHARE,
    "extent_at_exit": _SHARE,
    "accepted": f"{_DAY} Tom för den som startade utan kö.",
    "started": f"{_DAY} Tom för den som inte har startat.",
    "ended": f"{_DAY} Dagen för avslut, eller när kön lämnades utan start. Tom för den som är kvar.",
    "month": "År och månad, till exempel 2024-05.",
}
NOTES = {
    PARTICIPATIONS: [
        "En rad per deltagande. Datum sparas som vecka och månad, och åldern som åldersgrupp.",
        "Vanliga kortformer, som FK, förstås också. Kolumner med andra rubriker läses inte in.",
    ],
    SCREENING: [
        "En rad per månad, omgång och kön. Avstod och Svarade blir tillsammans lika många som Tillfrågade.",
        "Antal som redan finns skrivs aldrig över. Kolumner med andra rubriker läses inte in.",
    ],
}


@dataclass(frozen=True)
class KindGuide:
    """What the page says of one kind of list."""

    kind: str
    name: str
    notes: list[str]
    columns: list[tables.Column]
    rows: list[list[Cell]]


def columns(session: Session, scope: Scope, kind: str) -> Sequence[Column]:
    """In the order to write them; the topics are those that the förbund counts today."""
    if kind != SCREENING:
        return reading.COLUMNS[kind]
    return screening_rows.columns_with(screening.topics(session, scope, _today()))


class Guide:
    """Says it of the lists of those teams whose lists this person reads in."""

    def __init__(self, session: Session, scope: Scope) -> None:
        self.session = session
        self.scope = scope
        self.teams = list(teams.load(session, scope, ()).teams.values())
        self.words = {
            name: [sentence_start(code.label_sv) for code in codes if is_in_use(code, _today())]
            for name, codes in organisation.code_lists(session, scope, LISTS).items()
        }

    def of(self, kind: str, name: str) -> KindGuide:
        how = HOW | self._of_teams() | self._of_topics() | {"exit_reason": self._reasons()}
        rows = [
            [Cell(column.label), Cell(self._must(column)), Cell(how.get(column.name) or self._list(column))]
            for column in columns(self.session, self.scope, kind)
        ]
        return KindGuide(kind, name, NOTES[kind], HEADINGS, rows)

    def _must(self, column: Column) -> str:
        if column.name == "team" and len(self.teams) > 1:
            return "Om filen gäller flera team"
        if not column.is_required:
            return "Nej"
        return "Ja, men får vara tom" if column.name in MAY_BE_EMPTY else "Ja"

    def _list(self, column: Column) -> str:
        if column.name not in LIST_OF_COLUMN:
            return _COUNT
        words = "; ".join(self.words[LIST_OF_COLUMN[column.name]])
        return f"En eller flera med + emellan: {words}" if column.name in SEVERAL else words

    def _of_teams(self) -> dict[str, str]:
        rules = [known.rules for known in self.teams]
        places = [place.name for each in rules if each.covers_several for place in each.municipalities]
        return {
            "team": "; ".join(each.team.name for each in rules),
            "municipality": "; ".join(dict.fromkeys(places)) or "Läses bara in i team med flera kommuner.",
        }

    def _of_topics(self) -> dict[str, str]:
        topics = screening.topics(self.session, self.scope, _today())
        return {code: f"Ja på {label}. {_COUNT}" for code, label in topics.items()} | {
            f"{code} nej": f"Nej på {label}. {_COUNT}" for code, label in topics.items()
        }

    def _reasons(self) -> str:
        ended, left = ("; ".join(self.words[name]) for name in ("exit_reason", "queue_exit_reason"))
        return f"Efter start: {ended}. Utan start: {left}"


def _today() -> Month:
    return Month.of(clock.today())
