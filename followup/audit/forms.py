"""What the log can be narrowed to."""

from collections.abc import Iterable
from typing import Any

from followup import clock
from followup.audit.events import Event
from followup.audit.queries import LogFilter
from followup.collation import by_name
from followup.organisation.models import Team
from followup.periods import Month
from followup.web.fields import CodeSelectField
from followup.web.formats import sentence_start
from followup.web.forms import FilterForm


class LogFilterForm(FilterForm):
    manad = CodeSelectField("Månad", empty="Alla")
    handelse = CodeSelectField(
        "Händelse",
        empty="Alla",
        items=[
            (event.name, event.kind.sentence)
            for event in sorted(Event, key=lambda event: by_name(event.kind.sentence))
        ],
    )
    team = CodeSelectField("Team", empty="Alla")

    def __init__(self, *, first: Month | None, teams: Iterable[Team]) -> None:
        last = Month.of(clock.today())
        months = [last - back for back in range(last - (first or last) + 1)]
        self.month_choices = [(str(month), sentence_start(month.label)) for month in months]
        self.team_choices = [(str(team.id), team.name) for team in teams]
        super().__init__()

    def process(self, *args: Any, **kwargs: Any) -> None:
        # The choices must be there before the address is read.
        self.manad.set_items(self.month_choices)
        self.team.set_items(self.team_choices)
        super().process(*args, **kwargs)

    def chosen(self) -> LogFilter:
        values = self.values()
        return LogFilter(
            month=Month.parse(values["manad"]) if "manad" in values else None,
            event=Event[values["handelse"]] if "handelse" in values else None,
            team_id=int(values["team"]) if "team" in values else None,
        )
