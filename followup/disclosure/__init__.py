"""Disclosure control: from raw counts to tables that may be published. Pure; knows nothing of the rest."""

from followup.disclosure.cells import (
    TOTAL,
    Axis,
    CountTable,
    Figure,
    MonthRange,
    Population,
    Recoding,
    Selection,
    Share,
    select,
)
from followup.disclosure.errors import (
    NotOwnTeam,
    ProtectionFailed,
    RawCountShown,
    RuleTooWeak,
    TableMalformed,
)
from followup.disclosure.ledger import Ledger
from followup.disclosure.plain import PlainTable, Quotient, Source, Taken, open_table
from followup.disclosure.protected import (
    SENTENCE,
    OwnTeamTable,
    ProtectedCell,
    ProtectedTable,
    Reason,
    Status,
    own_team_view,
)
from followup.disclosure.release import protect
from followup.disclosure.released import Release
from followup.disclosure.rule import Rule, rule_on
from followup.disclosure.suggest import Suggestion, most_hidden_pairs, suggest

__all__ = [
    "SENTENCE",
    "TOTAL",
    "Axis",
    "CountTable",
    "Figure",
    "Ledger",
    "MonthRange",
    "NotOwnTeam",
    "OwnTeamTable",
    "PlainTable",
    "Population",
    "ProtectedCell",
    "ProtectedTable",
    "ProtectionFailed",
    "Quotient",
    "RawCountShown",
    "Reason",
    "Recoding",
    "Release",
    "Rule",
    "RuleTooWeak",
    "Selection",
    "Share",
    "Source",
    "Status",
    "Suggestion",
    "TableMalformed",
    "Taken",
    "most_hidden_pairs",
    "open_table",
    "own_team_view",
    "protect",
    "rule_on",
    "select",
    "suggest",
]
