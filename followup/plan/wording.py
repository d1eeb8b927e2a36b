"""The förbund's plan in words."""

from followup.plan.kinds import Kind

KINDS = {
    Kind.INDIVIDUAL: "Individinsats",
    Kind.STRUCTURAL: "Strukturövergripande insats",
    Kind.PROCESS_SUPPORT: "Processtöd",
    Kind.ADMINISTRATION: "Administration och kansli",
}
WHOLE = "Hela förbundet"
MEASURES = {"mean": "Medelvärde", "share": "Andel, procent"}
