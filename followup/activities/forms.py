"""What is typed about an activity, and about a year's meetings."""

from collections.abc import Iterable, Mapping
from typing import Any

from followup.activities.commands import CountMeetings, RecordActivity
from followup.activities.models import Activity
from followup.activities.service import MOST_THERE, is_countable, seen_of
from followup.organisation.models import Code, Team
from followup.periods import MONTH_NAMES, Month
from followup.web.fields import (
    Choices,
    CodeSelectField,
    GuardedStringField,
    SwedishDateField,
    TokenField,
    WholeNumberField,
)
from followup.web.formats import sentence_start
from followup.web.forms import Form

MOST_MEETINGS = 999


class ActivityForm(Form):
    day = SwedishDateField("Datum", missing="Fyll i dagen.")
    name = GuardedStringField(
        "Aktivitet",
        missing="Fyll i vad aktiviteten hette.",
        longest=120,
        help_text="Till exempel: Grundutbildning lösningsfokus",
    )
    kind = CodeSelectField("Slag", missing="Välj slag.")
    intervention = CodeSelectField("Insats", empty="Ingen särskild insats")
    seen = TokenField()

    @property
    def counts(self) -> list[WholeNumberField]:
        return [field for field in self if isinstance(field, WholeNumberField)]

    def show(self, activity: Activity) -> None:
        self.day.data, self.name.data, self.kind.data = activity.day, activity.name, activity.kind
        self.intervention.data = str(activity.intervention_id or "")
        self.seen.data = activity.stamp
        for each in activity.attendance:
            self[each.party].data = each.count

    def command(self) -> RecordActivity:
        return RecordActivity(
            day=self.day.data,
            name=self.name.data or "",
            kind=self.kind.data,
            intervention_id=int(self.intervention.data) if self.intervention.data else None,
            attendance={field.name: field.data for field in self.counts if field.data},
        )


def activity_form(parties: Iterable[Code], kinds: Choices, interventions: Choices) -> ActivityForm:
    """With a number for every organisation in the list."""
    fields: dict[str, Any] = {
        party.code: WholeNumberField(party.label_sv, high=MOST_THERE) for party in parties
    }
    form: ActivityForm = type("PartiesForm", (ActivityForm,), fields)()
    for field in form.counts:
        field.flags.filtering = True  # the page says once that at least one is needed
    form.kind.set_items(kinds)
    form.intervention.set_items(interventions)
    return form


class MeetingsForm(Form):
    """A number for each month of a year that can be counted."""

    seen = TokenField()

    @property
    def counts(self) -> list[WholeNumberField]:
        return [field for field in self if isinstance(field, WholeNumberField)]

    def command(self, team_id: int, year: int) -> CountMeetings:
        counts = {
            Month(year, int(field.name[1:])): field.data for field in self.counts if field.data is not None
        }
        return CountMeetings(team_id=team_id, year=year, counts=counts, seen=self.seen.data or "")


def meetings_form(team: Team, year: int, now: Mapping[Month, int]) -> MeetingsForm:
    months = [month for number in range(1, 13) if is_countable(team, month := Month(year, number))]
    fields: dict[str, Any] = {
        f"m{month.month}": WholeNumberField(sentence_start(MONTH_NAMES[month.month - 1]), high=MOST_MEETINGS)
        for month in months
    }
    data: dict[str, Any] = {f"m{month.month}": number for month, number in now.items()}
    form: MeetingsForm = type("MonthsForm", (MeetingsForm,), fields)(data={**data, "seen": seen_of(now)})
    for field in form.counts:
        field.flags.filtering = True  # an empty month has not been counted
    return form
