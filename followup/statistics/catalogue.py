"""The tables of the annual and interim statistics, in the order they are printed.

A new table is a new declaration in `tables/`, and its name here.
"""

from followup.statistics.tables.activities import T12
from followup.statistics.tables.flows import T1, T10
from followup.statistics.tables.goals import T14
from followup.statistics.tables.history import T18
from followup.statistics.tables.money import T13
from followup.statistics.tables.outcomes import T6, T7, T8, T9
from followup.statistics.tables.participants import T2, T3, T4, T5
from followup.statistics.tables.quality import T15
from followup.statistics.tables.surveys import T17
from followup.statistics.tables.to_key_in import T16
from followup.statistics.tables.violence import T11

TABLES = (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18)
