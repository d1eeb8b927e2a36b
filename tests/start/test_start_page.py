"""What each role meets first."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from sqlalchemy import delete, select, update
from time_machine import Traveller

from followup.access.models import Membership
from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database, act_for
from followup.editions.models import Edition
from followup.months.service import declare_complete, reopen
from followup.organisation.models import Team
from followup.participation.commands import JoinQueue, StartDirectly
from followup.participation.service import join_queue, start_directly
from followup.periods import Month, WeekAndMonth, Year
from followup.queues.commands import SettleQueue
from followup.queues.service import settle
from tests.conftest import SignIn
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import Furnished, address_of
from tests.queues.rows import put

ScopeOf = Callable[..., Scope]
SOMEBODY = {"sex": "F", "age_group": "30-39", "referring_party": "FK", "municipality": "9901"}


def queue_and_start(database: Database, scope: Scope, team_id: int) -> None:
    """One who has waited 13 weeks, one who has waited 12, and one who started with nothing on occupation."""
    with database.session(write=True) as session:
        act_for(session, scope.association_id)
        for day in ("2024-03-13", "2024-03-20"):
            joined = JoinQueue(team_id=team_id, accepted=moment(day), **SOMEBODY)
            join_queue(session=session, scope=scope, command=joined)
        started = StartDirectly(team_id=team_id, started=moment("2024-05-02"), **SOMEBODY)
        start_directly(session=session, scope=scope, command=started)


def moment(day: str) -> WeekAndMonth:
    return WeekAndMonth.of(date.fromisoformat(day))


def declare(database: Database, scope: Scope, team_id: int, months: list[Month]) -> None:
    with database.session(write=True) as session:
        act_for(session, scope.association_id)
        for month in months:
            declare_complete(session=session, scope=scope, team_id=team_id, month=month)


def test_staff_meet_their_team_with_three_buttons(sign_in: SignIn) -> None:
    client = sign_in(Role.TEAM_STAFF)
    page = client.get("/").text
    for button, leads_to in (("Ställ i kö", "Ställ i kö"), ("Starta", "I kö"), ("Avsluta", "Pågår")):
        address = page.split(f">{button}</a>")[0].rsplit('href="', 1)[1].split('"')[0]
        assert leads_to in client.text(address.replace("&amp;", "&"))
    text = visible_text(page)
    assert "I Team Norra väntar ingen" in text
    assert "Våld: inga samtal i juni 2024" in text
    assert "26 tidigare månader, mars 2024, april 2024 och maj 2024 är inte klarmarkerade" in text


@pytest.mark.both_databases
def test_staff_see_what_waits_to_be_done_in_their_own_team_only(
    sign_in: SignIn, database: Database, association: Furnished, scope_of: ScopeOf
) -> None:
    queue_and_start(database, scope_of(Role.TEAM_STAFF), association.north)
    text = sign_in(Role.TEAM_STAFF).text("/")
    assert "I Team Norra väntar 2." in text
    assert "1 i kö har väntat mer än 12 veckor, som längst 13 veckor Visa kön" in text
    assert "1 pågående saknar uppgift om sysselsättning Visa pågående" in text
    other = sign_in(Role.TEAM_STAFF, "south").text("/")
    assert "har väntat mer än" not in other
    assert "saknar uppgift om sysselsättning" not in other


def test_manager_is_led_to_declare_the_only_open_month(
    sign_in: SignIn, database: Database, association: Furnished, scope_of: ScopeOf
) -> None:
    months = [Month(2022, 1) + number for number in range(28)]
    declare(database, scope_of(Role.TEAM_MANAGER), association.north, months)
    assert "Maj 2024 är inte klarmarkerad Klarmarkera" in sign_in(Role.TEAM_MANAGER).text("/")
    assert "Maj 2024 är inte klarmarkerad Visa månader" in sign_in(Role.TEAM_STAFF).text("/")


def test_a_team_without_participants_is_led_to_its_old_list_by_its_manager(
    sign_in: SignIn, database: Database, association: Furnished, scope_of: ScopeOf
) -> None:
    told = "Teamet har inga deltagare än. Finns en lista från tidigare läses den in innan ni klarmarkerar"
    assert f"{told} Läs in en lista" in sign_in(Role.TEAM_MANAGER).text("/")
    assert told not in sign_in(Role.TEAM_STAFF).text("/")
    queue_and_start(database, scope_of(Role.TEAM_STAFF), association.north)
    assert told not in sign_in(Role.TEAM_MANAGER).text("/")


def test_a_team_that_begins_in_a_month_to_come_is_told_so_on_its_pages(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    with database.session(write=True) as session:
        act_for(session, association.id)
        session.execute(update(Team).where(Team.id == association.north).values(opened=Month(2024, 9)))
    client, team = sign_in(Role.TEAM_MANAGER), f"/team/{association.north}"
    told = client.text("/")
    assert "Teamet är i gång från september 2024" in told
    assert "Våld: inga samtal" not in told
    assert "Samtal räknas från och med den månaden" in client.text(f"{team}/vald")
    assert "Lägg till ett samtal" not in client.text(f"{team}/vald")
    assert "Det finns inget att klarmarkera än." in client.text(f"{team}/manader")
    assert "september 2024 Inte i gång än" in sign_in(Role.SYSTEM_ADMIN).text("/system/team")


def test_director_sees_what_the_reports_lack(sign_in: SignIn) -> None:
    text = sign_in(Role.DIRECTOR).text("/")
    assert (
        "Årsstatistik 2023: 24 månader saknas – Team Norra (12) och Team Södra (12) Visa vad som saknas"
        in text
    )
    assert "Delår januari–augusti 2023: 16 månader saknas" in text


def test_director_sees_each_teams_months_and_queue_but_no_row(
    sign_in: SignIn, database: Database, association: Furnished, scope_of: ScopeOf
) -> None:
    manager = scope_of(Role.TEAM_MANAGER)
    queue_and_start(database, manager, association.north)
    declare(database, manager, association.north, [*Year(2023), Month(2024, 4)])
    with database.session(write=True) as session:
        act_for(session, association.id)
        april = Month(2024, 4)
        reopen(session=session, scope=manager, team_id=association.north, month=april, reason="SEN")
    client = sign_in(Role.DIRECTOR)
    text = client.text("/")
    assert f"Team Norra saknas öppen igen saknas saknas saknas {'klar ' * 7}" in text
    assert "Årsstatistik 2023: 12 månader saknas – Team Södra (12)" in text
    assert "I 2 team väntar sammanlagt 2." in text
    assert "mer än 12 veckor" not in text
    assert client.get(f"/team/{association.north}/deltagare").status_code == 403


def test_reader_is_told_that_nothing_is_published(sign_in: SignIn) -> None:
    assert "inte publicerat någon utgåva än" in sign_in(Role.READER).text("/")


def test_administrator_meets_the_doctors_list(sign_in: SignIn) -> None:
    text = sign_in(Role.SYSTEM_ADMIN).text("/")
    assert "Bara tjänsten kan läsa nyckelfilen." in text
    assert "Databasens tabeller hör till den här versionen" in text
    assert "Databasen skriver säkert" in text
    assert "Varje team har en verksamhetsledare" in text
    assert "Säkerhetskopiering är inte inställd" in text


def test_administrator_is_led_to_where_a_manager_is_invited(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    with database.session(write=True) as session:
        act_for(session, association.id)
        session.execute(delete(Membership).where(Membership.team_id == association.south))
    page = sign_in(Role.SYSTEM_ADMIN).get("/").text
    task = page.split("Bjud in en verksamhetsledare.")[1].split("</li>")[0]
    assert 'href="/system/konton/ny"' in task


def publish(database: Database, association: Furnished, editions: list[tuple[str, str]]) -> None:
    with database.session(write=True) as session:
        act_for(session, association.id)
        for number, period in editions:
            session.add(
                Edition(
                    association_id=association.id,
                    number=number,
                    period=period,
                    published_on=date(2024, 3, 22),
                    rule_version="1",
                    content={},
                    sha256="0" * 64,
                )
            )


def test_published_editions_meet_reader_and_director(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    publish(database, association, [("2023:1", "2022"), ("2024:1", "2023")])
    latest = "2024:1 Statistik 2023. Publicerad 22 mars 2024. Läs utgåvan"
    reader, director = sign_in(Role.READER).text("/"), sign_in(Role.DIRECTOR).text("/")
    assert latest in reader
    assert "2023:1 Statistik 2022." in reader
    assert latest in director
    assert "2023:1" not in director


def test_a_wait_is_held_against_the_target_that_was_decided_and_the_very_long_are_asked_about(
    sign_in: SignIn, database: Database, association: Furnished, scope_of: ScopeOf
) -> None:
    put(database, association, "north", [(date(2023, 11, 6), None, None), (date(2024, 4, 15), None, None)])
    settled = SettleQueue(
        team_id=association.north,
        valid_from=Month(2024, 1),
        colleagues=100,
        places_per_colleague=20,
        target_weeks=8,
        target_decision="§ 14",
        target_decided=date(2024, 3, 22),
    )
    with database.session(write=True) as session:
        settle(session=session, scope=scope_of(Role.TEAM_MANAGER), command=settled)
    page = sign_in(Role.TEAM_STAFF).get("/").text
    text = visible_text(page)
    assert "1 i kö har väntat mer än målet på 8 veckor, som längst 31 veckor Visa kön" in text
    assert "1 har stått i kö i mer än 26 veckor. Står personen fortfarande i kö? Gå igenom kön" in text
    assert f'href="/team/{association.north}/deltagare/ga-igenom"' in page


def test_nobody_is_asked_about_where_waits_of_that_length_are_usual(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    usual = [(date(2023, 3, 6), date(2024, 2, 5), None)] * 10
    put(database, association, "north", [*usual, (date(2023, 11, 6), None, None)])
    assert "Står personen fortfarande i kö?" not in sign_in(Role.TEAM_STAFF).text("/")


def test_a_report_that_is_published_says_so_and_one_that_asks_for_nobody_is_left_out(
    sign_in: SignIn, database: Database, association: Furnished, scope_of: ScopeOf
) -> None:
    manager = scope_of(Role.TEAM_MANAGER)
    declare(database, manager, association.north, [*Year(2023)])
    declare(database, scope_of(Role.TEAM_MANAGER, "south"), association.south, [*Year(2023)])
    publish(database, association, [("2024:1", "2023")])
    text = sign_in(Role.DIRECTOR).text("/")
    assert "Årsstatistik 2023: publicerad, utgåva 2024:1 Läs utgåvan" in text
    assert "Delår januari–augusti 2023: alla månader är klarmarkerade Visa statistiken" in text
    page = sign_in(Role.DIRECTOR).get("/").text
    address = re.search(r'href="([^"]+)"[^>]*>Visa statistiken', page)
    assert address
    assert "<h1>Statistik januari–augusti 2023</h1>" in sign_in(Role.DIRECTOR).get(unescape(address[1])).text
    with database.session(write=True) as session:
        december = Month(2023, 12)
        reopen(session=session, scope=manager, team_id=association.north, month=december, reason="SEN")
    opened = "publicerad, utgåva 2024:1. Inte längre klarmarkerat: Team Norra (1). Läs utgåvan"
    assert opened in sign_in(Role.DIRECTOR).text("/")


def test_a_new_association_is_told_of_no_report_and_no_queue(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    with database.session(write=True) as session:
        act_for(session, association.id)
        for team in session.scalars(select(Team).where(Team.association_id == association.id)):
            team.opened = Month(2024, 6)
    text = sign_in(Role.DIRECTOR).text("/")
    assert "Årsstatistik" not in text
    assert "Delår" not in text


def test_whoever_lets_somebody_in_does_not_do_so_unseen(
    sign_in: SignIn, association: Furnished, clock: Traveller
) -> None:
    """An administrator who takes a role is named to those whose rows and tables it opens."""
    administrator = sign_in(Role.SYSTEM_ADMIN)
    for email, chosen in (
        ("ny.chef@example.org", {"role": "director"}),
        ("ny.kollega@example.org", {"role": "team_staff", "teams": [str(association.south)]}),
    ):
        administrator.submit("/system/konton/ny", email=email, **chosen)
    to_south = (
        "2024-06-12: ny.kollega@example.org fick en länk för att logga in. Roll: teampersonal "
        f"(Team Södra). Av: {address_of(Role.SYSTEM_ADMIN)}."
    )
    director = visible_text(sign_in(Role.DIRECTOR).text("/"))
    assert "tillgång till förbundet de senaste 30 dagarna (2)" in director
    assert "ny.chef@example.org fick en länk för att logga in. Roll: förbundschef" in director
    assert to_south in director
    south = visible_text(sign_in(Role.TEAM_MANAGER, "south").text("/"))
    assert to_south in south
    assert "ny.chef" not in south
    for other in (sign_in(Role.TEAM_MANAGER), sign_in(Role.TEAM_STAFF, "south"), sign_in(Role.READER)):
        assert "fått tillgång" not in visible_text(other.text("/"))
    clock.shift(31 * 24 * 60 * 60)
    assert "fått tillgång" not in visible_text(sign_in(Role.DIRECTOR).text("/"))
