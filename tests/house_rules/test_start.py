"""A start loads what most pages need. What only a file or a chart needs is loaded by the first one.

A library at the top of a module is easily put there and never noticed: a tenth of a second at a time every
start becomes slow, and a small server keeps in memory what nobody has asked for.
"""

import os
import subprocess
import sys

import pytest

from followup.settings import Settings

LATER = {
    "alembic", "docx", "followup.demo", "lxml", "openpyxl", "psycopg", "scipy", "typst", "vl_convert",
    "xlsxwriter",
}  # fmt: skip
START = """
import gc, sys
import followup.wsgi
print(gc.isenabled(), *sys.modules)
"""


@pytest.fixture
def started(settings: Settings, database_url: str) -> list[str]:
    """Whether rubbish is collected after a start, and the modules that it loads."""
    environment = os.environ | {
        "FOLLOWUP_INSTANCE": str(settings.instance),
        "FOLLOWUP_DATABASE_URL": database_url,
    }
    command = [sys.executable, "-c", START]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return answer.stdout.split()


def test_start_loads_nothing_that_only_some_files_need(started: list[str]) -> None:
    _, *modules = started
    assert "followup.queues.views" in modules, "the application was not put together"
    assert not sorted(LATER & set(modules))


def test_memory_is_given_back_once_the_server_has_started(started: list[str]) -> None:
    assert started[0] == "True"
