"""The intruder: tries to undo what was published, on a path of its own."""

from followup.disclosure.intruder.attack import Exposure, Finding, attack
from followup.disclosure.intruder.facts import Fact, Meaning, ShareFact, fact_of, read_table

__all__ = ["Exposure", "Fact", "Finding", "Meaning", "ShareFact", "attack", "fact_of", "read_table"]
