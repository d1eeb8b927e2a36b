"""What became of those who ended."""

from followup.statistics.declarations import (
    COUNT,
    FIGURE,
    MEDIAN,
    NINETIETH,
    PERIOD,
    PHASE,
    TEAM,
    Cell,
    Cube,
    Drawing,
    Finding,
    PlainCube,
    Table,
)
from followup.statistics.ladders import (
    AT_EXIT,
    BEFORE,
    CONTINUATIONS,
    FEW_REASONS,
    NO_SEX,
    REASONS,
    SEX,
    STAYS,
)
from followup.statistics.populations import OUTCOME
from followup.statistics.tables.counting_rules import ALIVE, ENDED, TWICE, VOIDED
from followup.statistics.tables.income_change import income_change

T6 = Table(
    id="T6",
    why="ended",
    title="Försörjning före och vid avslut",
    inclusion=(
        ENDED,
        "Alla avslut ingår, även avlidna, som saknar uppgift om försörjning vid avslutet.",
        "Den som har flera källor räknas i var och en. Kategorierna kan därför inte läggas ihop.",
        "”Före” är inom en vecka före starten.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube(
            "",
            "Avslutade efter försörjning före insatsen och vid avslut",
            ("income",),
            (PHASE, PERIOD),
            counted="ended",
            sensitive=("income",),
            annual=True,
        ),
        PlainCube(
            "förändring",
            "Förändring: vid avslut jämfört med före insatsen",
            ("income",),
            (PERIOD,),
            income_change,
            variables=("Försörjning",),
            annual=True,
        ),
    ),
    finding=Finding(
        heading="{after} hade lön eller eget företag vid avslutet",
        sentence="Före insatsen hade {before_start} av de {all} som avslutade lön eller eget företag, och "
        "vid avslutet {after}.",
        comparison="Samma period året före hade {before} det vid avslutet.",
        nobody=("before_start", "after", "before"),
        plain="Försörjning före och vid avslut {period}",
        cells={
            "all": Cell("", {PHASE: "at_exit"}),
            "before_start": Cell("", {PHASE: "before", "income": "LON"}),
            "after": Cell("", {PHASE: "at_exit", "income": "LON"}),
            "before": Cell("", {PHASE: "at_exit", "income": "LON"}, before=True),
        },
    ),
    drawing=Drawing("", "income", {PHASE: "at_exit"}),
)

SUS_MEASURE = Finding(
    heading="",
    sentence="Räknat med SUS-måttet gick {positive} av {all} ({share}) till arbete eller studier.",
    comparison="Samma period året före var de {before}.",
    plain="",
    cells={
        "all": Cell("vid avslut", {}),
        "positive": Cell("", {"measure": "SUS", FIGURE: COUNT}),
        "before": Cell("", {"measure": "SUS", FIGURE: COUNT}, before=True),
    },
    share=("positive", "all"),
    apart=True,
)
STEP = Finding(
    heading="",
    sentence="{positive} av {all} ({share}) började arbeta eller studera, eller ökade omfattningen.",
    plain="",
    cells={
        "all": Cell("vid avslut", {}),
        "positive": Cell("förändring", {"step": "STEP", FIGURE: COUNT}),
    },
    share=("positive", "all"),
)
T7 = Table(
    id="T7",
    why="ended_alive",
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
            ladder=((SEX,), (NO_SEX,)),
            finest=1,
            interim=2,
        ),
        Cube(
            "förändring",
            "Började arbeta eller studera, eller ökade omfattningen",
            ("step", "sex"),
            (PERIOD, FIGURE),
            counted=OUTCOME,
            sensitive=("step",),
            share_of="step",
            ladder=((SEX,), (NO_SEX,)),
            finest=1,
            interim=2,
        ),
        Cube(
            "före",
            "Sysselsättning före insatsen, de som avslutat",
            ("occupation_before",),
            (PERIOD,),
            counted=OUTCOME,
            sensitive=("occupation_before",),
            ladder=((BEFORE,),),
            interim=1,
        ),
        Cube(
            "vid avslut",
            "Sysselsättning vid avslut",
            ("occupation_at_exit",),
            (PERIOD,),
            counted=OUTCOME,
            sensitive=("occupation_at_exit",),
            ladder=((AT_EXIT,),),
            interim=1,
        ),
        Cube(
            "per team",
            "Utfall vid avslut per team",
            (TEAM, "measure"),
            (PERIOD, FIGURE),
            counted=OUTCOME,
            sensitive=("measure",),
            share_of="measure",
            annual=True,
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
        apart=True,
    ),
    more=(SUS_MEASURE, STEP),
    drawing=Drawing("vid avslut", "occupation_at_exit", {}),
)

T8 = Table(
    id="T8",
    why="ended",
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
            ladder=((REASONS,), (FEW_REASONS,)),
            interim=2,
        ),
        Cube(
            "fortsättning",
            "Avslutade efter fortsättning",
            ("continuation",),
            (PERIOD,),
            counted="ended",
            sensitive=("continuation",),
            ladder=((CONTINUATIONS,),),
            interim=1,
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

T9 = Table(
    id="T9",
    why="ended",
    title="Tid i insatsen",
    inclusion=(
        ENDED,
        "Grupperna räknas i hela månader från startmånaden till avslutsmånaden, medianen i veckor.",
        "Median och nionde decil publiceras för hela år och räknas på minst tio, eller fler enligt regeln.",
        "Alla avslut ingår, även avlidna.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube(
            "",
            "Avslutade efter tid i insatsen",
            ("stay",),
            (PERIOD,),
            counted="ended",
            sensitive=("stay",),
            ladder=((STAYS,),),
            interim=1,
        ),
        Cube(
            "median",
            "Tid i insatsen, median",
            ("exits",),
            (PERIOD, FIGURE),
            counted="ended",
            bare=True,
            lengths=True,
            annual=True,
        ),
        Cube(
            "median per team",
            "Tid i insatsen, median per team",
            (TEAM,),
            (PERIOD, FIGURE),
            counted="ended",
            bare=True,
            lengths=True,
            annual=True,
        ),
    ),
    finding=Finding(
        heading="Hälften hade varit i insatsen i minst {median} veckor",
        sentence=(
            "Mediantiden från start till avslut var {median} veckor, och nio av tio hade avslutat inom "
            "{ninetieth} veckor. Räknat på {all} avslut."
        ),
        comparison="Samma period året före var mediantiden {before} veckor.",
        plain="Tid i insatsen {period}",
        cells={
            "all": Cell("median", {"exits": "ended", FIGURE: COUNT}),
            "median": Cell("median", {"exits": "ended", FIGURE: MEDIAN}),
            "ninetieth": Cell("median", {"exits": "ended", FIGURE: NINETIETH}),
            "before": Cell("median", {"exits": "ended", FIGURE: MEDIAN}, before=True),
        },
        otherwise=Finding(
            heading="Vanligaste tiden i insatsen: {label}",
            sentence="{largest} av de {all} avsluten kom efter ”{label}” i insatsen ({share}).",
            plain="",
            cells={"all": Cell("", {})},
            share=("largest", "all"),
            largest="stay",
        ),
    ),
    drawing=Drawing("", "stay", {}),
)
