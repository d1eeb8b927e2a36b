"""Mending a row: everything it says, with today's values filled in."""

from collections.abc import Mapping
from typing import Any, Self

from flask import request

from followup.participation.commands import Correct, RowRef
from followup.participation.forms import NOT_KNOWN, RowForm, moment, not_in_future
from followup.participation.rules import AT_EXIT, DECEASED, TeamRules
from followup.participation.state import EVENTS, NAMES, State, Status
from followup.web.fields import CodeCheckboxField, CodeRadioField, CodeSelectField, SwedishDateField

BASE = ("referring_party", "sex", "age_group", "municipality", "education", "time_on_public_support")
BEFORE = ("income_before", "occupation_before", "extent_before")
FIELDS_OF_STATUS = {
    Status.QUEUED: (*BASE, "accepted"),
    Status.LEFT: (*BASE, "accepted", "left", "left_reason"),
    Status.ACTIVE: (*BASE, *BEFORE, "accepted", "started"),
    Status.ENDED: (*BASE, *BEFORE, "accepted", "started", "ended", "exit_reason", *AT_EXIT),
}


class CorrectForm(RowForm):
    referring_party = CodeRadioField("Remittent", missing="Välj remittent.")
    sex = CodeRadioField("Kön", missing="Välj kön.")
    age_group = CodeRadioField("Åldersgrupp", missing="Välj åldersgrupp.")
    municipality = CodeRadioField("Kommun", missing="Välj kommun. Teamet arbetar i flera kommuner.")
    education = CodeSelectField("Utbildning")
    time_on_public_support = CodeSelectField("Tid i offentlig försörjning")
    income_before = CodeCheckboxField("Försörjning före")
    occupation_before = CodeRadioField("Sysselsättning före")
    extent_before = CodeSelectField("Omfattning före", empty="Inte aktuellt")
    accepted = SwedishDateField("I kö från och med", checks=[not_in_future])
    left = SwedishDateField("Lämnade kön", checks=[not_in_future])
    left_reason = CodeRadioField("Varför lämnades kön?", missing="Välj varför kön lämnades.")
    started = SwedishDateField("Startdatum", checks=[not_in_future])
    ended = SwedishDateField("Avslutsdatum", checks=[not_in_future])
    exit_reason = CodeRadioField("Avslutsorsak", missing="Välj avslutsorsak.")
    occupation_at_exit = CodeRadioField("Sysselsättning vid avslut")
    extent_at_exit = CodeSelectField("Omfattning vid avslut", empty="Inte aktuellt")
    income_at_exit = CodeCheckboxField("Försörjning vid avslut")
    continuation = CodeRadioField("Fortsättning efter avslut")

    @classmethod
    def of(cls, state: State) -> Self:
        form = super().of(state)
        if request.method == "GET":
            for field in (form.occupation_before, form.occupation_at_exit):
                field.data = field.data or NOT_KNOWN[0]
        return form

    def offer(self, rules: TeamRules, state: State | None = None) -> None:
        super().offer(rules, state)
        if state is None:
            return
        shown = FIELDS_OF_STATUS.get(state.status, ())
        for name in (set(self._fields) & set(NAMES)) - set(shown):
            del self[name]
        for event in EVENTS:
            known = getattr(state, event)
            if event in self and known is None:
                del self[event]
            elif event in self:
                self[
                    event
                ].description = f"Nu: {known.week.label} ({known.month.label}). Fyll bara i om det är fel."

    def to_command(self, ref: RowRef, _rules: TeamRules, state: State) -> Correct:
        changes: dict[str, Any] = self.facts(*FIELDS_OF_STATUS[state.status])
        for event in EVENTS:
            day = changes.pop(event, None)
            if day is not None:
                changes[event] = moment(day)
        if changes.get("exit_reason") == DECEASED:
            changes |= _emptied()
        return Correct(row=ref, changes=changes)


def _emptied() -> Mapping[str, Any]:
    return {name: () if name.startswith("income") else None for name in AT_EXIT}
