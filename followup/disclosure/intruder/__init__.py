"""The intruder: tries to undo what was published, on a path of its own."""

from followup.disclosure.intruder.attack import attack
from followup.disclosure.intruder.bounds import Unsettled
from followup.disclosure.intruder.computed import computed
from followup.disclosure.intruder.editions import attack_in_turn
from followup.disclosure.intruder.facts import (
    Fact,
    Meaning,
    RankFact,
    ShareFact,
    fact_of,
    key_of,
    rank_of,
    read_ranks,
    read_table,
)
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import Group, group_of
from followup.disclosure.intruder.history import Reading

__all__ = [
    "Exposure",
    "Fact",
    "Finding",
    "Group",
    "Meaning",
    "RankFact",
    "Reading",
    "ShareFact",
    "Unsettled",
    "attack",
    "attack_in_turn",
    "computed",
    "fact_of",
    "group_of",
    "key_of",
    "rank_of",
    "read_ranks",
    "read_table",
]
