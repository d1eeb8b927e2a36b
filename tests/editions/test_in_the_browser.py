"""The pages around editions, in a real browser, at both widths."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from followup.access.roles import Role
from followup.db import Database
from tests.conftest import Visit
from tests.editions.years import fill
from tests.infrastructure.browser import assert_fits
from tests.infrastructure.furnish import Furnished

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
def test_preparing_and_checking_are_accessible(
    visit: Visit,
    assert_accessible: Callable[[Page], None],
    database: Database,
    association: Furnished,
    width: int,
) -> None:
    with database.session(write=True) as session:
        fill(session, association)
    page = visit(Role.DIRECTOR, width=width)
    for path in (
        "/utgavor/publicera?period=2023",
        "/utgavor/forhandsgranska?period=2023",
        "/utgavor/installningar",
        "/utgavor/kontrollera",
    ):
        page.goto(path)
        assert_accessible(page)
        assert_fits(page)
