"""An import that can still be undone."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Association


class ImportBatch(Base):
    """One file read in. What kind, which day, how many; the file and its name are not kept."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('participations', 'screening', 'activities', 'plan', 'surveys', 'history')",
            name="known_kind",
        ),
        CheckConstraint("state IN ('open', 'settled', 'undone')", name="known_state"),
    )

    # Random, because it is typed on a command line and says nothing of order.
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    kind: Mapped[str] = mapped_column(String(14))
    imported_on: Mapped[date]
    rows: Mapped[int]
    # open: can be undone; settled: its rows are forgotten; undone.
    state: Mapped[str] = mapped_column(String(8), default="open")


class ImportRow(Base):
    """Which rows an open batch made, and as what; deleted when the batch is settled or undone."""

    __tablename__ = "import_row"
    __table_args__ = ({"sqlite_with_rowid": False},)

    batch_id: Mapped[str] = mapped_column(ForeignKey(ImportBatch.id), primary_key=True)
    # A participation's key, or a screening counter's address.
    target: Mapped[str] = mapped_column(String(80), primary_key=True)
    # The participation's stamp when it was made, or the counter's added number.
    value: Mapped[str] = mapped_column(String(12))
