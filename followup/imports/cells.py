"""Reads the cells of one row and collects every reason to refuse it, so that a list is mended in one go."""

import re
from collections.abc import Mapping
from datetime import date

from followup import clock
from followup.imports.dates import read_date, read_month
from followup.imports.results import RowRefused
from followup.imports.words import Lexicon
from followup.periods import Month
from followup.web.formats import enumeration

EARLIEST_YEAR = 2000
_AGE = re.compile(r"(\d{1,3})(?:[.,]0+)?(?: ?år)?")
_SHARE = re.compile(r"(\d{1,3})(?:[.,]\d+)? ?%?")
_TRAILING_SHARE = re.compile(r"(.+?) (\d{1,3}) ?%")
# Highest share of each band, in order of the codes "1" to "5".
_BANDS = (24, 49, 74, 99, 100)


class Cells:
    """One row by column name. A cell that cannot be read gives None and one more problem."""

    def __init__(
        self, cells: Mapping[str, str], labels: Mapping[str, str], lists: Mapping[str, Lexicon]
    ) -> None:
        self._cells = cells
        self._labels = labels
        self._lists = lists
        self.problems: list[str] = []

    def text(self, column: str) -> str:
        return self._cells.get(column, "")

    def label(self, column: str) -> str:
        return self._labels[column]

    def refuse(self, reason: str) -> None:
        self.problems.append(reason)

    def finish(self) -> None:
        if self.problems:
            raise RowRefused(self.problems)

    def date(self, column: str) -> date | None:
        text = self.text(column)
        if not text:
            return None
        label, day = self._labels[column], read_date(text)
        if day is None:
            self.refuse(f"{label}: datumet går inte att läsa. Skriv det som åååå-mm-dd.")
        elif day > clock.today():
            self.refuse(f"{label}: datumet ligger i framtiden.")
        elif day.year < EARLIEST_YEAR:
            self.refuse(f"{label}: datumet ligger före år {EARLIEST_YEAR}.")
        else:
            return day
        return None

    def month(self, column: str) -> Month | None:
        text, label = self.text(column), self._labels[column]
        month = read_month(text)
        if month is None:
            self.refuse(f"{label}: skriv år och månad, till exempel 2024-05." if text else f"{label} saknas.")
        elif month > Month.of(clock.today()):
            self.refuse(f"{label}: månaden har inte börjat än.")
        return month

    def code(self, column: str, list_name: str, *, required: bool = False) -> str | None:
        text = self.text(column)
        if not text:
            if required:
                self.refuse(f"{self._labels[column]} saknas.")
            return None
        found = self._lists[list_name].find(text)
        if found is None:
            self._refuse_word(column, list_name)
        return found

    def codes(self, column: str, list_name: str) -> tuple[str, ...]:
        text = self.text(column)
        if not text:
            return ()
        found = self._lists[list_name].find_several(text)
        if found is None:
            self._refuse_word(column, list_name)
        return tuple(sorted(found or ()))

    def age(self, column: str) -> int | None:
        text = self.text(column)
        if found := _AGE.fullmatch(text):
            return int(found[1])
        label = self._labels[column]
        self.refuse(f"{label}: skriv åldern med siffror, till exempel 34." if text else f"{label} saknas.")
        return None

    def occupation(self, column: str, extent_column: str) -> tuple[str | None, str | None]:
        """Occupation and extent; "Lönebidrag 50 %" says both."""
        text, extent = self.text(column), self.extent(extent_column)
        occupation = self._lists["occupation"].find(text) if text else None
        if text and occupation is None:
            if found := _TRAILING_SHARE.fullmatch(text):
                occupation = self._lists["occupation"].find(found[1])
                extent = extent or band_of(int(found[2]))
            if occupation is None:
                self._refuse_word(column, "occupation")
        return occupation, extent

    def extent(self, column: str) -> str | None:
        text = self.text(column)
        if not text or text == "0":
            return None
        if found := _SHARE.fullmatch(text):
            if band := band_of(int(found[1])):
                return band
            self.refuse(f"{self._labels[column]}: skriv ett tal från 1 till 100.")
            return None
        return self.code(column, "extent")

    def _refuse_word(self, column: str, list_name: str) -> None:
        words = enumeration(self._lists[list_name].labels, "eller")
        self.refuse(f"{self._labels[column]}: ordet finns inte i listan. Skriv något av {words}.")


def band_of(share: int) -> str | None:
    """The code of the extent band that a percentage falls in."""
    if not 1 <= share <= _BANDS[-1]:
        return None
    return str(next(code for code, highest in enumerate(_BANDS, start=1) if share <= highest))
