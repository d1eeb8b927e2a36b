"""Axes whose categories are declared here: flows, outcome measures and the queue."""

from followup.periods import MONTH_NAMES
from followup.statistics.declarations import PHASE, Line, Lines
from followup.statistics.populations import FIXED_DAYS, on_day
from followup.statistics.variables import REGULAR, STUDY, UNKNOWN, WORK, YES

LAST_DAYS = {3: 31, 6: 30, 9: 30, 12: 31}

LINES = {
    "flow": Lines(
        "Flöde",
        (
            Line("active_at_start", "Pågående när perioden började", "active_at_start"),
            Line("started", "Startade", "started"),
            Line("ended", "Avslutade", "ended"),
            Line("active_at_end", "Pågående när perioden slutade", "active_at_end"),
            Line("participants", "Deltagare under perioden", "participants"),
        ),
    ),
    "measure": Lines(
        "Utfall",
        (
            Line("SUS", "Arbete eller studier", codes={"occupation_at_exit": frozenset({WORK, STUDY})}),
            Line(
                "VM",
                "Arbete, studier eller ordinarie insats mot arbete",
                codes={"occupation_at_exit": frozenset({WORK, STUDY, REGULAR})},
            ),
        ),
    ),
    "step": Lines(
        "Förändring",
        (
            Line(
                "STEP",
                "Började arbeta eller studera, eller ökade omfattningen",
                codes={
                    "occupation_at_exit": frozenset({WORK, STUDY}),
                    "progressed": frozenset({YES}),
                },
            ),
        ),
    ),
    "queue": Lines(
        "Kö",
        (
            Line("queue_at_start", "I kö när perioden började", "queue_at_start"),
            Line("joined", "Ställdes i kö", "joined"),
            Line("started_from_queue", "Startade från kön", "started_from_queue"),
            Line("left", "Lämnade kön utan start", "left"),
            Line("queue_at_end", "I kö när perioden slutade", "queue_at_end"),
        ),
    ),
    "wait": Lines(
        "Väntan",
        (
            Line("started_from_queue", "De som startade", "started_from_queue"),
            Line("queue_at_end", "De som väntade när perioden slutade", "queue_at_end"),
        ),
    ),
    "day": Lines(
        "Dag",
        tuple(
            Line(f"{month:02d}", f"{LAST_DAYS[month]} {MONTH_NAMES[month - 1]}", on_day(month))
            for month in FIXED_DAYS
        ),
    ),
    "exits": Lines("Avslut", (Line("ended", "Avslutade", "ended"),)),
    PHASE: Lines("Tidpunkt", (Line("before", "Före insatsen"), Line("at_exit", "Vid avslut"))),
    "unknown_at_start": Lines(
        "Uppgift om starten",
        (
            Line("education", "Utbildning", codes={"education": frozenset({UNKNOWN})}),
            Line(
                "time_on_public_support",
                "Tid i offentlig försörjning",
                codes={"time_on_public_support": frozenset({UNKNOWN})},
            ),
        ),
    ),
    "unknown_at_exit": Lines(
        "Uppgift om avslutet",
        (
            Line(
                "occupation_before",
                "Sysselsättning före insatsen",
                codes={"occupation_before": frozenset({UNKNOWN})},
            ),
            Line(
                "occupation_at_exit",
                "Sysselsättning vid avslut",
                codes={"occupation_at_exit": frozenset({UNKNOWN})},
            ),
            Line("continuation", "Fortsättning", codes={"continuation": frozenset({UNKNOWN})}),
        ),
    ),
}
