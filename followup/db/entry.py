"""What every row has that a person types, corrects and may void again."""

import hashlib
from secrets import token_hex
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from followup.errors import StaleRow


def new_stamp() -> str:
    return token_hex(6)


def fingerprint(*values: object) -> str:
    """Tells whether what a page showed has changed since, where there is no stamp."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


class Entry:
    """Nothing is deleted by a person: a voided row counts nowhere and can be put back."""

    id: Mapped[int] = mapped_column(primary_key=True)
    # Changes with every change, so that an open form can tell that somebody else was first.
    stamp: Mapped[str] = mapped_column(String(12), default=new_stamp)
    voided: Mapped[bool] = mapped_column(default=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 # SQLAlchemy hands over the class
        return {"version_id_col": cls.stamp, "version_id_generator": False}

    def renew(self, seen: str | None = None) -> None:
        """A new stamp, since the row is about to change. Raises StaleRow when it has since it was `seen`."""
        if seen is not None and self.stamp != seen:
            raise StaleRow
        self.stamp = new_stamp()
