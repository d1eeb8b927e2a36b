"""The pages around editions, in a real browser, at both widths."""

import pytest

from followup.access.roles import Role
from followup.db import Database
from tests.conftest import Visit
from tests.editions.years import fill
from tests.infrastructure.browser import assert_usable
from tests.infrastructure.furnish import Furnished

pytestmark = pytest.mark.browser


def test_preparing_and_checking_are_accessible(
    visit: Visit, database: Database, association: Furnished
) -> None:
    with database.session(write=True) as session:
        fill(session, association)
    page = visit(Role.DIRECTOR)
    for path in (
        "/utgavor/publicera?period=2023",
        "/utgavor/forhandsgranska?period=2023",
        "/utgavor/installningar",
        "/utgavor/kontrollera",
    ):
        page.goto(path)
        assert_usable(page, 1280, 360)
