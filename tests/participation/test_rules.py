"""What cannot be true is refused at the field that is wrong; what was true before is left in peace."""

from typing import Any

import pytest

from followup.errors import Refusal
from followup.organisation.models import Code, Team
from followup.participation import refusals
from followup.participation.rules import TeamRules
from followup.periods import Month
from tests.infrastructure.furnish import Furnished
from tests.participation.acts import Acts, day


def refused(kind: type[Refusal], field: str | None, act: Any) -> str:
    with pytest.raises(kind) as refusal:
        act()
    assert refusal.value.field == field
    return refusal.value.message


def test_times_go_forward(acts: Acts) -> None:
    row = acts.join("2024-03-04")
    text = refused(refusals.StartBeforeQueue, "started", lambda: acts.start(row, "2024-02-26"))
    assert "vecka 10, 2024" in text
    refused(refusals.LeavingBeforeQueue, "left", lambda: acts.leave(row, "2024-02-26"))
    row = acts.start(row, "2024-04-01")
    refused(refusals.ExitBeforeStart, "ended", lambda: acts.end(row, "2024-03-04"))
    refused(refusals.StartBeforeQueue, "started", lambda: acts.correct(row, accepted=day("2024-04-08")))


def test_the_future_is_not_known(acts: Acts) -> None:
    refused(refusals.InFuture, "accepted", lambda: acts.join("2024-06-17"))
    refused(refusals.InFuture, "started", lambda: acts.start_directly("2024-07-01"))
    row = acts.join("2024-06-12")
    refused(refusals.InFuture, "started", lambda: acts.start(row, "2025-06-02"))


def test_a_team_registers_while_it_is_open(acts: Acts) -> None:
    refused(refusals.TeamNotOpen, "accepted", lambda: acts.join("2021-12-20"))
    acts.session.get_one(Team, acts.team_id).closed = Month(2024, 3)
    row = acts.join("2024-03-04")
    refused(refusals.TeamNotOpen, "started", lambda: acts.start(row, "2024-04-01"))


def test_an_advisory_team_has_no_register(acts: Acts) -> None:
    acts.session.get_one(Team, acts.team_id).kind = "advisory"
    refused(refusals.NoQueueInTeam, None, lambda: acts.join("2024-03-04"))


@pytest.mark.parametrize(
    ("field", "code"), [("sex", "Q"), ("referring_party", "af"), ("education", "9"), ("age_group", "60-64")]
)
def test_unknown_codes_are_refused(acts: Acts, field: str, code: str) -> None:
    message = refused(refusals.UnknownCode, field, lambda: acts.join("2024-03-04", **{field: code}))
    assert code not in message


def test_unknown_income_and_reason_codes_are_refused(acts: Acts) -> None:
    row = acts.start_directly("2024-03-04")
    refused(
        refusals.UnknownCode, "income_at_exit", lambda: acts.end(row, "2024-06-03", income_at_exit=("XYZ",))
    )
    refused(refusals.UnknownCode, "exit_reason", lambda: acts.end(row, "2024-06-03", reason="SLUT"))


def test_a_retired_code_cannot_be_chosen_again_but_stays_where_it_is(acts: Acts) -> None:
    row = acts.join("2024-03-04", referring_party="MGT")
    acts.session.get_one(Code, (acts.scope.association_id, "referring_party", "MGT")).active_to = Month(
        2024, 3
    )
    acts.session.flush()
    refused(refusals.RetiredCode, "referring_party", lambda: acts.join("2024-04-02", referring_party="MGT"))
    acts.correct(row, sex="M")
    acts.join("2024-03-25", referring_party="MGT")


@pytest.mark.parametrize(
    ("age", "year", "group"),
    [(16, 2023, "16-19"), (29, 2024, "25-29"), (64, 2023, "60-67"), (65, 2024, "60-67"), (67, 2024, "60-67")],
)
def test_an_age_becomes_its_group(acts: Acts, age: int, year: int, group: str) -> None:
    rules = TeamRules.load(acts.session, acts.scope, acts.team_id)
    assert rules.age_group(age, year) == group


@pytest.mark.parametrize(("age", "year"), [(15, 2024), (65, 2023), (68, 2024), (0, 2024), (140, 2024)])
def test_an_age_outside_the_range_of_that_year_is_refused(acts: Acts, age: int, year: int) -> None:
    rules = TeamRules.load(acts.session, acts.scope, acts.team_id)
    message = refused(refusals.AgeOutOfRange, "age", lambda: rules.age_group(age, year))
    assert ("16–64" if year == 2023 else "16–67") in message


def test_municipality_is_asked_for_only_where_there_are_several(acts: Acts, association: Furnished) -> None:
    refused(refusals.NoMunicipality, "municipality", lambda: acts.join("2024-03-04", municipality=None))
    refused(refusals.UnknownCode, "municipality", lambda: acts.join("2024-03-04", municipality="9903"))


def test_extent_belongs_to_work_and_studies(acts: Acts) -> None:
    row = acts.start_directly("2024-03-04")

    def end(**facts: Any) -> None:
        acts.end(row, "2024-06-03", **facts)

    for occupation in ("ARB", "ARS", "EGF", "STU"):
        refused(refusals.ExtentMissing, "extent_at_exit", lambda: end(occupation_at_exit=occupation))  # noqa: B023
    refused(
        refusals.ExtentOfNothing, "extent_at_exit", lambda: end(occupation_at_exit="ING", extent_at_exit="3")
    )
    refused(refusals.ExtentOfNothing, "extent_at_exit", lambda: end(extent_at_exit="3"))
    end(occupation_at_exit="TRA", extent_at_exit="3")


def test_no_income_and_income_do_not_go_together(acts: Acts) -> None:
    refused(
        refusals.IncomeAndNone,
        "income_before",
        lambda: acts.start_directly("2024-03-04", income_before=("FST", "ING")),
    )
    acts.start_directly("2024-03-04", income_before=("LON", "ING"))


def test_an_exit_says_what_comes_after_except_for_the_deceased(acts: Acts) -> None:
    row = acts.start_directly("2024-03-04")
    refused(refusals.OutcomeMissing, "continuation", lambda: acts.end(row, "2024-06-03", continuation=None))
    refused(
        refusals.OutcomeOfDeceased,
        "continuation",
        lambda: acts.end(row, "2024-06-03", reason="AVL", continuation="ING"),
    )
    acts.end(row, "2024-06-03", reason="AVL", continuation=None)


@pytest.mark.parametrize("text", ["JoinQueue", "RowRef", "State", "Participation", "Undo"])
def test_nothing_about_a_row_shows_when_it_is_printed(acts: Acts, text: str) -> None:
    row = acts.join("2024-03-04")
    found = {
        "RowRef": row,
        "State": acts.state(row),
        "Undo": acts.latest,
        "Participation": acts.session.new or acts.state(row),
    }.get(text, row)
    assert row.key not in repr(found)
    assert "30-39" not in repr(found)
