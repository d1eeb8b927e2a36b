"""Coarser categories for when the finest would hide too much. Those under _T are told in the total alone."""

from followup.disclosure.cells import TOTAL, Recoding

# The third code of the list is so rare that by itself it hides women or men beside it nearly everywhere.
# Tables by sex start on this rung: taken together only where small, it would tell that it is not nobody.
SEX = Recoding("sex", {"MX": ("M", "X")}, {"MX": "Man, annat eller uppgift saknas"})
NO_SEX = Recoding("sex", {TOTAL: ("F", "M", "X")}, {})

SUPPORT = Recoding(
    "time_on_public_support",
    {"0-2": ("0", "1", "2"), "3-6U": ("3", "4", "U")},
    {"0-2": "Högst 2 år", "3-6U": "3–6 år, eller uppgift saknas"},
)

EDUCATION = Recoding(
    "education",
    {"0-1": ("0", "1"), "3-4": ("3", "4")},
    {"0-1": "Högst grundskola", "3-4": "Eftergymnasial"},
)
STAYS = Recoding(
    "stay",
    {"0-5": ("0", "3"), "12-": ("12", "18", "24")},
    {"0-5": "Under 6 månader", "12-": "12 månader eller mer"},
)

PARTIES = Recoding("referring_party", {"ROTH": ("REG", "OTH")}, {"ROTH": "Region eller annan"})
FEW_PARTIES = Recoding(
    "referring_party",
    {"AFK": ("AF", "FK"), "LOCAL": ("KOM", "REG", "OTH")},
    {"AFK": "Arbetsförmedlingen eller Försäkringskassan", "LOCAL": "Kommun, region eller annan"},
)
NO_PARTY = Recoding("referring_party", {TOTAL: ("AF", "FK", "KOM", "REG", "OTH")}, {})

BEFORE = Recoding(
    "occupation_before",
    {"ACTIVE": ("WORK", "STUDY", "ORD"), "OTHERU": ("OTHER", "U")},
    {"ACTIVE": "Arbete, studier eller ordinarie insats", "OTHERU": "Övriga, eller uppgift saknas"},
)
AT_EXIT = Recoding(
    "occupation_at_exit", {"OTHERU": ("OTHER", "U")}, {"OTHERU": "Övriga, eller uppgift saknas"}
)
REASONS = Recoding(
    "exit_reason",
    {"BREAK": ("VAL", "UTE", "FLY"), "REST": ("SAM", "MAX")},
    {
        "BREAK": "Eget val, uteblivit eller flyttat",
        "REST": "Annan insats eller maximal tid",
    },
)
FEW_REASONS = Recoding(
    "exit_reason", {"OTHER": ("VAL", "UTE", "FLY", "SAM", "MAX")}, {"OTHER": "Annan orsak"}
)
CONTINUATIONS = Recoding(
    "continuation",
    {"SICK": ("FK", "VAR", "ERS"), "INGU": ("ING", "U")},
    {
        "SICK": "Försäkringskassan, vård eller ansökan om ersättning",
        "INGU": "Ingen, eller uppgift saknas",
    },
)
