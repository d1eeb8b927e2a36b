"""Choosing a period, and a file format to take the tables out in."""

from collections.abc import Iterable

from wtforms import Form

from followup.exports.formats import CHOICES
from followup.periods import MONTH_NAMES, Period
from followup.web.fields import CodeRadioField, CodeSelectField, TokenField
from followup.web.forms import Form as SavingForm
from followup.web.period_address import PART, WHOLE_YEAR, YEAR, in_address

PARTS = (
    (WHOLE_YEAR, "hela året"),
    ("JanAug", "januari–augusti"),
    ("H1", "första halvåret"),
    ("H2", "andra halvåret"),
    ("T1", "första tertialet"),
    ("T2", "andra tertialet"),
    ("T3", "tredje tertialet"),
    ("Q1", "första kvartalet"),
    ("Q2", "andra kvartalet"),
    ("Q3", "tredje kvartalet"),
    ("Q4", "fjärde kvartalet"),
    *((f"{number:02}", name) for number, name in enumerate(MONTH_NAMES, start=1)),
    *(
        (f"{number:02}-R12", f"tolv månader till och med {name}")
        for number, name in enumerate(MONTH_NAMES[:-1], start=1)
    ),
)


class PeriodForm(Form):
    """Two choices in the address, a year and a part of it; drawn with the shown period chosen."""

    year = CodeSelectField("År", name=YEAR, empty="", missing="Välj ett år.")
    part = CodeSelectField("Del av året", name=PART, items=PARTS, empty="", missing="Välj en del av året.")

    def __init__(self, years: Iterable[int], shown: Period) -> None:
        words = in_address(shown)
        super().__init__(data={"year": words[YEAR], "part": words[PART]})
        self.year.set_items([(str(each), str(each)) for each in years])


class DownloadForm(SavingForm):
    """Taking out a file is a POST: it is written in the log."""

    period = TokenField()
    format = CodeRadioField(
        "Filformat",
        items=list(CHOICES.items()),
        default="xlsx",
        missing="Välj ett filformat.",
    )
