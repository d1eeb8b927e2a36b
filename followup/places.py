"""Where the templates and migrations lie: beside the package in a checkout, inside it when installed."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def _find(name: str) -> Path:
    installed = PACKAGE / "_data" / name
    return installed if installed.exists() else PACKAGE.parent / name


TEMPLATES = _find("templates")
MIGRATIONS = _find("migrations")
