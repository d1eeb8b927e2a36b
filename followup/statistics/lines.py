"""Axes whose categories are declared here: flows, outcome measures and the queue."""

from followup.statistics.declarations import Line, Lines
from followup.statistics.variables import PROGRESSED, REGULAR, STUDY, WORK

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
                    "progressed": frozenset({PROGRESSED}),
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
}
