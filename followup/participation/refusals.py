"""Why the register says no, each with the field to mend and the way out."""

from followup.errors import Refusal
from followup.participation.state import Status
from followup.periods import Month

# The date fields as they are named in running text.
EVENT_WORDS = {
    "accepted": "datum för kö",
    "started": "startdatum",
    "left": "datum när kön lämnades",
    "ended": "avslutsdatum",
}


class WrongStep(Refusal):
    """The row is not in a state where this can be done."""

    def __init__(self, status: Status) -> None:
        super().__init__(
            {
                Status.QUEUED: "Raden står i kö. Starta den först, eller välj Lämnar kön.",
                Status.ACTIVE: "Raden är redan startad. Välj Avsluta om deltagandet är slut.",
                Status.ENDED: "Raden är redan avslutad. Välj Rätta om något är fel.",
                Status.LEFT: "Raden har redan lämnat kön utan start. Välj Rätta om det är fel.",
                Status.VOID: "Raden är makulerad och räknas inte. Den går inte att ändra.",
            }[status]
        )


class NoStepToTakeBack(Refusal):
    def __init__(self) -> None:
        super().__init__("Raden har inget senare steg att ta tillbaka. Välj Makulera om hela raden är fel.")


class UndoTooLate(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Det går inte att ångra, för raden har ändrats efteråt. "
            "Öppna raden och välj Rätta eller Makulera."
        )


class NoQueueInTeam(Refusal):
    def __init__(self) -> None:
        super().__init__("Ett rådgivande team har ingen deltagarlista. Välj ett annat team.")


class InFuture(Refusal):
    def __init__(self, event: str) -> None:
        super().__init__(
            f"{EVENT_WORDS[event].capitalize()} ligger i framtiden. Ange dagens datum eller ett tidigare.",
            field=event,
        )


class TeamNotOpen(Refusal):
    def __init__(self, event: str, opened: Month, closed: Month | None) -> None:
        until = f" till och med {closed.label}" if closed else ""
        super().__init__(
            f"Teamet är i gång från {opened.label}{until}. Ange ett {EVENT_WORDS[event]} inom den tiden.",
            field=event,
        )


class StartBeforeQueue(Refusal):
    def __init__(self, accepted: str) -> None:
        super().__init__(
            f"Startdatum ligger före den vecka då deltagaren ställdes i kö ({accepted}). Ange ett senare "
            "startdatum.",
            field="started",
        )


class LeavingBeforeQueue(Refusal):
    def __init__(self, accepted: str) -> None:
        super().__init__(
            f"Datumet ligger före den vecka då deltagaren ställdes i kö ({accepted}). Ange ett senare datum.",
            field="left",
        )


class ExitBeforeStart(Refusal):
    def __init__(self, started: str) -> None:
        super().__init__(
            f"Avslutsdatum ligger före starten, som var {started}. Ange ett senare avslutsdatum.",
            field="ended",
        )


class AgeOutOfRange(Refusal):
    def __init__(self, year: int, lowest: int, highest: int) -> None:
        super().__init__(
            f"Åldern ska vara {lowest}–{highest} år för den som börjar {year}. Kontrollera åldern.",
            field="age",
        )


class UnknownCode(Refusal):
    def __init__(self, field: str) -> None:
        super().__init__("Alternativet finns inte i listan. Välj ett av alternativen.", field=field)


class RetiredCode(Refusal):
    def __init__(self, field: str, label: str, month: Month) -> None:
        super().__init__(f"”{label}” går inte att välja för {month.label}. Välj ett annat.", field=field)


class NoMunicipality(Refusal):
    def __init__(self) -> None:
        super().__init__("Välj kommun. Teamet arbetar i flera kommuner.", field="municipality")


class ExtentMissing(Refusal):
    def __init__(self, field: str) -> None:
        super().__init__(
            "Välj omfattning. Den behövs när sysselsättningen är arbete eller studier.", field=field
        )


class ExtentOfNothing(Refusal):
    def __init__(self, field: str) -> None:
        super().__init__(
            "Ta bort omfattningen eller välj en sysselsättning. Den som inte har någon har ingen omfattning.",
            field=field,
        )


class IncomeAndNone(Refusal):
    def __init__(self, field: str, label: str) -> None:
        super().__init__(
            f"Välj antingen ”{label}” eller den försörjning som personen hade, inte båda.", field=field
        )


class OutcomeMissing(Refusal):
    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"Välj {what}.", field=field)


class OutcomeOfDeceased(Refusal):
    def __init__(self, field: str) -> None:
        super().__init__(
            "Lämna sysselsättning, omfattning, försörjning och fortsättning tomma när orsaken är avliden.",
            field=field,
        )


class NothingChanged(Refusal):
    def __init__(self) -> None:
        super().__init__("Ingenting är ändrat. Ändra det som är fel, eller välj Avbryt.")
