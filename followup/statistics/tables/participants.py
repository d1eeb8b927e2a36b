"""Who the participants are and where they come from."""

from followup.statistics.declarations import PERIOD, TEAM, Cell, Cube, Drawing, Finding, Table
from followup.statistics.ladders import EDUCATION, FEW_PARTIES, NO_PARTY, PARTIES, SEX, SUPPORT
from followup.statistics.tables.counting_rules import PARTICIPANTS, STARTED, TWICE, VOIDED

T2 = Table(
    id="T2",
    why="participants",
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
            ladder=((SEX,),),
            finest=1,
            interim=1,
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
    why="started",
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
            ladder=((PARTIES,), (FEW_PARTIES,)),
            interim=1,
        ),
        Cube(
            "per team",
            "Startade efter remitterande part, per team",
            (TEAM, "referring_party"),
            (PERIOD,),
            counted="started",
            sensitive=("referring_party",),
            ladder=((PARTIES,), (FEW_PARTIES,), (NO_PARTY,)),
            interim=3,
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

T4 = Table(
    id="T4",
    why="participants",
    title="Deltagare efter utbildning",
    inclusion=(
        PARTICIPANTS,
        "Utbildningen är den högsta vid starten. Utländsk utbildning räknas på motsvarande svensk nivå.",
        TWICE,
        VOIDED,
    ),
    cubes=(
        Cube(
            "",
            "Deltagare efter utbildning",
            ("education",),
            (PERIOD,),
            counted="participants",
            sensitive=("education",),
            ladder=((EDUCATION,),),
            interim=1,
        ),
    ),
    finding=Finding(
        heading="Vanligaste utbildningen: {label}",
        sentence="{largest} av de {all} som deltog har utbildningen ”{label}” ({share}).",
        plain="Deltagare efter utbildning {period}",
        cells={"all": Cell("", {})},
        share=("largest", "all"),
        largest="education",
    ),
    drawing=Drawing("", "education", {}),
)

T5 = Table(
    id="T5",
    why="participants",
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
            ladder=((SUPPORT,),),
            interim=1,
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
