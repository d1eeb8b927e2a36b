"""A new installation through the real command: whole or not at all, and every refusal in Swedish."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from followup.access.models import Account
from followup.audit.service import find_break
from followup.db import Database
from followup.keys import KEY_FILE
from followup.organisation.models import Association, Team
from followup.participation.models import Participation
from followup.settings import DATABASE_FILE, Settings

COMMAND = Path(sys.executable).with_name("followup")


def followup(*words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FOLLOWUP_")}
    return subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, check=False, env=clean | (environment or {})
    )


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_help_is_in_swedish_and_names_every_command() -> None:
    answer = followup("--help")
    assert answer.returncode == 0
    assert "Användning: followup [VAL] KOMMANDO" in answer.stdout
    for command in ("init", "migrate", "create-admin", "import", "export"):
        assert command in answer.stdout
    assert "..." not in answer.stdout
    assert "Uppdatera databasens tabeller efter en ny version" in " ".join(answer.stdout.split())


@pytest.mark.parametrize("order", ["before", "after", "joined"])
def test_the_instance_may_stand_before_or_after_the_command(tmp_path: Path, order: str) -> None:
    instance = tmp_path / "ny"
    words = {
        "before": ("--instance", str(instance), "init", "--name", "Prov"),
        "after": ("init", "--name", "Prov", "--instance", str(instance)),
        "joined": ("init", "--name", "Prov", f"--instance={instance}"),
    }[order]
    answer = followup(*words)
    assert answer.returncode == 0, answer.stderr
    assert "create-admin" in answer.stdout
    assert {rights(instance / name) for name in (KEY_FILE, DATABASE_FILE)} == {0o600}
    database = Database(Settings.load(instance, {}).database_url)
    with database.session() as session:
        assert session.scalars(select(Association.name)).all() == ["Prov"]
    database.engine.dispose()


def test_a_second_init_touches_nothing(tmp_path: Path) -> None:
    followup("--instance", str(tmp_path), "init")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    answer = followup("--instance", str(tmp_path), "init")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "finns redan en installation" in answer.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_database_without_its_keys_is_not_overwritten(tmp_path: Path) -> None:
    followup("--instance", str(tmp_path), "init")
    (tmp_path / KEY_FILE).unlink()
    answer = followup("--instance", str(tmp_path), "init")
    assert answer.returncode == 1
    assert "säkerhetskopian" in answer.stderr


def test_a_name_that_points_at_a_person_is_refused_without_repeating_it(tmp_path: Path) -> None:
    answer = followup("--instance", str(tmp_path / "ny"), "init", "--name", "Förbundet 19850312-9820")
    assert answer.returncode == 1
    assert "9820" not in answer.stdout + answer.stderr
    assert not (tmp_path / "ny").exists()


def test_a_folder_that_cannot_be_written_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    answer = followup("--instance", str(tmp_path / "fil" / "under"), "init")
    assert answer.returncode in (1, 2)
    assert "Fel" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_full_disk_leaves_no_half_made_installation_and_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "ny").mkdir()
    copy = tmp_path / "ny" / f"{DATABASE_FILE}.2026-05-01"
    copy.write_text("säkerhetskopian")
    limit = ["sh", "-c", 'ulimit -f 200; exec "$0" "$@"', COMMAND, "--instance", str(tmp_path / "ny"), "init"]
    answer = subprocess.run(limit, capture_output=True, text=True, check=False)
    assert answer.returncode == 1, answer.stderr
    assert "Inget har sparats" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert os.listdir(tmp_path / "ny") == [copy.name]
    assert followup("--instance", str(tmp_path / "ny"), "init").returncode == 0


def test_unknown_words_are_refused_with_the_way_out() -> None:
    answer = followup("initt")
    assert answer.returncode == 2
    assert "--help" in answer.stderr
    assert "finns inte" in answer.stderr


def test_the_demo_has_everything_to_try_and_a_password_of_its_own(tmp_path: Path) -> None:
    first, second = (followup("--instance", str(tmp_path / name), "init", "--demo") for name in ("a", "b"))
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[-2] != second.stdout.splitlines()[-2]
    assert rights(tmp_path / "a" / "demo.txt") == 0o600
    database = Database(Settings.load(tmp_path / "a", {}).database_url)
    with database.session() as session:
        association = session.scalars(select(Association)).one()
        assert len(session.scalars(select(Team)).all()) == 7
        assert session.scalar(select(func.count()).select_from(Account)) == 8
        waiting = select(func.count()).where(
            Participation.started_week.is_(None), Participation.left_week.is_(None)
        )
        assert session.scalar(waiting.select_from(Participation))
        assert find_break(session, association.id) is None
    database.engine.dispose()
