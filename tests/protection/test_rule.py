"""Versions of the rule: decided with a number, from a day on, never below the floor and never changed."""

import datetime as dt
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.models import AuditEvent
from followup.disclosure import Rule, Status
from followup.editions import service as editions
from followup.periods import JanAug, Year
from followup.protection import queries, service
from followup.protection.commands import DecideRule
from followup.statistics.service import DISCLOSURE_KEY, association_statistics
from tests.conftest import SignIn
from tests.editions.test_publishing import KEYS, publish
from tests.editions.years import fill, row
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import PASSWORD, Furnished
from tests.infrastructure.tables import tables_of

KEY = KEYS.derive(DISCLOSURE_KEY)
TODAY = dt.date(2024, 6, 12)
STRICTER = DecideRule(
    valid_from=TODAY,
    threshold=7,
    screening_threshold=12,
    share_base=20,
    screening_share_base=30,
    median_base=15,
    insider=0,
    decision="§ 14",
    decided=dt.date(2024, 3, 22),
)
NEW = "/utgavor/regel/ny"
TYPED = {
    "valid_from": "2024-07-01",
    "threshold": "7",
    "screening_threshold": "12",
    "decision": "2024/17",
    "decided": "2024-06-01",
    "password": PASSWORD,
}
VERSIONS = "Versioner av regeln, den senaste först. Inom parentes: våldsscreeningen"


@pytest.fixture
def director(scope_of) -> Scope:
    return scope_of(Role.DIRECTOR)


@pytest.fixture
def ready(database, association: Furnished):
    session = database.open(write=True)
    fill(session, association)
    yield session
    session.close()


def decide(session: Session, scope: Scope, **changed: object) -> Rule:
    return service.decide(session=session, scope=scope, command=replace(STRICTER, **changed))


@pytest.mark.both_databases
def test_a_version_has_a_number_and_a_decision_and_is_logged(session, director):
    made = decide(session, director)
    assert (made.version, made.decision, made.threshold) == ("2", "§ 14", 7)
    assert queries.versions(session, director) == [Rule(), made]
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.event == "RULE_DECIDED"))
    assert event.details == {"version": "2", "valid_from": "2024-06-12", "decision": "§ 14"}


def test_a_version_holds_from_its_day_and_until_then_the_one_before(session, director):
    decide(session, director, valid_from=dt.date(2024, 7, 1))
    assert queries.rule_in_force(session, director, dt.date(2024, 6, 30)).version == "1"
    assert queries.rule_in_force(session, director, dt.date(2024, 7, 1)).version == "2"


def test_of_two_versions_from_one_day_the_later_one_holds(session, director):
    for number in range(2, 12):
        decide(session, director, threshold=number + 2, screening_threshold=20)
    assert queries.rule_in_force(session, director, TODAY).version == "11"


def test_the_product_s_own_rule_holds_on_a_day_before_it(session, director):
    assert queries.rule_in_force(session, director, dt.date(2023, 1, 1)) == Rule()


@pytest.mark.parametrize(
    ("weak", "field"),
    [
        ({"threshold": 2}, "threshold"),
        ({"screening_threshold": 4, "threshold": 3}, "screening_threshold"),
        ({"screening_threshold": 6}, "screening_threshold"),
        ({"share_base": 9}, "share_base"),
        ({"screening_share_base": 19}, "screening_share_base"),
        ({"median_base": 9}, "median_base"),
        ({"insider": -1}, "insider"),
    ],
)
def test_no_version_goes_below_the_floor(session, director, weak, field):
    with pytest.raises(service.TooWeak) as refused:
        decide(session, director, **weak)
    assert refused.value.field == field
    assert queries.versions(session, director) == [Rule()]


@pytest.mark.both_databases
def test_not_even_the_database_takes_a_rule_below_the_floor(session, director):
    decide(session, director)
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE disclosure_rule SET threshold = 2"))


def test_a_version_begins_neither_in_the_past_nor_years_ahead(session, director):
    with pytest.raises(service.InThePast, match=r"12.juni 2024"):
        decide(session, director, valid_from=dt.date(2024, 6, 11))
    with pytest.raises(service.TooFarAhead, match=r"senast från 13.juni 2025"):
        decide(session, director, valid_from=dt.date(2042, 7, 1))
    with pytest.raises(service.DecidedLater):
        decide(session, director, valid_from=dt.date(2024, 9, 1), decided=dt.date(2024, 6, 13))
    assert queries.versions(session, director) == [Rule()]


