"""One request's work in one team's register: whose eyes, which rules, which row."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from followup.access.gate import current_scope
from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.db import db_session
from followup.errors import StaleRow
from followup.months import queries as months
from followup.participation import queries, trail, words
from followup.participation.commands import RowRef, Undo, facts
from followup.participation.forms import NewRowForm, RowForm
from followup.participation.links import key_of
from followup.participation.models import Participation
from followup.participation.queries import Tab
from followup.participation.reach import reach
from followup.participation.refusals import WrongStep
from followup.participation.rules import TeamRules
from followup.participation.state import State
from followup.participation.steps import TAB_OF_STATUS, NewRow, Step
from followup.periods import Month
from followup.web import flashes, once
from followup.web.formats import plural, sentence_start
from followup.web.pages import page


class Desk:
    def __init__(self, team_id: int) -> None:
        self.team_id = team_id
        self.scope: Scope = current_scope()
        self.rules = TeamRules.load(db_session, self.scope, team_id)

    @property
    def may_import(self) -> bool:
        return self.scope.can(Permission.IMPORT_ROWS, self.team_id)

    @property
    def may_open_months(self) -> bool:
        return self.scope.can(Permission.DECLARE_MONTH, self.team_id)

    @property
    def last_complete(self) -> Month | None:
        complete = months.complete_months(db_session, self.scope, [self.team_id])[self.team_id]
        return max(complete, default=None)

    def list_url(self, tab: Tab = Tab.QUEUE) -> str:
        return url_for("participation.register", team_id=self.team_id, flik=tab.value)

    def save_new(self, way: NewRow, form: NewRowForm) -> Response | None:
        """Save, or give nothing when the person should first look at a row that is alike."""
        once.spend(db_session, then=self.list_url())
        command = form.to_command(self.team_id, self.rules)
        state = State(**facts(command))
        token = f"{words.begun(state)}_{state.sex}_{state.age_group}_{state.referring_party}"
        is_alike = queries.has_alike(db_session, self.scope, self.team_id, state)
        undo = way.act(session=db_session, scope=self.scope, command=command)
        if is_alike and form.alike.data != token:
            # Everything could be saved, but is not yet.
            db_session.rollback()
            form.alike.data, form.likeness = token, words.name_of(state, self.rules)
            return None
        return self.done(way.done, undo)

    def done(self, word: str, undo: Undo) -> Response:
        """Tell what was done, with the way back, on the list where the row now is."""
        state = State.of(queries.own_row(db_session, self.scope, self.team_id, undo.row.key))
        name = words.name_of(state, self.rules)
        self.tell(f"{word}: {name}.", word, [undo], describe=name)
        return redirect(self.list_url(TAB_OF_STATUS[state.status]), 303)

    def tell(self, text: str, verb: str, undos: list[Undo], *, describe: str) -> None:
        """Say what was done beside a button that takes it back."""
        fields = {"act": trail.remember(verb, undos)}
        url = url_for("participation.undo", team_id=self.team_id)
        flashes.tell(text, undo=flashes.Undo(url, fields=fields, describe=describe))

    def list_url_of(self, key: str) -> str:
        """The list where a row stands now."""
        row = queries.own_row(db_session, self.scope, self.team_id, key)
        return self.list_url(TAB_OF_STATUS[State.of(row).status])

    def latest_acts(self) -> list[dict[str, str]]:
        """What this browser has done lately and can still take back."""
        acts = trail.latest(self.team_id)
        keys = [undo.row.key for act in acts for undo in act.undos]
        rows = queries.own_rows(db_session, self.scope, self.team_id, keys)
        stamps = {key: row.stamp for key, row in rows.items()}
        return [
            {"id": act.id, "text": f"{act.verb}: {self._names(act, rows)}"}
            for act in acts
            if all(stamps.get(undo.row.key) == undo.row.stamp for undo in act.undos)
        ]

    def _names(self, act: trail.Act, rows: Mapping[str, Participation]) -> str:
        if len(act.undos) > 1:
            return plural(len(act.undos), "rad", "rader")
        return words.name_of(State.of(rows[act.undos[0].row.key]), self.rules)


class RowDesk(Desk):
    """With one of the team's rows on it."""

    def __init__(self, team_id: int, token: str) -> None:
        super().__init__(team_id)
        self.token = token
        self.row: Participation = queries.own_row(db_session, self.scope, team_id, key_of(token))
        self.state = State.of(self.row)

    @property
    def name(self) -> str:
        return sentence_start(words.name_of(self.state, self.rules))

    @property
    def standing(self) -> str:
        return words.standing(self.state)

    @property
    def is_counted(self) -> bool:
        """True when months that the row counts in are complete."""
        complete = months.complete_months(db_session, self.scope, [self.team_id])[self.team_id]
        span = reach(None, self.state)
        return any(month in span for month in complete)

    @property
    def url(self) -> str:
        return url_for("participation.show", team_id=self.team_id, token=self.token)

    def form_for(self, step: Step) -> RowForm:
        form = step.form.of(self.state)
        form.offer(self.rules, self.state)
        form.tell_complete(self.last_complete)
        if not form.is_submitted():
            if self.state.status not in step.statuses:
                raise WrongStep(self.state.status)
            form.stamp.data = self.row.stamp
        return form

    def is_valid(self, form: RowForm) -> bool:
        """A page that was opened before the latest change is told so before its fields are judged."""
        if not form.is_submitted() or request.form.get("answer") == "change":
            form.checked.data = None
            return False
        once.spend(db_session, then=self.list_url())
        if form.stamp.data != self.row.stamp:
            form.refuse(StaleRow())
            form.again = self.url
            return False
        return bool(form.validate())

    def save_step(self, step: Step, form: RowForm) -> Response:
        """Save, or show the answers once more when the step wants that."""
        ref = RowRef(team_id=self.team_id, key=self.row.key, stamp=form.stamp.data or "")
        command = form.to_command(ref, self.rules, self.state)
        undo = step.act(session=db_session, scope=self.scope, command=command)
        if step.is_checked and not form.checked.data:
            # Everything could be saved, but is not yet.
            answers = words.answers(form, State.of(self.row), self.rules)
            db_session.rollback()
            form.checked.data = "1"
            return page("participation/check.html", form=form, step=step, desk=self, answers=answers)
        return self.done(step.done, undo)
