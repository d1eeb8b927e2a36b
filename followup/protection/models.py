"""The rule of disclosure control that a förbund has decided on, version by version."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Association


class RuleVersion(Base):
    """A version of the rule. Added to, never changed: editions name the version they were protected by.

    Version 1 comes with the product (`disclosure.Rule`), so a förbund's own begin with 2. Numbers are people.
    """

    __tablename__ = "disclosure_rule"
    __table_args__ = (
        CheckConstraint("number >= 2", name="first_is_built_in"),
        CheckConstraint("threshold >= 3", name="threshold_floor"),
        CheckConstraint(
            "screening_threshold >= 5 AND screening_threshold >= threshold", name="screening_floor"
        ),
        CheckConstraint("share_base >= 10 AND screening_share_base >= share_base", name="share_floor"),
        CheckConstraint("median_base >= 10", name="median_floor"),
        CheckConstraint("insider >= 0", name="insider_not_negative"),
    )

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    # What is published from this day on follows it; of two from the same day, the later version.
    valid_from: Mapped[date]
    # Groups smaller than this are hidden; in violence screening at both ends.
    threshold: Mapped[int]
    screening_threshold: Mapped[int]
    # Least base of a percentage, and of a median or mean.
    share_base: Mapped[int]
    screening_share_base: Mapped[int]
    median_base: Mapped[int]
    # Added to the thresholds, for a team that knows its own figures and subtracts them from the förbund's.
    insider: Mapped[int]
    # Registry number or paragraph of the decision, and its day.
    decision: Mapped[str] = mapped_column(String(60))
    decided: Mapped[date]