def test_a_version_that_has_not_begun_is_replaced_by_one_that_begins_sooner(session, director):
    decide(session, director, valid_from=dt.date(2024, 9, 1), threshold=9)
    made = decide(session, director, valid_from=dt.date(2024, 7, 1))
    assert queries.rule_in_force(session, director, dt.date(2024, 6, 30)).version == "1"
    for day in (dt.date(2024, 7, 1), dt.date(2024, 9, 1), dt.date(2026, 1, 1)):
        assert queries.rule_in_force(session, director, day) == made


def test_another_forbund_keeps_its_own_rule(session, director, association):
    decide(session, director)
    assert queries.versions(session, Scope(association_id=association.id + 1, actor="9")) == [Rule()]


def statistics_of(session, scope):
    return association_statistics(session=session, scope=scope, period=Year(2023), key=KEY)


def least_shown(statistics) -> int:
    """The smallest number of people in a table that has no bare head counts."""
    (table,) = (table for table in statistics.protected if table.id == "T2")
    return min(cell.value for cell in table.cells.values() if cell.status is Status.VALUE)


def test_what_is_shown_follows_the_rule_in_force_at_once(ready, director, clock):
    before = statistics_of(ready, director)
    decide(ready, director, valid_from=dt.date(2024, 7, 1), threshold=20, screening_threshold=20)
    assert statistics_of(ready, director).rule == before.rule
    clock.move_to(dt.datetime(2024, 7, 1, 8, 0, tzinfo=dt.UTC))
    after = statistics_of(ready, director)
    assert after.rule.version == "2"
    assert least_shown(before) < 20 <= least_shown(after)
    assert {table.rule_version for table in after.protected} == {"2"}


def test_an_edition_keeps_the_rule_it_was_published_under(ready, director):
    first = publish(ready, director)
    assert first.rule_version == "1"
    decide(ready, director)
    ready.expire_all()
    assert first.rule_version == "1"
    assert {table.rule_version for table in editions.published(first).tables} == {"1"}
    assert "Regel 1, gäller från 2024-01-01: grupper om färre än 5" in editions.published(first).rule


def test_a_stricter_rule_can_be_published_beside_what_the_older_one_told(ready, director, clock):
    """What January-August told and left narrow under the old rule is held to the old rule."""
    publish(ready, director, period=JanAug(2023))
    decide(ready, director, valid_from=dt.date(2024, 7, 1), threshold=6)
    clock.move_to(dt.datetime(2024, 7, 1, 8, 0, tzinfo=dt.UTC))
    year = publish(ready, director)
    assert year.rule_version == "2"
    assert "Beslut § 14, 2024-03-22." in editions.published(year).rule


def test_what_a_coarser_table_says_was_told_in_its_parts_before(session, association, director):
    """Under the stricter rule a table takes categories together whose numbers an edition told one by one."""
    fill(session, association, people=0)
    chance = Random(1)
    for team in (association.north, association.south):
        session.add_all(row(chance, association.id, team) for _ in range(60))
    publish(session, director, period=Year(2022))
    decide(session, director, valid_from=TODAY, threshold=10, screening_threshold=10)
    year = publish(session, director)
    assert {table.rule_version for table in editions.published(year).tables} == {"2"}
    both = next(table for table in editions.published(year).tables if table.id == "T3")
    assert "LOCAL" in both.axis("referring_party").codes


