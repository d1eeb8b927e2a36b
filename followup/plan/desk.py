"""One request's work with goals, surveys or figures of earlier years."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from followup import clock
from followup.access.gate import current_scope
from followup.db import db_session
from followup.organisation import queries as organisation
from followup.plan import entries, queries
from followup.plan.computed import goal_outcomes
from followup.plan.entry_forms import EntryForm, places
from followup.plan.shelves import SHELVES, Names, Shelf
from followup.plan.years import years_around
from followup.web import flashes, once
from followup.web.addresses import plain_number
from followup.web.tables import Cell, legend
from followup.web.years import YearForm

LISTS = ("goal_assessment", "respondent_group")


class EntriesDesk:
    def __init__(self, name: str) -> None:
        self.scope = current_scope()
        self.shelf: Shelf = SHELVES[name]
        self.names = Names(
            teams={team.id: team.name for team in organisation.all_teams(db_session, self.scope)},
            interventions={each.id: each.name for each in queries.interventions(db_session, self.scope)},
            codes=organisation.labels(db_session, self.scope, LISTS),
            registered=organisation.first_registered_year(db_session, self.scope),
        )

    def filters(self) -> YearForm:
        return YearForm(years_around(queries.years(db_session, self.scope)))

    def rows(self, year: int | None) -> list[list[Cell]]:
        names = self.names
        if self.shelf.by_year and year and year <= clock.today().year:
            names = replace(names, outcomes=goal_outcomes(year))
        return [
            [
                Cell(
                    self.shelf.name_of(each),
                    url=url_for(".entry", name=self.shelf.name, number=each.id),
                    describe="– rätta",
                ),
                *self.shelf.cells(each, names),
            ]
            for each in self._entries(year)
        ]

    def legend(self, rows: list[list[Cell]]) -> list[str]:
        return legend(rows)

    def voided(self) -> list[dict[str, str]]:
        return [
            {
                "text": f"{each.year} {self.shelf.name_of(each)}",
                "url": url_for(".restore", name=self.shelf.name, number=each.id),
            }
            for each in queries.voided(db_session, self.scope, self.shelf.model)
        ]

    def entry(self, number: int) -> Any:
        return queries.entry(db_session, self.scope, self.shelf.model, number)

    def form(self, entry: Any = None) -> EntryForm:
        form = self.shelf.form()
        codes = organisation.code_lists(db_session, self.scope, LISTS)
        has_interventions = "assessment" in form  # only a goal may be an intervention's
        form.offer(
            {
                "place": places(self.names.teams, self.names.interventions if has_interventions else {}),
                "assessment": codes["goal_assessment"],
                "respondent_group": codes["respondent_group"],
            }
        )
        if request.method == "GET" and entry is not None:
            form.show(entry)
        elif request.method == "GET":
            form.year.data = request.args.get("ar", type=plain_number)
        return form

    def add(self, form: EntryForm) -> Response:
        once.spend(db_session, then=self.url())
        made = entries.add(session=db_session, scope=self.scope, command=form.command())
        return self._done("Tillagt", made, ".void")

    def correct(self, number: int, form: EntryForm) -> Response:
        seen, command = form.seen.data or "", form.command()
        changed = entries.correct(
            session=db_session, scope=self.scope, number=number, seen=seen, command=command
        )
        return self._done("Rättat", changed, ".void")

    def void(self, number: int) -> Response:
        changed = entries.void(session=db_session, scope=self.scope, model=self.shelf.model, number=number)
        return self._done("Makulerat", changed, ".restore")

    def restore(self, number: int) -> Response:
        changed = entries.restore(session=db_session, scope=self.scope, model=self.shelf.model, number=number)
        return self._done("Tillbakalagt", changed, ".void")

    def url(self, year: int | None = None) -> str:
        chosen: dict[str, Any] = {"ar": year} if year and self.shelf.by_year else {}
        return url_for(".entries", name=self.shelf.name, **chosen)

    def _entries(self, year: int | None) -> Sequence[Any]:
        match self.shelf.name:
            case "mal":
                return queries.goals(db_session, self.scope, year or 0)
            case "enkater":
                return queries.survey_figures(db_session, self.scope)
        return queries.history_figures(db_session, self.scope)

    def _done(self, word: str, entry: Any, back: str) -> Response:
        name = self.shelf.name_of(entry) + ("" if self.shelf.by_year else f", {entry.year}")
        undo = flashes.Undo(url_for(back, name=self.shelf.name, number=entry.id), describe=name)
        flashes.tell(f"{word}: {name}.", undo=undo)
        return redirect(self.url(entry.year), 303)
