"""How many come, stay and leave: participants and queue."""

from followup.periods import Year
from followup.statistics.declarations import FIGURE, PERIOD, TEAM, Cell, Cube, Drawing, Finding, Table
from followup.statistics.ladders import NO_SEX, SEX
from followup.statistics.tables.counting_rules import PARTICIPANTS, TWICE, VOIDED
from followup.statistics.variables import QUEUE

T1 = Table(
    id="T1",
    why="participants",
    title="Deltagarflöde",
    inclusion=(
        PARTICIPANTS,
        "Pågående vid start + startade − avslutade = pågående vid slut.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube(
            "",
            "Deltagarflöde efter kön",
            ("flow",),
            ("sex", PERIOD),
            bare=True,
            ladder=((SEX,),),
            finest=1,
            interim=1,
        ),
        Cube(
            "per team",
            "Deltagarflöde per team",
            (TEAM, "flow"),
            ("sex", PERIOD),
            bare=True,
            ladder=((SEX,), (NO_SEX,)),
            finest=1,
            interim=2,
        ),
    ),
    finding=Finding(
        heading="{participants} deltagare {period}",
        sentence=(
            "{participants} deltog: {active} var inskrivna när perioden började och {started} startade under "
            "den. {ended} avslutade insatsen, och {left} var inskrivna när perioden slutade."
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

T10 = Table(
    id="T10",
    why="queue",
    title="Köflöde",
    inclusion=(
        "Räknar dem som ställts i kö till ett samordningsteam. Den som startar utan kö räknas inte här.",
        "Väntetiden är veckorna från kön till starten, och för dem som väntar veckorna hittills.",
        "De som startade har ofta väntat kortare än de som väntar kommer att göra; läs båda raderna.",
        "Median och nionde decil visas när de räknas på minst tio personer, eller fler om regeln kräver det.",
        "I kö vid start + ställdes i kö − startade från kön − lämnade kön = i kö vid slut.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube("", "Köflöde", ("queue",), (PERIOD,), bare=True, population=QUEUE),
        Cube("per team", "Köflöde per team", (TEAM, "queue"), (PERIOD,), bare=True, population=QUEUE),
        Cube(
            "fasta dagar",
            "I kö på fyra fasta dagar",
            ("day",),
            (PERIOD,),
            bare=True,
            population=QUEUE,
            kinds=(Year,),
        ),
        Cube(
            "fasta dagar per team",
            "I kö på fyra fasta dagar, per team",
            (TEAM, "day"),
            (PERIOD,),
            bare=True,
            population=QUEUE,
            kinds=(Year,),
        ),
        Cube(
            "väntetid",
            "Väntetid",
            ("wait",),
            (PERIOD, FIGURE),
            bare=True,
            population=QUEUE,
            lengths=True,
        ),
        Cube(
            "väntetid per team",
            "Väntetid per team",
            (TEAM, "wait"),
            (PERIOD, FIGURE),
            bare=True,
            population=QUEUE,
            lengths=True,
        ),
    ),
    finding=Finding(
        heading="{waiting} väntade i kö när perioden slutade",
        sentence=(
            "{before_period} väntade när perioden började. Under den ställdes {joined} i kö, {started} "
            "startade från kön och {left} lämnade den utan start. "
            "När perioden slutade väntade {waiting}."
        ),
        comparison="Ett år tidigare väntade {before}.",
        nobody=("waiting", "before_period", "before"),
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
