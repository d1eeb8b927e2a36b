"""The people of the register in columns, counted and sifted by what a quantity says of them."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.atoms import Whole
from followup.disclosure.cells import Population
from followup.disclosure.courses import Course
from followup.disclosure.quantities import NEVER, Box, Chosen, Form, Span, is_time, ordinal

Bits = NDArray[np.bool_]

# What has not happened yet is in every span that goes on for ever.
NOT_YET = NEVER - 1


class Register:
    """The courses of a population, read off once and counted many times over."""

    def __init__(self, population: Population, courses: Sequence[Course]) -> None:
        self._variables = population.variables
        self._courses = courses
        self._masks: dict[Box, Bits] = {}
        self._when: dict[str, Whole] = {}
        self._what: dict[str, Whole] = {}

    @property
    def is_empty(self) -> bool:
        """True when nobody is known one by one."""
        return not self._courses

    @cached_property
    def number(self) -> Whole:
        """How many people each course is."""
        return np.array([course.number for course in self._courses], dtype=np.int64)

    def months(self, name: str) -> Whole:
        """When it happened, by course; NOT_YET for what has not."""
        if name not in self._when:
            months = [course.months.get(name) for course in self._courses]
            self._when[name] = np.array(
                [NOT_YET if m is None else ordinal(m) for m in months], dtype=np.int64
            )
        return self._when[name]

    def codes(self, name: str) -> Whole:
        """The place of each course's code among those of a variable; the last for what is unknown."""
        if name not in self._what:
            places = {code: place for place, code in enumerate(self._variables[name])}
            last = len(places) - 1
            found = [places.get(course.codes.get(name, ""), last) for course in self._courses]
            self._what[name] = np.array(found, dtype=np.int64)
        return self._what[name]

    def count(self, form: Form) -> int:
        """How many people a sum of quantities counts."""
        counts = self.counts(quantity.box for _, quantity in form)
        return sum(factor * count for (factor, _), count in zip(form, counts, strict=True))

    def counts(self, boxes: Iterable[Box]) -> list[int]:
        """How many people are in each of the boxes."""
        found: list[int] = []
        at: dict[Box, tuple[Whole, Whole]] = {}
        for box in boxes:
            times = tuple([part for part in box if is_time(part[1])])
            if times not in at:
                places = np.flatnonzero(self._inside(times))
                at[times] = places, self.number[places]
            places, number = at[times]
            codes = tuple([part for part in box if not is_time(part[1])])
            found.append(int(number[self._inside(codes)[places]].sum()))
        return found

    def within(self, spans: Mapping[str, Span]) -> Bits:
        """The courses of those to whom everything happened within these months."""
        return self._inside(tuple(spans.items()))

    def seals(self, months: Iterable[int], key: bytes) -> dict[int, str]:
        """For each month a seal of those to whom everything had happened before it.

        It is another one when any of them is another.
        """
        seal = hmac.new(key, digestmod="sha256")
        found: dict[int, str] = {}
        start = 0
        for month in sorted(set(months)):
            end = int(np.searchsorted(self._lines[:, 0], month))
            seal.update(self._lines[start:end].astype("<i8").tobytes())
            found[month], start = seal.hexdigest(), end
        return found

    @cached_property
    def _lines(self) -> Whole:
        """For those alike in everything, and done: last month, months, a mark of each code, and how many.

        By the last month.
        """
        times = [self.months(name) for name, codes in self._variables.items() if codes == "time"]
        if self.is_empty or not times:
            return np.zeros((0, 1), dtype=np.int64)
        others = [(codes, self.codes(name)) for name, codes in self._variables.items() if codes != "time"]
        marks = [np.array([_mark(code) for code in codes], dtype=np.int64)[at] for codes, at in others]
        lines = np.stack([np.max(times, axis=0), *times, *marks], axis=1)
        order = np.lexsort(lines.T[::-1])
        lines, number = lines[order], self.number[order]
        starts = np.flatnonzero(np.append(True, np.any(lines[1:] != lines[:-1], axis=1)))
        lines = np.column_stack([lines[starts], np.add.reduceat(number, starts)])
        return lines[lines[:, 0] < NOT_YET]

    def _inside(self, parts: Box) -> Bits:
        if parts not in self._masks:
            inside = np.ones(len(self._courses), dtype=bool)
            for part in parts:
                inside &= self._found(*part) if len(parts) == 1 else self._inside((part,))
            self._masks[parts] = inside
        return self._masks[parts]

    def _found(self, name: str, chosen: Chosen) -> Bits:
        if isinstance(chosen, Span):
            months = self.months(name)
            return (months >= chosen.first) & (months < chosen.after)
        chosen_codes = np.array([code in chosen for code in self._variables[name]], dtype=bool)
        found: Bits = chosen_codes[self.codes(name)]
        return found


def _mark(code: str) -> int:
    """A number that stays with a code when others are added to its list."""
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "little", signed=True)
