"""How many more or fewer have an income source at the exit than before: from what T6 shows."""

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure.cells import Axis, Codes
from followup.disclosure.plain import Derived, Difference, Source
from followup.organisation import queries as organisation
from followup.statistics.declarations import Figures, Setting
from followup.statistics.plain import period_axis
from followup.statistics.variables import VARIABLES, Item
from followup.web.formats import sentence_start

TABLE, AXIS = "T6", "income"


def income_change(session: Session, scope: Scope, setting: Setting) -> Figures:
    """The difference between two shown counts; hidden where either is."""
    variable = VARIABLES[AXIS]
    codes = organisation.codes(session, scope, variable.list_name)
    items = variable.items({variable.list_name: [Item(c.code, c.label_sv, c.report_code) for c in codes]})
    axis = Axis(
        AXIS,
        variable.label,
        tuple(item.code for item in items),
        tuple(sentence_start(item.label) for item in items),
    )
    derived: dict[Codes, Derived] = {
        (code, period.code): Difference(
            Source(TABLE, (code, "at_exit", period.code)), Source(TABLE, (code, "before", period.code))
        )
        for code in axis.codes
        for period in setting.periods
    }
    return Figures((axis, period_axis(setting)), {}, derived)
