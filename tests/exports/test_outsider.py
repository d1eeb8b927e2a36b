"""An outsider with the finished file, the rule and the intruder's own solver finds nothing out."""

from pathlib import Path

import pytest

from followup.attack.service import attack_files
from followup.disclosure import Rule
from followup.exports.csv_file import MACHINE, write_csv
from followup.exports.service import prepare
from followup.exports.xlsx_file import write_xlsx
from tests.statistics.conftest import Report


@pytest.mark.parametrize(("year", "ending"), [("2022", "csv"), ("2023", "csv"), ("2023", "xlsx")])
def test_hidden_figures_of_the_printed_report_stay_hidden(
    report: Report, tmp_path: Path, year: str, ending: str
) -> None:
    publication = prepare(statistics=report.statistics(year), scope=report.director)
    path = tmp_path / f"a.{ending}"
    path.write_bytes(write_xlsx(publication) if ending == "xlsx" else write_csv(publication, MACHINE))
    found = attack_files([path], rule=Rule())
    assert found.cells > 200
    assert found.unknown == 0
    assert found.findings == []
