"""One request's work with activities or with an advisory team's meetings."""

from collections.abc import Callable
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from followup import clock
from followup.access.gate import current_scope
from followup.activities import queries, service
from followup.activities.counting import by_party, participations, total
from followup.activities.forms import ActivityForm, MeetingsForm, activity_form, meetings_form
from followup.activities.models import Activity
from followup.db import db_session
from followup.organisation import queries as organisation
from followup.periods import Month
from followup.plan import queries as plan
from followup.web import flashes, once
from followup.web.formats import date_in_table, date_in_text, integer, plural, sentence_start
from followup.web.paging import Pager
from followup.web.tables import Cell, Column
from followup.web.years import YearForm

COLUMNS = [
    Column("Aktivitet"),
    Column("Datum", whole=True),
    Column("Slag"),
    Column("Deltaganden", numeric=True),
]
PARTY_COLUMNS = [Column("Organisation"), Column("Deltaganden", numeric=True)]


class ActivitiesDesk:
    def __init__(self) -> None:
        self.scope = current_scope()
        names = organisation.labels(db_session, self.scope, ["activity_kind", "member_party"])
        self.kinds, self.parties = names["activity_kind"], names["member_party"]
        self.filters = YearForm({*queries.years(db_session, self.scope), clock.today().year}, every="Alla år")
        self.year = self.filters.year
        total_rows = queries.count(db_session, self.scope, year=self.year)
        self.pager = Pager.of_request(total_rows, self.filters.values())

    @property
    def lead(self) -> str:
        found = queries.activities(db_session, self.scope, year=self.year)
        if not found and not self.year:
            return "Utbildningar, nätverksträffar och annat som förbundet ordnar."
        when = f"år {self.year}" if self.year else "i alla år"
        return (
            f"{plural(len(found), 'aktivitet', 'aktiviteter')} {when}, med "
            f"{plural(participations(found), 'deltagande', 'deltaganden')}. Deltaganden är inte unika "
            "personer: den som kommer till tre aktiviteter räknas tre gånger."
        )

    def rows(self) -> list[list[Cell]]:
        found = queries.activities(
            db_session, self.scope, year=self.year, offset=self.pager.offset, limit=self.pager.size
        )
        return [
            [
                Cell(each.name, url=url_for(".activity", number=each.id), describe=f"{each.day}, rätta"),
                Cell(date_in_table(each.day)),
                Cell(sentence_start(self.kinds.get(each.kind, each.kind))),
                Cell(integer(total(each))),
            ]
            for each in found
        ]

    def party_rows(self) -> list[list[Cell]]:
        counts = by_party(queries.activities(db_session, self.scope, year=self.year))
        return [
            [Cell(label), Cell(integer(counts[code]))]
            for code, label in self.parties.items()
            if code in counts
        ]

    def voided(self) -> list[dict[str, str]]:
        return [
            {
                "text": f"{each.name}, {date_in_text(each.day)}",
                "url": url_for(".restore", number=each.id),
            }
            for each in queries.activities(db_session, self.scope, year=self.year, voided=True)
        ]


def form_for(activity: Activity | None = None) -> ActivityForm:
    """With what may be chosen; retired choices only where the activity has them."""
    scope, today = current_scope(), Month.of(clock.today())
    return activity_form(
        _codes("member_party", today, {each.party for each in activity.attendance} if activity else set()),
        _codes("activity_kind", today, {activity.kind} if activity else set()),
        [(str(each.id), each.name) for each in plan.interventions(db_session, scope)],
    )


def _codes(list_name: str, today: Month, kept: set[str]) -> list[Any]:
    scope = current_scope()
    in_use = {code.code for code in organisation.codes(db_session, scope, list_name, in_use=today)}
    return [code for code in organisation.codes(db_session, scope, list_name) if code.code in in_use | kept]


def turn(act: Callable[..., Activity], number: int, word: str, back: str) -> Response:
    """Void or put back, and tell of it with the way back."""
    activity = act(session=db_session, scope=current_scope(), number=number)
    tell(word, activity, back)
    return redirect(url_for(".index"), 303)


def tell(word: str, activity: Activity, back: str) -> None:
    undo = flashes.Undo(url_for(back, number=activity.id), describe=activity.name)
    flashes.tell(f"{word}: {activity.name}, {date_in_text(activity.day)}.", undo=undo)


class MeetingsDesk:
    """A year of an advisory team's meetings, for its own staff or for the kansli."""

    def __init__(self, team_id: int) -> None:
        self.scope = current_scope()
        self.team = queries.advisory_team(db_session, self.scope, team_id)
        this_year = clock.today().year
        last = min(this_year, self.team.closed.year) if self.team.closed else this_year
        years = range(min(self.team.opened.year, last), last + 1)
        self.filters = YearForm(years, proposed=last)
        self.year = self.filters.year or last
        self.now = queries.meetings(db_session, self.scope, team_id, self.year)

    def form(self) -> MeetingsForm:
        return meetings_form(self.team, self.year, self.now)

    @property
    def lead(self) -> str:
        if not self.now:
            return f"Inga möten är inskrivna för {self.year}."
        return (
            f"{plural(sum(self.now.values()), 'möte', 'möten')} med individ och remittent {self.year}, i "
            f"{plural(len(self.now), 'inskriven månad', 'inskrivna månader')}."
        )

    def save(self, form: MeetingsForm, then: str) -> Response:
        once.spend(db_session, then=then)
        service.count_meetings(
            session=db_session, scope=self.scope, command=form.command(self.team.id, self.year)
        )
        flashes.tell(f"Mötena för {self.year} är sparade.")
        return redirect(then, 303)
