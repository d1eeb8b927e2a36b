"""The tables of the annual and interim statistics. A new table is a new declaration here."""

from followup.statistics.declarations import (
    COUNT,
    FIGURE,
    PERIOD,
    TEAM,
    Cell,
    Cube,
    Drawing,
    Finding,
    Table,
)
from followup.statistics.variables import OUTCOME

TWICE = "Räknar deltaganden: den som deltar två gånger under perioden räknas två gånger."
VOIDED = "Makulerade rader räknas inte."
PARTICIPANTS = (
    "Deltagare under perioden är de som var inskrivna när den började och de som startade under den, "
    "i samordningsteamen tillsammans."
)
STARTED = "Räknar dem som startade i ett samordningsteam under perioden, med eller utan kö före."
ENDED = "Räknar dem som avslutade insatsen under perioden, oavsett när de startade."
ALIVE = "De som avlidit ingår inte i nämnaren. Alla andra avslut ingår, oavsett avslutsorsak."


T1 = Table(
    id="T1",
    title="Deltagarflöde",
    inclusion=(
        PARTICIPANTS,
        "Pågående vid start + startade − avslutade = pågående vid slut.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube("", "Deltagarflöde efter kön", ("flow",), ("sex", PERIOD), bare=True),
        Cube("per team", "Deltagarflöde per team", (TEAM, "flow"), ("sex", PERIOD), bare=True),
    ),
    finding=Finding(
        heading="{participants} deltagare {period}",
        sentence=(
            "{active} var inskrivna när perioden började och {started} startade under den. {ended} avslutade "
            "insatsen, och {left} var inskrivna när perioden slutade."
        ),
        comparison="Samma period året före var deltagarna {before}.",
        plain="Deltagarflöde {period}",
        cells={
            "participants": Cell("", {"flow": "participants"}),
            "active": Cell("", {"flow": "active_at_start"}),
            "started": Cell("", {"flow": "started"}),
            "ended": Cell("", {"flow": "ended"}),
            "left": Cell("", {"flow": "active_at_end"}),
            "before": Cell("", {"flow": "participants"}, before=True),
        },
    ),
    drawing=Drawing("", "flow", {}),
)
T2 = Table(
    id="T2",
    title="Deltagare efter kön och ålder",
    inclusion=(PARTICIPANTS, "Åldern är den vid starten.", TWICE, VOIDED),
    cubes=(
        Cube(
            "",
            "Deltagare efter åldersgrupp och kön",
            ("age_group",),
            ("sex", PERIOD),
            counted="participants",
            sensitive=("age_group",),
        ),
    ),
    finding=Finding(
        heading="{share} av deltagarna är kvinnor",
        sentence="Av de {all} som deltog är {women} kvinnor ({share}).",
        comparison="Samma period året före var {before} kvinnor.",
        plain="Deltagare efter kön och ålder {period}",
        cells={
            "all": Cell("", {}),
            "women": Cell("", {"sex": "F"}),
            "before": Cell("", {"sex": "F"}, before=True),
        },
        share=("women", "all"),
    ),
    drawing=Drawing("", "age_group", {}),
)
T3 = Table(
    id="T3",
    title="Startade efter remittent",
    inclusion=(STARTED, TWICE, VOIDED),
    cubes=(
        Cube(
            "",
            "Startade efter remitterande part",
            ("referring_party",),
            (PERIOD,),
            counted="started",
            sensitive=("referring_party",),
        ),
        Cube(
            "per team",
            "Startade efter remitterande part, per team",
            (TEAM, "referring_party"),
            (PERIOD,),
            counted="started",
            sensitive=("referring_party",),
        ),
    ),
    finding=Finding(
        heading="Vanligaste remittenten: {label}",
        sentence="Vanligaste remittenten är {label}, med {largest} av de {all} som startade ({share}).",
        plain="Startade efter remittent {period}",
        cells={"all": Cell("", {})},
        share=("largest", "all"),
        largest="referring_party",
    ),
    drawing=Drawing("", "referring_party", {}),
)
T5 = Table(
    id="T5",
    title="Deltagare efter tid i offentlig försörjning",
    inclusion=(
        PARTICIPANTS,
        "Tiden är den före starten; avbrott på högst en månad räknas inte som avbrott.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube(
            "",
            "Deltagare efter tid i offentlig försörjning före starten",
            ("time_on_public_support",),
            (PERIOD,),
            counted="participants",
            sensitive=("time_on_public_support",),
        ),
    ),
    finding=Finding(
        heading="{share} hade sju år eller mer i offentlig försörjning",
        sentence=(
            "Av de {all} som deltog hade {long} ({share}) sju år eller mer i offentlig försörjning "
            "före starten."
        ),
        comparison="Samma period året före var de {before}.",
        plain="Tid i offentlig försörjning {period}",
        cells={
            "all": Cell("", {}),
            "long": Cell("", {"time_on_public_support": "5"}),
            "before": Cell("", {"time_on_public_support": "5"}, before=True),
        },
        share=("long", "all"),
    ),
    drawing=Drawing("", "time_on_public_support", {}),
)
T7 = Table(
    id="T7",
    title="Sysselsättning och utfall",
    inclusion=(
        ENDED,
        ALIVE,
        "SUS-måttet: arbete eller studier vid avslutet.",
        "Västmanlandsmåttet: arbete, studier eller ordinarie insats mot arbete vid avslutet.",
        "Andelar är avrundade till hela procent; halva avrundas uppåt.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube(
            "",
            "Utfall vid avslut efter kön",
            ("measure", "sex"),
            (PERIOD, FIGURE),
            counted=OUTCOME,
            sensitive=("measure",),
            share_of="measure",
        ),
        Cube(
            "förändring",
            "Började arbeta eller studera, eller ökade omfattningen",
            ("step", "sex"),
            (PERIOD, FIGURE),
            counted=OUTCOME,
            sensitive=("step",),
            share_of="step",
        ),
        Cube(
            "före",
            "Sysselsättning före insatsen, de som avslutat",
            ("occupation_before",),
            (PERIOD,),
            counted=OUTCOME,
            sensitive=("occupation_before",),
        ),
        Cube(
            "vid avslut",
            "Sysselsättning vid avslut",
            ("occupation_at_exit",),
            (PERIOD,),
            counted=OUTCOME,
            sensitive=("occupation_at_exit",),
        ),
        Cube(
            "per team",
            "Utfall vid avslut per team",
            (TEAM, "measure"),
            (PERIOD, FIGURE),
            counted=OUTCOME,
            sensitive=("measure",),
            share_of="measure",
        ),
    ),
    finding=Finding(
        heading="{share} gick vidare till arbete, studier eller ordinarie insats mot arbete",
        sentence=(
            "Av de {all} deltagare som avslutat insatsen har {positive} ({share}) gått vidare till arbete, "
            "studier eller ordinarie insats mot arbete."
        ),
        comparison="Samma period året före var de {before}.",
        plain="Sysselsättning och utfall {period}",
        cells={
            "all": Cell("vid avslut", {}),
            "positive": Cell("", {"measure": "VM", FIGURE: COUNT}),
            "before": Cell("", {"measure": "VM", FIGURE: COUNT}, before=True),
        },
        share=("positive", "all"),
    ),
    drawing=Drawing("vid avslut", "occupation_at_exit", {}),
)
T8 = Table(
    id="T8",
    title="Avslutsorsak och fortsättning",
    inclusion=(ENDED, "Alla avslut ingår, även avlidna.", TWICE, VOIDED),
    cubes=(
        Cube(
            "",
            "Avslutade efter avslutsorsak",
            ("exit_reason",),
            (PERIOD,),
            counted="ended",
            sensitive=("exit_reason",),
        ),
        Cube(
            "fortsättning",
            "Avslutade efter fortsättning",
            ("continuation",),
            (PERIOD,),
            counted="ended",
            sensitive=("continuation",),
        ),
    ),
    finding=Finding(
        heading="Vanligaste avslutsorsaken: {label}",
        sentence="{largest} av de {all} avsluten har orsaken ”{label}” ({share}).",
        plain="Avslutsorsak och fortsättning {period}",
        cells={"all": Cell("", {})},
        share=("largest", "all"),
        largest="exit_reason",
    ),
    drawing=Drawing("", "exit_reason", {}),
)
T10 = Table(
    id="T10",
    title="Köflöde",
    inclusion=(
        "Räknar dem som ställts i kö till ett samordningsteam. Den som startar utan kö räknas inte här.",
        "I kö vid start + ställdes i kö − startade från kön − lämnade kön = i kö vid slut.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube("", "Köflöde", ("queue",), (PERIOD,), bare=True),
        Cube("per team", "Köflöde per team", (TEAM, "queue"), (PERIOD,), bare=True),
    ),
    finding=Finding(
        heading="{waiting} väntade i kö när perioden slutade",
        sentence=(
            "{before_period} väntade när perioden började. Under den ställdes {joined} i kö, {started} "
            "startade från kön och {left} lämnade den utan start."
        ),
        comparison="Ett år tidigare väntade {before}.",
        plain="Köflöde {period}",
        cells={
            "waiting": Cell("", {"queue": "queue_at_end"}),
            "before_period": Cell("", {"queue": "queue_at_start"}),
            "joined": Cell("", {"queue": "joined"}),
            "started": Cell("", {"queue": "started_from_queue"}),
            "left": Cell("", {"queue": "left"}),
            "before": Cell("", {"queue": "queue_at_end"}, before=True),
        },
    ),
    drawing=Drawing("", "queue", {}),
)
TABLES = (T1, T2, T3, T5, T7, T8, T10)
