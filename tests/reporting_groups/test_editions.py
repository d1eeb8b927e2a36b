"""Editions with teams apart and together, one after the other: nothing can be worked out from them all."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.attack.listed import told_together
from followup.disclosure import TOTAL, Status
from followup.disclosure.intruder import Exposure
from followup.editions import service as editions
from followup.exports.formats import FORMATS
from followup.exports.publication import Publication
from followup.exports.service import prepare
from followup.organisation.queries import all_teams
from followup.periods import Year
from followup.reporting_groups import service
from followup.statistics.service import association_statistics
from tests.attack.test_editions import written
from tests.attack.test_files import run, told_by
from tests.attack.test_files import written as rewritten
from tests.editions.test_publishing import KEYS
from tests.exports.reading import workbook
from tests.statistics import board

Editions = list[Publication]


@pytest.fixture
def known(migrated_database):
    """The printed annual report's förbund, its director, and two of its four teams."""
    session = migrated_database.open(write=True)
    made = board.furnish(session)
    director = Scope(
        association_id=made.scope.association_id, actor="1", association_roles=frozenset({Role.DIRECTOR})
    )
    names = sorted(made.teams)
    yield session, director, [made.teams[names[0]], made.teams[names[-1]]]
    session.close()


def publish(session: Session, scope: Scope, year: int, reason: str | None = None) -> Publication:
    """Protected against every edition before it, and tried by the intruder."""
    edition = editions.publish(session=session, scope=scope, period=Year(year), keys=KEYS, reason=reason)
    return editions.published(edition)


def apart_then_together(session: Session, scope: Scope, pair: list[int]) -> Editions:
    first = publish(session, scope, 2022)
    service.decide(session=session, scope=scope, team_ids=pair)
    return [first, publish(session, scope, 2022, "SEN")]


def together_then_apart(session: Session, scope: Scope, pair: list[int]) -> Editions:
    group = service.decide(session=session, scope=scope, team_ids=pair)
    first = publish(session, scope, 2022)
    service.dissolve(session=session, scope=scope, number=group.number)
    return [first, publish(session, scope, 2022, "SEN"), publish(session, scope, 2023)]


@pytest.mark.parametrize(("course", "form"), [(apart_then_together, "csv"), (together_then_apart, "xlsx")])
def test_nothing_follows_from_editions_before_and_after_a_group(
    known, tmp_path: Path, course: Callable[..., Editions], form: str
) -> None:
    told = course(*known)
    group = "+".join(map(str, known[2]))
    codes = [
        next(table for table in each.tables if table.id == "T1-per team").axis("team").codes for each in told
    ]
    assert [group in each for each in codes] == [
        course is together_then_apart,
        *[course is apart_then_together] * (len(told) - 1),
    ]
    shown = [cell.status for each in told for table in each.tables for cell in table.cells.values()]
    assert Status.SUPPRESSED in shown
    result = run(*(written(each, tmp_path, form) for each in told))
    assert result.exit_code == 0, result.output
    assert "gick inte att tolka" not in result.output


def test_every_format_tells_a_group_alike(known, tmp_path: Path) -> None:
    session, scope, pair = known
    service.decide(session=session, scope=scope, team_ids=pair)
    edition = publish(session, scope, 2022)
    group = "SamordningsteamFNSochSamordningsteamSurahammar"
    expected = told_by(written(edition, tmp_path, "csv"))
    assert group in {place[1] for place in expected if place[0] == "T1-per team"}
    for form in FORMATS:
        assert told_by(written(edition, tmp_path, form)) == expected, form


def test_the_name_of_a_group_can_be_read_to_its_end_in_the_workbook(known, tmp_path: Path) -> None:
    session, scope, _ = known
    three = [team.id for team in all_teams(session, scope)][:3]
    service.decide(session=session, scope=scope, team_ids=three)
    statistics = association_statistics(session=session, scope=scope, period=Year(2022), key=b"k" * 32)
    draft = prepare(statistics=statistics, scope=scope)
    sheet = workbook(written(draft, tmp_path, "xlsx").read_bytes())["T1 per team"]
    names = [cell for (cell,) in sheet.iter_rows(min_row=3, max_col=1) if " och " in str(cell.value)]
    assert names
    for cell in names:
        lines = sheet.row_dimensions[cell.row].height / 15
        assert cell.alignment.wrap_text
        assert lines * sheet.column_dimensions["A"].width > len(cell.value)


def starts_of(publication: Publication, folder: Path, more: int = 0) -> Path:
    """A file of how many started in each team and nothing else, with so many more in a group."""
    text = written(publication, folder, "csv").read_text(encoding="utf-8-sig")
    rows = [
        row
        for row in csv.DictReader(StringIO(text))
        if (row["tabell"], row["period"], row["kategori_kod"]) == ("T1", "2022", "started")
        and row["team_kod"] != TOTAL
    ]
    for row in rows:
        if "+" in row["team_kod"]:
            row["varde"] = str(int(row["varde"]) + more)
    return rewritten(folder / f"{len(rows)}-{more}.csv", rows)


def test_a_group_that_does_not_fit_its_teams_is_found_out(known, tmp_path: Path) -> None:
    """The intruder knows from its name alone who is in the group: a slip of one person shows."""
    session, scope, pair = known
    apart = starts_of(publish(session, scope, 2022), tmp_path)
    service.decide(session=session, scope=scope, team_ids=pair)
    together = publish(session, scope, 2022, "SEN")
    assert run(apart, starts_of(together, tmp_path)).exit_code == 0
    result = run(apart, starts_of(together, tmp_path, 1))
    assert result.exit_code == 1
    assert Exposure.CONTRADICTION.value in result.output


def test_a_name_is_a_list_of_teams_only_where_they_are_told_elsewhere() -> None:
    listed = told_together([["Köping", "Sala", "Surahammar"], ["Köping,SalaochSurahammar"]])
    assert listed == {"Köping,SalaochSurahammar": ("Köping", "Sala", "Surahammar")}
    widened = told_together([["Köping", "SalaochSurahammar"], ["Köping,SalaochSurahammar"]])
    assert widened["SalaochSurahammar"] == ("Sala", "Surahammar")
    assert told_together([["Sala", "SalaochHeby"], ["Sala", "SalaochHeby"]]) == {}
    assert told_together([["Kochgården", "Lochby"], ["Kochgården"]]) == {}
