"""What is imagined about a team's queue, and under which name it is kept."""

from dataclasses import dataclass

from followup.periods import Month
from followup.queues.what_if import Vacancy, WhatIf

FULL_TIME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """As it is typed: posts in per cent of full time, stays in weeks, referrals and vacancy in per cent."""

    colleagues: int = 0
    places: int | None = None
    stay: int
    stay_change: int = 0
    referrals: int = 0
    vacancy: int | None = None
    vacancy_from: Month | None = None
    vacancy_to: Month | None = None
    stop_from: int | None = None
    stop_to: int | None = None
    target: int

    @property
    def what_if(self) -> WhatIf:
        return WhatIf(
            colleagues=self.colleagues / FULL_TIME,
            places_per_colleague=self.places or 0,
            stay=self.stay,
            stay_change=self.stay_change,
            referrals=self.referrals / 100,
            vacancy=self._vacancy,
            stop=(self.stop_from, self.stop_to) if self.stop_from and self.stop_to else None,
        )

    @property
    def _vacancy(self) -> Vacancy | None:
        if not (self.vacancy and self.vacancy_from and self.vacancy_to):
            return None
        return Vacancy(first=self.vacancy_from, last=self.vacancy_to, share=self.vacancy / 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveScenario:
    team_id: int
    name: str
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameScenario:
    team_id: int
    number: int
    name: str
