"""What became of those who ended."""

from followup.statistics.declarations import COUNT, FIGURE, PERIOD, TEAM, Cell, Cube, Drawing, Finding, Table
from followup.statistics.ladders import AT_EXIT, BEFORE, CONTINUATIONS, FEW_REASONS, NO_SEX, REASONS, SEX
from followup.statistics.tables.counting_rules import ALIVE, ENDED, TWICE, VOIDED
from followup.statistics.variables import OUTCOME

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
            ladder=((SEX,), (NO_SEX,)),
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
