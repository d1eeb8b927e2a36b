"""Going through the whole queue at once: who still waits, and who has left it and why."""

from flask import current_app, redirect, request
from werkzeug.wrappers import Response

from followup import clock
from followup.access.scope import OutOfScope
from followup.db import db_session
from followup.errors import Refusal
from followup.participation import queries, service, words
from followup.participation.commands import LeaveQueue, RowRef
from followup.participation.desk import Desk
from followup.participation.forms import RegisterForm, moment, not_in_future
from followup.participation.models import Participation
from followup.participation.queries import Listing, Tab
from followup.participation.state import State
from followup.sealing import SealBroken, Sealer
from followup.settings import Settings
from followup.web import once
from followup.web.fields import CodeSelectField, SwedishDateField, TokenField
from followup.web.formats import plural, sentence_start

# What the session cookie can carry back in one undo.
MOST = 20
STILL_WAITS = "Står kvar i kön"


class ReviewForm(RegisterForm):
    checked = TokenField()
    left = SwedishDateField(
        "Lämnade kön",
        missing="Fyll i datum när kön lämnades.",
        help_text="Gäller alla som har lämnat kön.",
        checks=[not_in_future],
        default=clock.today,
    )


class StillWaitsField(CodeSelectField):
    """Leaving it alone is an answer, so it is not told to be voluntary."""

    is_optional = False


class NobodyChosen(Refusal):
    def __init__(self) -> None:
        super().__init__("Alla står kvar i kön. Välj en orsak för den som har lämnat den, eller välj Avbryt.")


class TooMany(Refusal):
    def __init__(self) -> None:
        super().__init__(f"Välj högst {MOST} åt gången, så att allt går att ångra.")


class Review(Desk):
    """The queue as it was when the page was opened; the browser carries which rows it showed, sealed."""

    def __init__(self, team_id: int) -> None:
        super().__init__(team_id)
        self.refs = self._carried() if request.method == "POST" else self._waiting()
        self.rows = queries.own_rows(db_session, self.scope, team_id, [key for key, _ in self.refs])
        if len(self.rows) < len(self.refs):
            raise OutOfScope
        self.form = self._build()

    @property
    def sealed(self) -> str:
        return self._sealer.seal(self._purpose, self.refs)

    @property
    def is_sent(self) -> bool:
        return bool(self.form.is_submitted() and request.form.get("answer") != "change")

    def save(self) -> Response | None:
        """Save, or give nothing when the answers should first be looked at."""
        once.spend(db_session, then=self.list_url())
        undos = service.leave_queue_together(session=db_session, scope=self.scope, commands=self._commands())
        if not self.form.checked.data:
            # Everything could be saved, but is not yet.
            db_session.rollback()
            self.form.checked.data = "1"
            return None
        text = f"{plural(len(undos), 'rad', 'rader')} lämnade kön."
        self.tell(text, "Gick igenom kön", undos, describe="genomgången av kön")
        return redirect(self.list_url(), 303)

    def answers(self) -> list[dict[str, str]]:
        return [
            {"label": self._name(self.rows[key]), "value": self.rules.label("left_reason", reason)}
            for key, _, reason in self._chosen()
        ]

    def _commands(self) -> list[LeaveQueue]:
        left = moment(self.form.left.data)
        commands = [
            LeaveQueue(row=RowRef(team_id=self.team_id, key=key, stamp=stamp), left=left, left_reason=reason)
            for key, stamp, reason in self._chosen()
        ]
        if not commands:
            raise NobodyChosen
        if len(commands) > MOST:
            raise TooMany
        return commands

    def _chosen(self) -> list[tuple[str, str, str]]:
        reasons = (self.form[_name_of(place)].data for place in range(len(self.refs)))
        return [
            (key, stamp, reason) for (key, stamp), reason in zip(self.refs, reasons, strict=True) if reason
        ]

    def _build(self) -> ReviewForm:
        """One drop-down for each row, named by its place on the page."""
        reasons = self.rules.choices("left_reason")
        fields = {
            _name_of(place): StillWaitsField(self._name(self.rows[key]), empty=STILL_WAITS, items=reasons)
            for place, (key, _) in enumerate(self.refs)
        }
        form: type[ReviewForm] = type("QueueReviewForm", (ReviewForm,), fields)
        return form()

    def _name(self, row: Participation) -> str:
        state = State.of(row)
        waited = plural(words.weeks_so_far(state), "vecka", "veckor")
        return sentence_start(f"{words.name_of(state, self.rules)} – {waited}")

    def _waiting(self) -> list[tuple[str, str]]:
        everybody = Listing(tab=Tab.QUEUE, limit=1000)
        rows = queries.list_rows(db_session, self.scope, self.team_id, everybody)
        return [(row.key, row.stamp) for row in rows]

    def _carried(self) -> list[tuple[str, str]]:
        try:
            carried = self._sealer.open(self._purpose, request.form.get("rows", ""))
        except SealBroken as error:
            raise OutOfScope from error
        return [(key, stamp) for key, stamp in carried]

    @property
    def _sealer(self) -> Sealer:
        settings: Settings = current_app.extensions["settings"]
        return Sealer(settings.keys)

    @property
    def _purpose(self) -> str:
        return f"queue of {self.team_id} for {self.scope.actor}"


def _name_of(place: int) -> str:
    return f"row_{place}"