class TestPage:
    def test_a_director_adds_a_version_and_everybody_reads_it(self, sign_in: SignIn, database):
        page = sign_in(Role.DIRECTOR).submit(NEW, button="Spara versionen", **TYPED)
        assert "Version 2 är sparad och gäller från 1 juli 2024." in visible_text(page.text)
        listed = tables_of(sign_in(Role.READER).get("/utgavor/regel").text)[VERSIONS]
        assert [line[0] for line in listed[1:]] == ["2 (kommer att gälla)", "1 (gäller nu)"]
        assert listed[1][-1] == "2024/17, 1 juni 2024"

    def test_an_officer_may_add_and_a_reader_not(self, sign_in: SignIn):
        assert sign_in(Role.OFFICER).get(NEW).status_code == 200
        reader = sign_in(Role.READER)
        assert reader.get(NEW).status_code == 403
        assert "Lägg upp en ny version" not in reader.get("/utgavor/regel").text

    def test_a_rule_below_the_floor_is_refused_and_nothing_typed_is_lost(self, sign_in: SignIn):
        director = sign_in(Role.DIRECTOR)
        page = director.submit(NEW, button="Spara versionen", **TYPED | {"threshold": "2"})
        assert page.status_code == 422
        assert "skriv ett tal från 3 till 100" in page.text
        assert 'value="2024/17"' in page.text
        page = director.submit(NEW, button="Spara versionen", **TYPED | {"screening_threshold": "6"})
        assert page.status_code == 422
        assert "får inte vara lägre än det vanliga" in page.text

    def test_a_version_without_a_decision_is_refused(self, sign_in: SignIn):
        page = sign_in(Role.DIRECTOR).submit(NEW, button="Spara versionen", **TYPED | {"decision": ""})
        assert page.status_code == 422
        assert "Fyll i beslutets diarienummer eller paragraf." in page.text

    def test_a_slip_of_the_pen_is_put_right_by_another_version(self, sign_in: SignIn):
        director = sign_in(Role.DIRECTOR)
        director.submit(NEW, button="Spara versionen", **TYPED)
        director.submit(NEW, button="Spara versionen", **TYPED | {"valid_from": "2024-06-12"})
        listed = tables_of(director.get("/utgavor/regel").text)[VERSIONS]
        assert [line[0] for line in listed[1:]] == [
            "3 (gäller nu)", "2 (ersatt innan den började gälla)", "1 (har gällt)",
        ]  # fmt: skip

    def test_what_held_this_morning_has_held(self, sign_in: SignIn):
        director, today = sign_in(Role.DIRECTOR), {"valid_from": "2024-06-12"}
        director.submit(NEW, button="Spara versionen", **TYPED | today)
        director.submit(NEW, button="Spara versionen", **TYPED | today)
        listed = tables_of(director.get("/utgavor/regel").text)[VERSIONS]
        assert [line[0] for line in listed[1:]] == ["3 (gäller nu)", "2 (har gällt)", "1 (har gällt)"]

    def test_a_screen_that_was_left_alone_changes_no_rule(self, sign_in: SignIn):
        director = sign_in(Role.DIRECTOR)
        page = director.submit(NEW, button="Spara versionen", **TYPED | {"password": "fel"})
        assert page.status_code == 422
        assert 'value="2024/17"' in page.text
        assert "2 (" not in visible_text(director.get("/utgavor/regel").text)

    def test_a_milder_version_is_said_to_be_milder(self, sign_in: SignIn):
        director = sign_in(Role.DIRECTOR)
        page = director.submit(NEW, button="Spara versionen", **TYPED | {"threshold": "3"})
        told = (
            "Den visar mer än den som gäller i dag: minsta grupp som visas: 5 personer förut, 3 personer nu."
        )
        assert told in visible_text(page.text)
        page = director.submit(NEW, button="Spara versionen", **TYPED)
        assert "Den visar mer" not in visible_text(page.text)

    @pytest.mark.published
    def test_the_next_edition_is_said_to_follow_another_rule(self, sign_in: SignIn):
        director = sign_in(Role.DIRECTOR)
        part = "/utgavor/publicera?period=2023-JanAug"
        assert "gäller nu: grupper" not in director.get(part).text
        director.submit(NEW, button="Spara versionen", **TYPED | {"valid_from": "2024-06-12"})
        assert (
            "Regel 2 gäller nu: grupper om färre än 7 personer döljs. Utgåva 2024:1 följde regel 1."
            in director.get(part).text
        )

    def test_the_form_begins_from_what_holds(self, sign_in: SignIn):
        page = sign_in(Role.DIRECTOR).get(NEW).text
        assert 'name="threshold" value="5"' in page
        assert 'name="valid_from" value="2024-06-12"' in page
