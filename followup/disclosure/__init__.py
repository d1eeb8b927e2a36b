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
from followup.disclosure.protected import (
    SENTENCE,
    OwnTeamTable,
    ProtectedCell,
    ProtectedTable,
    Reason,
    Status,
    own_team_view,
)
from followup.disclosure.release import Release, protect
from followup.disclosure.rule import Rule, rule_on
from followup.disclosure.suggest import Suggestion, suggest

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
    "Population",
    "ProtectedCell",
    "ProtectedTable",
    "ProtectionFailed",
    "RawCountShown",
    "Reason",
    "Recoding",
    "Release",
    "Rule",
    "RuleTooWeak",
    "Selection",
    "Share",
    "Status",
    "Suggestion",
    "TableMalformed",
    "own_team_view",
    "protect",
    "rule_on",
    "select",
    "suggest",
]
