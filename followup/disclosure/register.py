"""Counting and sifting the people of the register by what a quantity says of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.cells import Population
from followup.disclosure.courses import Course
from followup.disclosure.quantities import NEVER, Box, Chosen, Form, Span, is_time, ordinal

Bits = NDArray[np.bool_]


class Register:
    """The courses of a population, counted and sifted many times over."""

    def __init__(self, population: Population, courses: Sequence[Course]) -> None:
        self._variables = population.variables
        self._courses = courses
        self._masks: dict[Box, Bits] = {}
        self._when: dict[str, NDArray[np.int64]] = {}
        self._what: dict[str, tuple[NDArray[np.int64], list[str]]] = {}

    @cached_property
    def _number(self) -> NDArray[np.int64]:
        return np.array([course.number for course in self._courses], dtype=np.int64)

    @cached_property
    def _is_single(self) -> bool:
        """True when each course is one person's, as nearly all are: those are counted faster."""
        return bool((self._number == 1).all())

    def count(self, form: Form) -> int:
        """How many people a sum of quantities counts."""
        return sum(factor * self._count(quantity.box) for factor, quantity in form)

    def _count(self, box: Box) -> int:
        times = tuple([part for part in box if is_time(part[1])])
        codes = tuple([part for part in box if not is_time(part[1])])
        counted = self._inside(times) & self._inside(codes)
        return int(np.count_nonzero(counted) if self._is_single else self._number[counted].sum())

    def within(self, spans: Mapping[str, Span]) -> list[Course]:
        """Those to whom everything happened within these months."""
        inside = self._inside(tuple(spans.items()))
        return [course for course, is_in in zip(self._courses, inside.tolist(), strict=True) if is_in]

    def _inside(self, parts: Box) -> Bits:
        if parts not in self._masks:
            inside = np.ones(len(self._courses), dtype=bool)
            for part in parts:
                inside &= self._found(*part) if len(parts) == 1 else self._inside((part,))
            self._masks[parts] = inside
        return self._masks[parts]

    def _found(self, name: str, chosen: Chosen) -> Bits:
        if isinstance(chosen, Span):
            months = self._months(name)
            return (months >= chosen.first) & (months < chosen.after)
        numbers, codes = self._codes(name)
        found: Bits = np.array([code in chosen for code in codes], dtype=bool)[numbers]
        return found

    def _months(self, name: str) -> NDArray[np.int64]:
        if name not in self._when:
            months = [course.months.get(name) for course in self._courses]
            # What has not happened yet is in every span that goes on for ever.
            self._when[name] = np.array([NEVER - 1 if m is None else ordinal(m) for m in months])
        return self._when[name]

    def _codes(self, name: str) -> tuple[NDArray[np.int64], list[str]]:
        if name not in self._what:
            # What is not known of somebody is taken to be the last code, as it is in the system.
            last = self._variables[name][-1]
            places: dict[str, int] = {}
            codes = [course.codes.get(name) or last for course in self._courses]
            numbers = np.array([places.setdefault(code, len(places)) for code in codes], dtype=np.int64)
            self._what[name] = numbers, list(places)
        return self._what[name]
