"""Counting and sifting the people of the register by what a quantity says of them."""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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

    def seals(self, months: Iterable[int], key: bytes) -> dict[int, str]:
        """For each month a seal of those to whom everything had happened before it.

        It is another one when any of them is another.
        """
        seal = hmac.new(key, digestmod="sha256")
        asked = sorted(set(months))
        waiting = sorted(self._lines, reverse=True) if asked else []
        found: dict[int, str] = {}
        for month in asked:
            while waiting and waiting[-1][0] < month:
                seal.update(f"{waiting.pop()}\n".encode())
            found[month] = seal.hexdigest()
        return found

    @cached_property
    def _lines(self) -> list[tuple[int, str, int]]:
        """Those alike in everything: when the last thing happened, NEVER if not all has, and how many."""
        times = [name for name, codes in self._variables.items() if codes == "time"]
        others = [name for name, codes in self._variables.items() if codes != "time"]
        alike: Counter[tuple[int, str]] = Counter()
        for course in self._courses:
            months = [course.months.get(name) for name in times]
            last = max((NEVER if month is None else ordinal(month) for month in months), default=NEVER)
            alike[last, f"{months} {[course.codes.get(name) for name in others]}"] += course.number
        return [(*what, number) for what, number in alike.items()]

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
            codes = list(self._variables[name])
            places = {code: place for place, code in enumerate(codes)}
            last = len(codes) - 1
            found = (course.codes.get(name, "") for course in self._courses)
            self._what[name] = np.array([places.get(code, last) for code in found], dtype=np.int64), codes
        return self._what[name]
