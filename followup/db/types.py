"""Column types shared by the tables."""

from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

from followup.periods import Month, Week


class WeekType(TypeDecorator[Week]):
    """An ISO week as text, `2024-W05`: sorts as it should in both databases and reads well in a dump."""

    impl = String(8)
    cache_ok = True

    def process_bind_param(self, value: Week | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Week | None:
        return None if value is None else Week.parse(value)


class MonthType(TypeDecorator[Month]):
    """A calendar month as text, `2024-05`."""

    impl = String(7)
    cache_ok = True

    def process_bind_param(self, value: Month | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Month | None:
        return None if value is None else Month.parse(value)
