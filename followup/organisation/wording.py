"""Teams and code lists in words."""

from collections.abc import Iterable

from followup import clock
from followup.organisation.models import Municipality, Team, TeamKind
from followup.periods import Month

KINDS = {
    TeamKind.COORDINATION: "Samordningsteam, med kö och deltagare",
    TeamKind.ADVISORY: "Rådgivande team, som räknar möten",
}

# The lists in the order an administrator meets them; the ones most often reworded first.
LISTS = {
    "screening_topic": "Våld: ämnen",
    "screening_round": "Våld: omgångar",
    "referring_party": "Remittent",
    "referring_party_report": "Remittent, i statistiken",
    "sex": "Kön",
    "age_group": "Ålder",
    "age_group_report": "Ålder, i statistiken",
    "education": "Utbildning",
    "time_on_public_support": "Tid i offentlig försörjning",
    "income_source": "Försörjning",
    "income_source_report": "Försörjning, i statistiken",
    "occupation": "Sysselsättning",
    "occupation_report": "Sysselsättning, i statistiken",
    "extent": "Omfattning",
    "exit_reason": "Avslutsorsak",
    "continuation": "Fortsättning efter avslut",
    "queue_exit_reason": "Lämnade kön",
    "void_reason": "Makulering",
    "reopen_reason": "Öppna en månad igen",
    "revision_reason": "Ny utgåva av statistik",
    "queue_measure_kind": "Åtgärder för kötiden",
    "activity_kind": "Aktivitet",
    "member_party": "Aktivitet: organisation",
    "goal_assessment": "Mål: bedömning",
    "financing_source": "Finansiering",
    "respondent_group": "Enkät: svarsgrupp",
}


def places(municipalities: Iterable[Municipality]) -> str:
    return ", ".join(municipality.name for municipality in municipalities) or "inga angivna"


def last_month(team: Team) -> str:
    if team.closed:
        return team.closed.label
    return "I gång" if team.opened <= Month.of(clock.today()) else "Inte i gång än"
