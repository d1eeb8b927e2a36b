"""`followup attack` on real files: finds nothing in what was protected, and whatever somebody lets slip."""

import csv
import json
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from math import isnan
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import time_machine
from click.testing import CliRunner, Result

from followup.attack.cli import attack
from followup.attack.files import texts_in
from followup.command import speak_swedish
from followup.db import Database
from followup.disclosure import Rule
from followup.disclosure.intruder import Exposure
from followup.exports.formats import FORMATS
from followup.exports.service import prepare
from followup.periods import parse_period
from followup.statistics import service
from followup.statistics.meaning import public_cubes, shipped_lists
from tests.conftest import NOW
from tests.infrastructure.databases import MIGRATED, SQLITE, Stock
from tests.statistics import board

KEY = b"k" * 32
# The first year has nothing to compare with: its figures of the year before are missing, not hidden.
PERIODS = ("2023", "2023-JanAug", "2022")


@pytest.fixture(scope="module")
def files(stock: Stock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The printed annual report's förbund, in every format."""
    folder = tmp_path_factory.mktemp("files")
    database = Database(stock.take(SQLITE, folder, MIGRATED))
    with time_machine.travel(NOW, tick=False), database.session(write=True) as session:
        known = board.furnish(session)
        for code in PERIODS:
            period = parse_period(code)
            statistics = service.association_statistics(
                session=session, scope=known.scope, period=period, key=KEY
            )
            publication = prepare(statistics=statistics, scope=known.scope)
            for name, form in FORMATS.items():
                (folder / f"{code}-{name}.{form.ending}").write_bytes(form.write(publication))
    yield folder
    database.engine.dispose()


def run(*paths: Path | str) -> Result:
    speak_swedish()
    return CliRunner().invoke(attack, [str(path) for path in paths])


def file_of(folder: Path, period: str, name: str) -> Path:
    return folder / f"{period}-{name}.{FORMATS[name].ending}"


def told_by(path: Path) -> dict[tuple[str, ...], float | str | None]:
    """Every cell that a file tells, and its number, or that there is none."""
    told: dict[tuple[str, ...], float | str | None] = {}
    for _, text in texts_in(path.name, path.read_bytes()):
        outline = text.outline()
        teams = [(name, name) for name in outline.teams]
        cubes = public_cubes(outline.period, teams, shipped_lists(), rule=Rule())
        for cell in text.cells(list(cubes.values())):
            assert cell.cube is not None, path.name
            number = "absent" if cell.value is not None and isnan(cell.value) else cell.value
            told[cell.cube.id, *cell.codes] = round(number, 6) if isinstance(number, float) else number
    return told


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("period", PERIODS)
def test_every_format_is_read_to_the_last_cell(files: Path, period: str, name: str) -> None:
    expected = told_by(file_of(files, period, "csv"))
    assert None in expected.values()
    assert "absent" in expected.values()
    assert told_by(file_of(files, period, name)) == expected


@pytest.mark.parametrize("period", PERIODS)
def test_nothing_can_be_worked_out_from_a_release_in_all_formats_together(files: Path, period: str) -> None:
    result = run(*(file_of(files, period, name) for name in FORMATS))
    assert result.exit_code == 0, result.output
    assert "Inget går att räkna ut" in result.stdout


def test_one_table_by_itself_can_be_tried(files: Path, tmp_path: Path) -> None:
    with ZipFile(file_of(files, "2023", "px")) as archive:
        archive.extract("T2.px", tmp_path)
    assert run(tmp_path / "T2.px").exit_code == 0


def test_matrices_can_be_tried_one_by_one_and_in_any_order(files: Path, tmp_path: Path) -> None:
    """What T1 may tell in the open stands in other tables, too, and some tables count nobody."""
    with ZipFile(file_of(files, "2023", "px")) as archive:
        matrices = [name for name in archive.namelist() if name.endswith(".px")]
        paths = [Path(archive.extract(name, tmp_path)) for name in sorted(matrices, reverse=True)]
    result = run(*paths)
    assert result.exit_code == 0, result.output
    alone = {path.name: run(path) for path in paths}
    assert [name for name, tried in alone.items() if tried.exit_code == 1] == []
    untried = [tried for tried in alone.values() if tried.exit_code]
    assert len(untried) < len(alone) // 2
    assert all("Det finns inga tabeller att pröva" in tried.output for tried in untried)


def test_what_stands_in_tables_of_other_figures_is_not_called_tried(files: Path) -> None:
    """They tell again what stands in other tables, and nobody holds the two against each other."""
    for name in FORMATS:
        assert "Inte prövat: T" in run(file_of(files, "2023", name)).output, name


def test_a_number_that_stands_beside_its_mark_is_found(files: Path, tmp_path: Path) -> None:
    """Hidden where it is read by people, and told to whoever looks into the file."""
    for mark in ("u", "e", ""):
        rows = rows_of(files)
        slip = next(row for row in rows if row["tabell"] == "T8" and row["status"] == "u")
        slip |= {"varde": "2", "status": mark}
        assert Exposure.SHOWN.value in run(written(tmp_path / "slip.csv", rows)).output, mark
    told = json.loads(file_of(files, "2023", "jsonstat").read_bytes())
    whole = run(file_of(files, "2023", "jsonstat")).output
    for table in told["link"]["item"]:
        table.pop("status", None)
    (tmp_path / "bare.json").write_text(json.dumps(told), encoding="utf-8")
    # Without a mark, a missing number is a hidden one: as many are tried, or more.
    tried = re.search(r"Prövat: (\d+)", run(tmp_path / "bare.json").output.replace("\xa0", ""))
    before = re.search(r"Prövat: (\d+)", whole.replace("\xa0", ""))
    assert tried is not None
    assert before is not None
    assert int(tried[1]) >= int(before[1])


def two_drafts(files: Path, folder: Path) -> list[Path]:
    """The exits of the year and of January-August, each safe by itself."""
    paths = []
    for period in ("2023", "2023-JanAug"):
        with ZipFile(file_of(files, period, "px")) as archive:
            paths.append(Path(archive.extract("T8.px", folder / period)))
    return paths


def test_two_drafts_that_were_not_protected_together_are_found_out(files: Path, tmp_path: Path) -> None:
    """Why drafts stay in the house and only editions are published, each against all before it."""
    result = run(*two_drafts(files, tmp_path))
    assert result.exit_code == 1
    assert Exposure.DIFFERENCE.value in result.output


def test_one_hidden_number_let_slip_is_found(files: Path, tmp_path: Path) -> None:
    rows = rows_of(files)
    slip = next(row for row in rows if row["tabell"] == "T8" and row["status"] == "u")
    slip |= {"varde": "2", "status": "v"}
    result = run(written(tmp_path / "slip.csv", rows))
    assert result.exit_code == 1
    assert Exposure.SHOWN.value in result.output
    assert "T8" in result.output


def test_a_mark_that_there_is_no_share_is_read_as_a_base_of_nobody(files: Path, tmp_path: Path) -> None:
    """Which gives away what is hidden, or, as here, is not true."""
    rows = rows_of(files)
    mark = next(row for row in rows if row["kategori_kod"] == "SUS*share" and row["status"] == "u")
    assert run(written(tmp_path / "as it was.csv", rows)).exit_code == 0
    mark["status"] = "s"
    assert run(written(tmp_path / "marked.csv", rows)).exit_code == 1


def test_a_file_that_contradicts_itself_gives_nothing_away_but_is_not_safe(
    files: Path, tmp_path: Path
) -> None:
    rows = rows_of(files)
    told = [row for row in rows if row["tabell"] == "T8" and row["status"] == "v" and row["varde"].isdigit()]
    largest = max(told, key=lambda row: int(row["varde"]))
    largest["varde"] = str(int(largest["varde"]) + 50)
    result = run(written(tmp_path / "changed.csv", rows))
    assert result.exit_code == 1
    assert f"Deltaganden: {Exposure.CONTRADICTION.value}." in result.output
    assert "röjs" not in result.output
    assert "har någon av dem ändrats" in result.output


def test_deciles_count_people_and_are_held_against_the_lengths_of_everybody(
    files: Path, tmp_path: Path
) -> None:
    """Nine of ten in every team cannot have left within a week where the bands tell otherwise."""
    rows = rows_of(files)
    deciles = [row for row in rows if row["tabell"] == "T9" and row["kategori_kod"].endswith("ninetieth")]
    teams = [row for row in deciles if row["team_kod"] and row["status"] in "vu"]
    assert len(teams) > 2
    for row in teams:
        row |= {"varde": "1", "status": "v"}
    result = run(written(tmp_path / "deciles.csv", rows))
    assert result.exit_code == 1
    assert f"Deltaganden: {Exposure.CONTRADICTION.value}." in result.output


def rows_of(files: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO((files / "2023-csv.csv").read_text(encoding="utf-8"))))


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_the_report_tells_no_number_unless_asked(files: Path, tmp_path: Path) -> None:
    paths = two_drafts(files, tmp_path)
    plain, shown = run(*paths), run(*paths, "--show")
    assert "– mellan" not in plain.output
    assert "– mellan" in shown.output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("other.csv", b"a;b\n1;2\n"),
        ("binary.csv", bytes(range(256))),
        ("broken.xlsx", b"PK\x03\x04 not a workbook"),
        ("broken.pdf", b"%PDF-1.7\n1 0 obj\n"),
        ("other.json", b'{"class": "dataset"}'),
        ("other.px", b'CHARSET="ANSI";\r\nDATA=\r\n1 2\r\n;'),
        ("nothing.zip", b"PK\x05\x06" + bytes(18)),
    ],
)
def test_another_file_is_refused_in_plain_words(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name)
    assert result.exit_code == 2
    assert f"{name} går inte att granska" in result.output


