"""The rule an edition is protected by, in dated versions with the decision behind each."""

from collections.abc import Iterable, Iterator
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
    insider              above 0, readers are reckoned with who know all of one team; raises the threshold as
                         well
    acceptable_loss      share of a table's cells (0–1) that may be hidden before a coarser version is taken
    version              name of this version; decision, decided   number and day of the decision behind it
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
    decided: date | None = None
    valid_from: date = date(2024, 1, 1)

    def __post_init__(self) -> None:
        for is_too_weak, field, sentence in self._floors():
            if is_too_weak:
                raise RuleTooWeak(sentence, field=field)

    def _floors(self) -> Iterator[tuple[bool, str, str]]:
        screening = max(Weakest.screening_threshold, self.threshold)
        yield self.threshold < FLOOR, "threshold", f"Tröskelvärdet får inte vara lägre än {FLOOR}."
        yield (
            self.screening_threshold < screening,
            "screening_threshold",
            "Tröskelvärdet för våldsscreening får inte vara lägre än det vanliga eller 5.",
        )
        yield (
            self.share_base < Weakest.share_base,
            "share_base",
            f"Andelar kräver minst {Weakest.share_base} personer.",
        )
        yield (
            self.screening_share_base < self.share_base,
            "screening_share_base",
            "Andelar i våldsscreeningen kräver minst lika många personer som andra andelar.",
        )
        yield (
            self.median_base < Weakest.median_base,
            "median_base",
            f"Medianer och medelvärden kräver minst {Weakest.median_base} personer.",
        )
        yield (
            self.insider < 0,
            "insider",
            "Tillägget för den som känner sitt eget team kan inte vara negativt.",
        )

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
    """The version in force on `day`: of those that were valid by then the one that was decided last.

    So a version that has not begun is replaced by one that begins sooner. `versions` come in the order they
    were decided. Raises LookupError if none was valid.
    """
    valid = [rule for rule in versions if rule.valid_from <= day]
    if not valid:
        raise LookupError("Ingen regel för röjandekontroll gällde den dagen.")
    return valid[-1]
