"""What must be true of a row in a team, checked for what a change touches and before it is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.utils import cached_property

from followup import clock
from followup.access.scope import Scope
from followup.organisation import queries as organisation
from followup.organisation.models import AgeRange, Code, Municipality, Team, TeamKind
from followup.participation import refusals
from followup.participation.ages import group_of, overlaps
from followup.participation.state import EVENTS, INCOME, NAMES, State
from followup.periods import Month, Week

LIST_OF_FIELD = {
    "sex": "sex",
    "age_group": "age_group",
    "referring_party": "referring_party",
    "education": "education",
    "time_on_public_support": "time_on_public_support",
    "occupation_before": "occupation",
    "extent_before": "extent",
    "income_before": "income_source",
    "left_reason": "queue_exit_reason",
    "exit_reason": "exit_reason",
    "continuation": "continuation",
    "occupation_at_exit": "occupation",
    "extent_at_exit": "extent",
    "income_at_exit": "income_source",
    "void_reason": "void_reason",
}
AT_EXIT = ("occupation_at_exit", "extent_at_exit", "income_at_exit", "continuation")

# Codes and groups that the rules themselves lean on; every förbund has them.
DECEASED = "AVL"
NO_OCCUPATION = "ING"
WITH_EXTENT = {"WORK", "STUDY"}
NO_PUBLIC_SUPPORT = "ING"
OWN_MEANS = "EG"


@dataclass(frozen=True)
class TeamRules:
    """The code lists, ages, municipalities and working time that a team's rows are held against."""

    team: Team
    lists: Mapping[str, Sequence[Code]]
    municipalities: Sequence[Municipality]
    age_range: Callable[[int], AgeRange]

    @classmethod
    def load(cls, session: Session, scope: Scope, team_id: int) -> "TeamRules":
        return cls(
            team=organisation.own_team(session, scope, team_id),
            lists=organisation.code_lists(session, scope, set(LIST_OF_FIELD.values())),
            municipalities=organisation.municipalities(session, scope, team_id),
            age_range=lambda year: organisation.age_range(session, scope, year),
        )

    @cached_property
    def _known(self) -> dict[str, dict[str, Code]]:
        # Worked out once: an import asks for it ten thousand times.
        return {name: {code.code: code for code in codes} for name, codes in self.lists.items()}

    @property
    def covers_several(self) -> bool:
        return len(self.municipalities) > 1

    def choices(self, field: str, *, keep: Sequence[str] = ()) -> list[Code]:
        """What may be chosen today, and what the row already has."""
        today = Month.of(clock.today())
        codes = self.lists[LIST_OF_FIELD[field]]
        return [code for code in codes if is_in_use(code, today) or code.code in keep]

    def label(self, field: str, code: str | None) -> str:
        return self._labels.get((LIST_OF_FIELD[field], code), "")

    @cached_property
    def _labels(self) -> dict[tuple[str, str | None], str]:
        return {(code.list_name, code.code): code.label_sv for codes in self.lists.values() for code in codes}

    def municipality_name(self, code: str | None) -> str:
        return next((place.name for place in self.municipalities if place.code == code), "")

    def age_group(self, age: int, year: int) -> str:
        return group_of(age, groups=self.lists["age_group"], let_in=self.age_range(year), year=year)

    def check(self, state: State, earlier: State | None = None) -> None:
        """Refuse what cannot be true; what was true before and is left as it was is not asked again."""
        changed = state.changed_from(earlier) if earlier else set(NAMES)
        if self.team.kind == TeamKind.ADVISORY:
            raise refusals.NoQueueInTeam
        self._check_times(state, changed)
        self._check_order(state)
        self._check_codes(state, changed)
        self._check_place(state, changed)
        self._check_outcome(state, changed)
        if earlier and {"exit_reason", "continuation"} & changed:
            self._check_continuation(state)

    def check_history(self, state: State) -> None:
        """As `check`, for a row out of an older list: what a form asks for may be missing in it, and it may
        begin before the team's first month here."""
        if self.team.kind == TeamKind.ADVISORY:
            raise refusals.NoQueueInTeam
        self._check_order(state)
        self._check_codes(state, set(NAMES))
        last = max(moment.month for event in EVENTS if (moment := getattr(state, event)))
        if self.team.closed and last > self.team.closed:
            raise refusals.TeamNotOpen("ended", self.team.opened, self.team.closed)

    def _check_times(self, state: State, changed: set[str]) -> None:
        today = clock.today()
        for event in EVENTS:
            moment = getattr(state, event)
            if moment is None or event not in changed:
                continue
            if moment.week > Week.of(today) or moment.month > Month.of(today):
                raise refusals.InFuture(event)
            if moment.month < self.team.opened or (self.team.closed and moment.month > self.team.closed):
                raise refusals.TeamNotOpen(event, self.team.opened, self.team.closed)

    @staticmethod
    def _check_order(state: State) -> None:
        if state.accepted and state.started and not _in_order(state.accepted, state.started):
            raise refusals.StartBeforeQueue(state.accepted.week.label)
        if state.accepted and state.left and not _in_order(state.accepted, state.left):
            raise refusals.LeavingBeforeQueue(state.accepted.week.label)
        if state.started and state.ended and not _in_order(state.started, state.ended):
            raise refusals.ExitBeforeStart(state.started.week.label)

    def _check_codes(self, state: State, changed: set[str]) -> None:
        for field, list_name in LIST_OF_FIELD.items():
            if field not in changed:
                continue
            known = self._known[list_name]
            for chosen in _codes_of(state, field):
                if chosen not in known:
                    raise refusals.UnknownCode(field)
                month = _month_of(state, field)
                if not is_in_use(known[chosen], month):
                    raise refusals.RetiredCode(field, known[chosen].label_sv, month)
        if {"age_group", "started"} & changed:
            year = _month_of(state, "age_group").year
            let_in = self.age_range(year)
            if not overlaps(state.age_group, let_in):
                raise refusals.AgeOutOfRange(year, let_in.lowest, let_in.highest)

    def _check_place(self, state: State, changed: set[str]) -> None:
        if "municipality" not in changed:
            return
        if state.municipality is None:
            if self.covers_several:
                raise refusals.NoMunicipality
        elif not self.covers_several or not self.municipality_name(state.municipality):
            raise refusals.UnknownCode("municipality")

    def _check_outcome(self, state: State, changed: set[str]) -> None:
        if state.exit_reason == DECEASED:
            filled = next((field for field in AT_EXIT if getattr(state, field)), None)
            if filled:
                raise refusals.OutcomeOfDeceased(filled)
        for phase in ("before", "at_exit"):
            if {f"occupation_{phase}", f"extent_{phase}"} & changed:
                self._check_extent(state, phase)
            if f"income_{phase}" in changed:
                self._check_income(state, f"income_{phase}")

    @staticmethod
    def _check_continuation(state: State) -> None:
        if state.exit_reason not in (None, DECEASED) and state.continuation is None:
            raise refusals.OutcomeMissing("continuation", "fortsättning efter avslut")

    def _check_extent(self, state: State, phase: str) -> None:
        occupation, extent = getattr(state, f"occupation_{phase}"), getattr(state, f"extent_{phase}")
        group = next((code.report_code for code in self.lists["occupation"] if code.code == occupation), None)
        if group in WITH_EXTENT and not extent:
            raise refusals.ExtentMissing(f"extent_{phase}")
        if extent and occupation in (None, NO_OCCUPATION):
            raise refusals.ExtentOfNothing(f"extent_{phase}")

    def _check_income(self, state: State, field: str) -> None:
        chosen = set(_codes_of(state, field))
        own = {code.code for code in self.lists["income_source"] if code.report_code == OWN_MEANS}
        if NO_PUBLIC_SUPPORT in chosen and chosen - own != {NO_PUBLIC_SUPPORT}:
            raise refusals.IncomeAndNone(field, self.label(field, NO_PUBLIC_SUPPORT))


def is_in_use(code: Code, month: Month) -> bool:
    return (code.active_from is None or code.active_from <= month) and (
        code.active_to is None or month <= code.active_to
    )


def _in_order(first: object, second: object) -> bool:
    """Neither week nor month may go backwards; the same week or month is fine."""
    return first.week <= second.week and first.month <= second.month  # type: ignore[attr-defined]


def _codes_of(state: State, field: str) -> Iterator[str]:
    value = getattr(state, field)
    if field in INCOME:
        yield from value
    elif value is not None:
        yield value


def _month_of(state: State, field: str) -> Month:
    """The month whose code list counts for a field."""
    if field == "left_reason":
        moment = state.left
    elif field == "exit_reason" or field in AT_EXIT:
        moment = state.ended
    elif field == "void_reason":
        moment = None
    else:
        moment = state.started or state.accepted
    return moment.month if moment else Month.of(clock.today())
