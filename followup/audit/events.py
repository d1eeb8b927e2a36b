"""Every kind of act the log knows, with the sentence an administrator reads and the keys it may carry."""

from enum import Enum
from typing import NamedTuple


class Cut(Enum):
    """How exact the time of an act may be. In the log's order an exact time would tell of others, too."""

    HOUR = "%Y-%m-%dT%HZ"
    DAY = "%Y-%m-%d"


class Kind(NamedTuple):
    sentence: str
    keys: frozenset[str] = frozenset()
    cut: Cut = Cut.HOUR


class Event(Enum):
    """The name is stored. Nothing in an event tells which participation or which screening."""

    INSTALLED = Kind("Installationen skapades")
    SIGNED_IN = Kind("Loggade in")
    SIGN_IN_FAILED = Kind("Inloggning misslyckades")
    SIGNED_OUT = Kind("Loggade ut")
    PASSWORD_REFUSED = Kind("Angav fel lösenord som inloggad")
    PASSWORD_CHANGED = Kind("Bytte lösenord")
    ACCOUNT_INVITED = Kind("Bjöd in ett konto", frozenset({"account", "role"}))
    INVITATION_ACCEPTED = Kind("Tog emot en inbjudan")
    ACCOUNT_CHANGED = Kind("Ändrade ett kontos roller", frozenset({"account", "roles"}))
    ACCOUNT_CLOSED = Kind("Stängde ett konto", frozenset({"account"}))
    ACCOUNT_OPENED = Kind("Öppnade ett konto igen", frozenset({"account", "roles"}))
    TEAM_CREATED = Kind("Lade upp ett team", frozenset({"team"}))
    TEAM_CHANGED = Kind("Ändrade ett team", frozenset({"team"}))
    CODE_LABEL_CHANGED = Kind("Ändrade texten på ett val i en kodlista", frozenset({"list", "code"}))
    # One kind for queue, start and exit alike: which of them would help to point at a row.
    PARTICIPATION_RECORDED = Kind("Registrerade i deltagarlistan")
    PARTICIPATION_CORRECTED = Kind("Rättade, ångrade eller makulerade i deltagarlistan")
    SCREENING_REPORTED = Kind("Rapporterade våldsscreening", frozenset({"month"}), Cut.DAY)
    MONTH_DECLARED = Kind("Klarmarkerade en månad", frozenset({"month"}))
    MONTH_REOPENED = Kind("Öppnade en månad igen", frozenset({"month", "reason"}))
    QUEUE_SETTLED = Kind("Ändrade platser eller mål för ett teams kö", frozenset({"month"}))
    QUEUE_HISTORY_FILLED_IN = Kind("Fyllde i tidigare kölängder", frozenset({"period"}))
    # What is typed about the förbund is about no participant, so the log may say which entry it was.
    ACTIVITY_CHANGED = Kind("Ändrade i aktiviteterna", frozenset({"act", "number"}))
    MEETINGS_COUNTED = Kind("Skrev in ett rådgivande teams möten", frozenset({"year"}))
    PLAN_CHANGED = Kind("Ändrade i förbundets plan", frozenset({"part", "act", "number"}))
    QUEUE_SCENARIO_CHANGED = Kind("Sparade, ändrade eller tog bort ett köscenario", frozenset({"scenario"}))
    QUEUE_PLAN_CHANGED = Kind("Ändrade en handlings- och tidplan för kön", frozenset({"version"}))
    QUEUE_PLAN_DECIDED = Kind("Fastställde en handlings- och tidplan för kön", frozenset({"version"}))
    QUEUE_PLAN_TAKEN_OUT = Kind(
        "Laddade ner handlings- och tidplaner för kön", frozenset({"version", "format", "marking", "sha256"})
    )
    # Months declared or opened with the file belong to the same act: "3:2022-01–2023-12".
    IMPORTED = Kind("Läste in en fil", frozenset({"kind", "batch", "count_class", "declared"}))
    IMPORT_UNDONE = Kind("Ångrade en inläsning", frozenset({"kind", "batch", "count_class", "reopened"}))
    PUBLISHED = Kind("Publicerade en utgåva", frozenset({"edition", "period", "sha256"}))
    EDITION_TAKEN_BACK = Kind(
        "Lade tillbaka en utgåva som databasen saknade", frozenset({"edition", "sha256"})
    )
    DRAFT_SAVED = Kind("Sparade utkastet till en utgåva", frozenset({"period", "sha256"}))
    APPROVAL_ASKED = Kind("Bad om godkännande av en utgåva", frozenset({"period", "sha256"}))
    APPROVAL_DENIED = Kind("Godkände inte en utgåva", frozenset({"period", "sha256"}))
    APPROVAL_TAKEN_BACK = Kind("Drog tillbaka sin begäran om godkännande", frozenset({"period", "sha256"}))
    EDITIONS_SETTLED = Kind(
        "Ändrade hur förbundet publicerar", frozenset({"open_data", "approval", "decision"})
    )
    KEY_ROTATED = Kind("Tog en ny nyckel i bruk", frozenset({"key"}))
    IMPORT_SETTLED = Kind("Fastställde en inläsning", frozenset({"kind", "batch"}))
    RULE_DECIDED = Kind(
        "Lade upp en ny version av regeln för röjandekontroll",
        frozenset({"version", "valid_from", "decision"}),
    )
    TEAMS_GROUPED = Kind("Bestämde att team redovisas tillsammans", frozenset({"teams"}))
    GROUP_DISSOLVED = Kind("Tog bort en redovisningsgrupp", frozenset({"teams"}))
    EXPORTED = Kind("Laddade ner statistik", frozenset({"period", "format", "marking", "sha256"}))

    @property
    def kind(self) -> Kind:
        return self.value


def count_class(number: int) -> str:
    """How many, coarsely: the log never tells an exact count near participations."""
    for limit, text in ((0, "0"), (9, "1–9"), (49, "10–49"), (199, "50–199")):
        if number <= limit:
            return text
    return "200 eller fler"
