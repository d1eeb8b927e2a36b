"""What an operator installs is the wheel: it carries templates and migrations and needs no checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.infrastructure.server import ROOT, Visitor, serving, wait_until_it_answers


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, unpacked beside the packages it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_what_lies_beside_the_package(installed: Path) -> None:
    inside = installed / "followup" / "_data"
    for name in ("templates", "migrations"):
        beside = {path.relative_to(ROOT / name) for path in (ROOT / name).rglob("*.*") if path.is_file()}
        carried = {path.relative_to(inside / name) for path in (inside / name).rglob("*.*") if path.is_file()}
        assert {path for path in beside if "__pycache__" not in path.parts} <= carried


def test_the_wheel_carries_no_tests_and_no_installation(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {"followup"}


def test_the_wheel_names_its_licence(installed: Path) -> None:
    (metadata,) = installed.glob("*.dist-info/METADATA")
    assert "License-Expression: EUPL-1.2" in metadata.read_text(encoding="utf-8")
    assert list(installed.glob("*.dist-info/licenses/LICENSE"))


def test_an_installation_from_the_wheel_starts_and_lets_somebody_in(installed: Path, tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    environ = {"PYTHONPATH": str(installed), "FOLLOWUP_INSTANCE": str(instance)}
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            "import followup.cli; assert '/site/' in followup.cli.__file__; followup.cli.main()",
            "init",
            "--demo",
        ],
        cwd=tmp_path,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    password = made.stdout.rsplit(":", 1)[1].strip()
    with serving(folder=tmp_path, **environ) as running:
        wait_until_it_answers(running.port)
        visitor = Visitor(running.port)
        visitor.sign_in("forbundschef@demo.example", password)
        assert visitor.ask("GET", "/")[0] == 200
        visitor.connection.close()