def packed(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_an_archive_made_to_hurt_is_refused_in_plain_words(files: Path, tmp_path: Path) -> None:
    """Somebody may send one to whoever offers to look at it."""
    book = file_of(files, "2023", "xlsx").read_bytes()
    broken = packed({"T1.px": b"x" * 2000})
    cases = {
        "bomb.zip": packed({f"{n}.csv": b"0" * 60_000_000 for n in range(5)}),
        "nested.zip": packed({"a.csv": packed({"b.csv": packed({"c.csv": b"1"})})}),
        "broken.zip": broken.replace(broken[40:48], b"\xff" * 8),
        "torn.xlsx": packed({"xl/workbook.xml": b"<workbook", "[Content_Types].xml": b"<Types"}),
        "half.xlsx": book[: len(book) // 2],
    }
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        result = run(tmp_path / name)
        assert result.exit_code == 2, name
        assert f"{name} går inte att granska" in result.output


def test_a_list_that_was_cut_short_is_not_called_safe(files: Path, tmp_path: Path) -> None:
    """It still reads as a list: what was in the rows that are gone has not been tried."""
    for name in ("csv", "csv-excel"):
        whole = file_of(files, "2023", name).read_bytes()
        assert run(file_of(files, "2023", name)).exit_code == 0
        (tmp_path / f"{name}.csv").write_bytes(whole[: whole.rindex(b"\n", 0, len(whole) * 3 // 4) + 1])
        result = run(tmp_path / f"{name}.csv")
        assert result.exit_code == 2, name
        assert f"{name}.csv är ändrad eller avkortad" in result.stderr


def test_a_file_with_words_it_does_not_know_is_not_called_safe(files: Path, tmp_path: Path) -> None:
    text = (files / "2023-csv.csv").read_text(encoding="utf-8")
    (tmp_path / "renamed.csv").write_text(text.replace("åldersgrupp", "årskull"), encoding="utf-8")
    result = run(tmp_path / "renamed.csv")
    assert result.exit_code == 2
    assert "gick inte att tolka" in result.output
