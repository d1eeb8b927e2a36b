"""The rule an edition is protected by, in dated versions with the decision behind each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from followup.disclosure.errors import RuleTooWeak

FLOOR = 3


@dataclass(frozen=True)
class Rule:
    """Thresholds in numbers of people. A group of 1 … threshold − 1 is small.

    threshold            all tables; never below 3
    screening_threshold  violence screening, at both ends; never below 5
    share_base           least base of a percentage; `screening_share_base` for screening
    median_base          least base of a median or a mean
    insider              raises the threshold: the largest count that one team knows of its own, or 0
    acceptable_loss      share of a table's cells (0–1) that may be hidden before a coarser version is taken
    version, decision    name of this version and the number of the decision behind it
    """

    threshold: int = 5
    screening_threshold: int = 10
    share_base: int = 10
    screening_share_base: int = 20
    median_base: int = 10
    insider: int = 0
    acceptable_loss: float = 0.2
    version: str = "1"
    decision: str = ""
    valid_from: date = date(2024, 1, 1)

    def __post_init__(self) -> None:
        weakest = Weakest
        if self.threshold < FLOOR:
            raise RuleTooWeak(f"Tröskelvärdet får inte vara lägre än {FLOOR}.")
        if self.screening_threshold < max(weakest.screening_threshold, self.threshold):
            raise RuleTooWeak("Tröskelvärdet för våldsscreening får inte vara lägre än det vanliga eller 5.")
        if self.share_base < weakest.share_base or self.screening_share_base < self.share_base:
            raise RuleTooWeak("Andelar kräver minst 10 personer, i våldsscreening minst lika många.")
        if self.median_base < weakest.median_base:
            raise RuleTooWeak("Medianer och medelvärden kräver minst 10 personer.")
        if self.insider < 0:
            raise RuleTooWeak("Tillägget för den som känner sitt eget team kan inte vara negativt.")

    def least(self, *, screening: bool, own: int | None = None) -> int:
        """The least number of people that may be told; `own` is a table's own, higher threshold."""
        threshold = self.screening_threshold if screening else self.threshold
        return max(threshold, own or 0) + self.insider

    def least_base(self, *, screening: bool) -> int:
        """The least base of a percentage, in people."""
        return self.screening_share_base if screening else self.share_base


class Weakest:
    """No association may go below these."""

    screening_threshold = 5
    share_base = 10
    median_base = 10


def rule_on(day: date, versions: Iterable[Rule]) -> Rule:
    """The version in force on `day`: the latest that was valid by then. Raises LookupError if none was."""
    valid = [rule for rule in versions if rule.valid_from <= day]
    if not valid:
        raise LookupError("Ingen regel för röjandekontroll gällde den dagen.")
    return max(valid, key=lambda rule: (rule.valid_from, rule.version))
