"""One request's work with a team's counters: whose eyes, which month, which counters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from werkzeug.exceptions import NotFound

from followup import clock
from followup.access.gate import current_scope
from followup.db import db_session
from followup.months import queries as months
from followup.organisation import queries as organisation
from followup.organisation.models import Code
from followup.periods import Month, PeriodError
from followup.screening import queries, service
from followup.screening.commands import Place
from followup.screening.forms import CountsForm, MonthForm, PlaceForm
from followup.screening.measures import ASKED, labels, opposite
from followup.web import once
from followup.web.formats import integer, sentence_start
from followup.web.tables import MISSING, Cell, Column, legend

# What there was to ask, by round, in the words of a figure.
BASES = {
    queries.START: "som startade",
    queries.DURING: "som deltog",
    queries.EXIT: "som avslutades",
}


@dataclass(frozen=True)
class RoundTable:
    """The counters of one round; rounds are never added together, since they may be the same people."""

    heading: str
    columns: list[Column]
    rows: list[list[Cell]]
    legend: list[str]
    # Label and address of the page where each sex's numbers are changed.
    changes: list[dict[str, str]]


class MonthDesk:
    def __init__(self, team_id: int) -> None:
        self.team_id = team_id
        self.scope = current_scope()
        self.team = organisation.own_team(db_session, self.scope, team_id)
        self.month = self._asked_month()
        self.rounds = self._codes("screening_round")
        self.sexes = self._codes("sex")
        self.topics = queries.topics(db_session, self.scope, self.month)
        self.is_complete = months.is_complete(db_session, self.scope, team_id, self.month)

    @property
    def has_begun(self) -> bool:
        """A team may be laid up before its first month."""
        return self.last_month >= self.team.opened

    @property
    def last_month(self) -> Month:
        today = Month.of(clock.today())
        return min(today, self.team.closed) if self.team.closed else today

    def url(self, page: str = "month", **values: Any) -> str:
        return url_for(f"screening.{page}", team_id=self.team_id, manad=str(self.month), **values)

    def month_form(self) -> MonthForm:
        form = MonthForm(manad=self.month_items)
        form.manad.data = str(self.month)
        return form

    @property
    def month_items(self) -> list[tuple[str, str]]:
        steps = range(self.last_month - self.team.opened + 1)
        return [(str(month), month.label) for step in steps if (month := self.last_month - step)]

    def asked_rates(self) -> list[dict[str, str]]:
        """How many were asked of how many there were to ask, by round."""
        counts = queries.month_counts(db_session, self.scope, self.team_id, self.month)
        base = queries.base(db_session, self.scope, self.team_id, self.month)
        rates = []
        for code in self.rounds:
            asked = sum(cell.get(ASKED, 0) for (name, _), cell in counts.items() if name == code.code)
            there = base.of_round(code.code) if code.code in BASES else 0
            whole = f"av {integer(there)} {BASES[code.code]} i månaden" if code.code in BASES else "i månaden"
            rates.append({"value": integer(asked), "label": f"Tillfrågade {code.label_sv}, {whole}"})
        return rates

    def tables(self) -> list[RoundTable]:
        counts = queries.month_counts(db_session, self.scope, self.team_id, self.month)
        return [
            self._table(code, {sex: cell for (name, sex), cell in counts.items() if name == code.code})
            for code in self.rounds
            if any(name == code.code for name, _ in counts)
        ]

    def place(self) -> Place | None:
        """The counters that the address names, or nothing while they are not chosen."""
        round_code, sex = request.args.get("omgang", ""), request.args.get("kon", "")
        if not (round_code and sex):
            return None
        if round_code not in {code.code for code in self.rounds} or sex not in {
            code.code for code in self.sexes
        }:
            raise NotFound
        return Place(team_id=self.team_id, month=self.month, round=round_code, sex=sex)

    def save_sums(self, form: CountsForm, place: Place, now: Mapping[str, int]) -> bool:
        """Save, or give False when the person should first look at a number that is hardly true."""
        once.spend(db_session, then=self.url())
        command = form.to_set(place, now)
        service.set_counts(session=db_session, scope=self.scope, command=command)
        if place.round != queries.START:
            return True
        asked = command.counts[ASKED]
        started = queries.base(db_session, self.scope, self.team_id, place.month, place.sex).started
        token = f"{asked}_{started}"
        if asked <= started or form.doubted.data == token:
            return True
        # Everything could be saved, but is not yet.
        db_session.rollback()
        form.doubted.data = token
        form.doubt = (
            f"Tillfrågade vid start: {integer(asked)}. Startade i {place.month.label} enligt registret: "
            f"{integer(started)}. Stämmer det?"
        )
        return False

    def place_form(self) -> PlaceForm:
        form = PlaceForm(manad=self.month_items, omgang=self.rounds, kon=self.sexes)
        form.manad.data = str(self.month)
        return form

    def place_name(self, place: Place) -> str:
        names = {code.code: code.label_sv for code in (*self.rounds, *self.sexes)}
        return f"{names[place.sex]}, {names[place.round]}, {place.month.label}"

    def _table(self, code: Code, cells: Mapping[str, Mapping[str, int]]) -> RoundTable:
        sexes = [sex for sex in self.sexes if sex.code in cells]
        rows = [
            [Cell(label), *(_cell(cells[sex.code], measure) for sex in sexes)]
            for measure, label in self._labels().items()
            if any(measure in cell or opposite(measure) in cell for cell in cells.values())
        ]
        columns = [Column("Antal"), *(Column(sentence_start(sex.label_sv), numeric=True) for sex in sexes)]
        changes = [
            {"label": sex.label_sv, "url": self.url("sums", omgang=code.code, kon=sex.code)} for sex in sexes
        ]
        return RoundTable(sentence_start(code.label_sv), columns, rows, legend(rows), changes)

    def _labels(self) -> dict[str, str]:
        """What the table shows, retired topics included; a no stands beside its yes."""
        codes = organisation.codes(db_session, self.scope, "screening_topic")
        every = labels({code.code: code.label_sv for code in codes})
        return {measure: label for measure, label in every.items() if not measure.startswith("no_")}

    def _codes(self, list_name: str) -> list[Code]:
        return organisation.codes(db_session, self.scope, list_name, in_use=self.month)

    def _asked_month(self) -> Month:
        """The month of the address, held within the team's working time; otherwise this month."""
        try:
            asked = Month.parse(request.args.get("manad", ""))
        except PeriodError:
            asked = self.last_month
        return max(min(asked, self.last_month), self.team.opened)


def _cell(counts: Mapping[str, int], measure: str) -> Cell:
    """A number; for a topic of how many answers it is, where the no are counted too."""
    against = opposite(measure)
    if against and any(name.startswith("no_") for name in counts):
        yes = counts.get(measure, 0)
        return Cell(f"{integer(yes)} av {integer(yes + counts.get(against, 0))}")
    return Cell(integer(counts[measure])) if measure in counts else MISSING
