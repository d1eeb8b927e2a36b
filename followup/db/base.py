"""The ground every table stands on."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from followup.db.types import MonthType, WeekType
from followup.periods import Month, Week


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {Week: WeekType, Month: MonthType}

    def __repr__(self) -> str:
        return type(self).__name__
