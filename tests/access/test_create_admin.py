"""The first administrator, through the real command."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from followup import create_app
from followup.access.models import Account
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.settings import Settings
from tests.infrastructure.client import Client

COMMAND = Path(sys.executable).with_name("followup")
GOOD = "grön cykel under bron"


def followup(instance: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FOLLOWUP_")}
    command = [COMMAND, "--instance", str(instance), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean, input=typed)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation for the tests to copy."""
    folder = tmp_path_factory.mktemp("made") / "ny"
    assert followup(folder, "init", "--name", "Samordningsförbundet Prov").returncode == 0
    return folder


@pytest.fixture
def instance(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "ny"))


def accounts(instance: Path) -> list[Account]:
    database = Database(Settings.load(instance, {}).database_url)
    with database.session() as session:
        found = list(session.scalars(select(Account)))
    database.engine.dispose()
    return found


def test_link_lets_the_first_administrator_in(instance: Path) -> None:
    answer = followup(instance, "create-admin", "--email", "Chef@Example.org")
    assert answer.returncode == 0, answer.stderr
    link = re.search(r"http://127\.0\.0\.1:8000(/inbjudan/\S+)", answer.stdout)
    assert link

    app = create_app(Settings.load(instance, {}))
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    # The command keeps real time, the page the test's: an earlier day is within the seven.
    client.submit(link[1], new_password=GOOD, new_password_confirm=GOOD)
    answer_page = client.submit("/logga-in", email="chef@example.org", password=GOOD)
    assert "System" in answer_page.text
    app.extensions["database"].engine.dispose()


def test_password_is_read_from_standard_input_and_never_shown(instance: Path) -> None:
    answer = followup(
        instance, "create-admin", "--email", "chef@example.org", "--password-stdin", typed=f"{GOOD}\n"
    )
    assert answer.returncode == 0, answer.stderr
    assert "Kontot chef@example.org är klart." in answer.stdout
    assert GOOD not in answer.stdout + answer.stderr
    assert [account.password is not None for account in accounts(instance)] == [True]
    database = Database(Settings.load(instance, {}).database_url)
    with database.session() as session:
        told = session.scalars(select(AuditEvent.event).order_by(AuditEvent.number)).all()
    database.engine.dispose()
    assert told == ["INSTALLED", "ACCOUNT_INVITED", "INVITATION_ACCEPTED"]


@pytest.mark.parametrize(
    ("email", "typed", "said"),
    [
        ("chef@example.org", "kort\n", "minst 12 tecken"),
        ("chef@example.org", "", "minst 12 tecken"),
        ("inte en adress", f"{GOOD}\n", "Skriv en e-postadress"),
    ],
)
def test_refusal_leaves_nothing_behind(instance: Path, email: str, typed: str, said: str) -> None:
    answer = followup(instance, "create-admin", "--email", email, "--password-stdin", typed=typed)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert said in answer.stderr
    assert accounts(instance) == []


def test_same_address_twice_is_refused(instance: Path) -> None:
    followup(instance, "create-admin", "--email", "chef@example.org")
    answer = followup(instance, "create-admin", "--email", "CHEF@example.org")
    assert answer.returncode == 1
    assert "Det finns redan ett konto med den adressen." in answer.stderr
