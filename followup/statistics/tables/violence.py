"""Violence screening: who was asked and what was answered, each round by itself."""

from followup.periods import HalfYear, Year
from followup.screening.measures import ASKED
from followup.statistics.declarations import (
    ANSWER,
    COUNT,
    FIGURE,
    PERIOD,
    SHARE,
    TEAM,
    Cell,
    Cube,
    Drawing,
    Finding,
    Table,
)
from followup.statistics.ladders import SEX
from followup.statistics.variables import SCREENING

FIRST = {"round": "START"}
# What a team's few were asked is nobody else's to know, and of their answers nothing is told at all.
LEAST_IN_A_TEAM = 30

T11 = Table(
    id="T11",
    title="Våldsscreening",
    inclusion=(
        "Räknar samtal i samordningsteamen under perioden. Inget samtal kan kopplas till ett deltagande.",
        "Samtal vid start, under tiden och vid avslut räknas var för sig: de kan gälla samma person.",
        "Andelar räknas av dem som svarade. Den som avstod ingår bara i dem som tillfrågades.",
        "Grupper om färre än tio döljs, eller fler om regeln kräver det.",
        "Svar döljs också när nästan alla har svarat likadant.",
        f"Per team visas bara hur många som tillfrågats, när de är minst {LEAST_IN_A_TEAM} i omgången.",
    ),
    cubes=(
        Cube(
            "",
            "Våldsscreening efter omgång",
            ("round", ANSWER),
            (PERIOD, FIGURE),
            counted="asked",
            sensitive=(ANSWER,),
            population=SCREENING,
        ),
        Cube(
            "kön",
            "Våldsscreening efter omgång och kön",
            ("round", ANSWER),
            ("sex", PERIOD),
            counted="asked",
            sensitive=(ANSWER,),
            population=SCREENING,
            ladder=((SEX,),),
            finest=1,
            interim=1,
        ),
        Cube(
            "per team",
            "Tillfrågade per team och omgång",
            (TEAM, "round"),
            (ANSWER, PERIOD),
            counted="asked",
            population=SCREENING,
            annual=True,
            answers=(ASKED,),
            least=LEAST_IN_A_TEAM,
        ),
    ),
    finding=Finding(
        heading="{share} svarade ja på minst en fråga om våld vid starten",
        sentence=(
            "Vid starten tillfrågades {asked} och {answered} svarade. Av dem svarade {yes} ({share}) ja på "
            "minst en fråga om våld."
        ),
        comparison="Samma period året före var det {before}.",
        plain="Våldsscreening {period}",
        cells={
            "asked": Cell("", {**FIRST, ANSWER: "asked", FIGURE: COUNT}),
            "answered": Cell("", {**FIRST, ANSWER: "answered", FIGURE: COUNT}),
            "yes": Cell("", {**FIRST, ANSWER: "yes_any", FIGURE: COUNT}),
            "share": Cell("", {**FIRST, ANSWER: "yes_any", FIGURE: SHARE}),
            "before": Cell("", {**FIRST, ANSWER: "yes_any", FIGURE: COUNT}, before=True),
        },
        otherwise=Finding(
            heading="{share} svarade ja på minst en fråga om våld vid starten",
            sentence="Av de {answered} som svarade vid starten svarade {yes} ({share}) ja på minst en fråga.",
            plain="",
            cells={
                "answered": Cell("", {**FIRST, ANSWER: "answered", FIGURE: COUNT}),
                "yes": Cell("", {**FIRST, ANSWER: "yes_any", FIGURE: COUNT}),
                "share": Cell("", {**FIRST, ANSWER: "yes_any", FIGURE: SHARE}),
            },
        ),
    ),
    drawing=Drawing("", ANSWER, {**FIRST, FIGURE: COUNT}),
    kinds=(Year, HalfYear),
)
