"""Flask-Security speaks Swedish wherever its own words can reach the screen."""

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale
from flask_security.utils import get_message

from followup.places import PACKAGE

FOLDER = PACKAGE / "locale" / "sv" / "LC_MESSAGES"
# What its views for signing in, signing out and changing the password can say.
SAID = [
    "API_ERROR",
    "ANONYMOUS_USER_REQUIRED",
    "DISABLED_ACCOUNT",
    "EMAIL_NOT_PROVIDED",
    "GENERIC_AUTHN_FAILED",
    "INVALID_EMAIL_ADDRESS",
    "INVALID_PASSWORD",
    "INVALID_REDIRECT",
    "LOGIN",
    "PASSWORD_CHANGE",
    "PASSWORD_INVALID_LENGTH",
    "PASSWORD_IS_THE_SAME",
    "PASSWORD_MISMATCH",
    "PASSWORD_NOT_PROVIDED",
    "PASSWORD_TOO_SIMPLE",
    "RETYPE_PASSWORD_MISMATCH",
    "UNAUTHENTICATED",
    "UNAUTHORIZED",
    "USER_DOES_NOT_EXIST",
]


def catalogue(name: str) -> dict[str, str]:
    read = read_po if name.endswith(".po") else read_mo
    with (FOLDER / name).open("rb") as file:
        return {message.id: message.string for message in read(file) if message.id}


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert catalogue("flask_security.mo") == catalogue("flask_security.po")


@pytest.mark.parametrize("name", SAID)
def test_message_is_swedish(app: Flask, name: str) -> None:
    english = app.config[f"SECURITY_MSG_{name}"][0]
    with app.test_request_context(), force_locale("sv"):
        swedish, _ = get_message(name, length=12)
    assert english in catalogue("flask_security.po")
    assert swedish
    assert swedish != english
