"""How long the queue was when each month of a year ended, before the team's own rows begin."""

from collections.abc import Mapping

from followup.periods import MONTH_NAMES, Month
from followup.web.fields import WholeNumberField
from followup.web.formats import sentence_start
from followup.web.forms import Form

LONGEST_QUEUE = 9_999


class HistoryForm(Form):
    """One field for each month; an empty one means that nobody knows."""

    def offer(self, months: Mapping[Month, int | None], *, fill_in: bool) -> None:
        """Only the months that may be filled in, with what is known of them."""
        fields = {name_of(month): known for month, known in months.items()}
        for number in range(1, 13):
            name = f"month_{number}"
            if name not in fields:
                del self[name]
            elif fill_in:
                self[name].data = fields[name]

    def counts(self, months: Mapping[Month, int | None]) -> dict[Month, int | None]:
        return {month: self[name_of(month)].data for month in months}


for _number, _name in enumerate(MONTH_NAMES, start=1):
    setattr(HistoryForm, f"month_{_number}", WholeNumberField(sentence_start(_name), high=LONGEST_QUEUE))


def name_of(month: Month) -> str:
    return f"month_{month.month}"
