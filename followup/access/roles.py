"""What each role may do. The rules are data; the gate reads them."""

from enum import Enum, StrEnum


class Role(StrEnum):
    TEAM_STAFF = "team_staff"
    TEAM_MANAGER = "team_manager"
    DIRECTOR = "director"
    OFFICER = "officer"
    READER = "reader"
    SYSTEM_ADMIN = "system_admin"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]

    @property
    def belongs_to_team(self) -> bool:
        """Team roles are held in a team; the others in the whole förbund, and the two never mix."""
        return self in (Role.TEAM_STAFF, Role.TEAM_MANAGER)


ROLE_LABELS = {
    Role.TEAM_STAFF: "teampersonal",
    Role.TEAM_MANAGER: "verksamhetsledare",
    Role.DIRECTOR: "förbundschef",
    Role.OFFICER: "utvecklingsledare",
    Role.READER: "läsare",
    Role.SYSTEM_ADMIN: "systemadministratör",
}
# What each does, for whoever gives somebody a role.
ROLE_DUTIES = {
    Role.TEAM_STAFF: "för in deltagare och räknar samtal i sina team",
    Role.TEAM_MANAGER: "gör också det, klarmarkerar månader och läser in listor",
    Role.DIRECTOR: "ser förbundets skyddade statistik och publicerar utgåvor",
    Role.OFFICER: "förbereder utgåvor och för in aktiviteter, mål och pengar",
    Role.READER: "läser publicerade utgåvor, till exempel styrelse och revisor",
    Role.SYSTEM_ADMIN: "sköter konton, team och kodlistor",
}


class Permission(Enum):
    """What a view needs. The sentence tells the person who lacks it."""

    SIGNED_IN = "använda din egen startsida och ditt eget konto"
    READ_ROWS = "se ett teams deltagare"
    WRITE_ROWS = "registrera deltagare"
    COUNT_SCREENING = "registrera våldsscreening"
    SEE_TEAM_QUEUE = "se ett teams kö"
    SEE_TEAM_STATISTICS = "se ett teams egna siffror"
    DECLARE_MONTH = "klarmarkera månader"
    IMPORT_ROWS = "läsa in teamets lista"
    SETTLE_QUEUE = "ställa in platser och mål för teamets kö"
    COUNT_MEETINGS = "räkna ett rådgivande teams möten"
    KEEP_PLAN = "föra förbundets aktiviteter, mål och pengar"
    PLAN_QUEUE = "spara scenarier och planera teamets kö"
    SEE_ALL_QUEUES = "se kölängden i alla team"
    SEE_STATISTICS = "se förbundets statistik"
    EXPORT_STATISTICS = "ladda ner förbundets statistik"
    PREPARE_EDITIONS = "förbereda utgåvor"
    PUBLISH = "publicera utgåvor"
    READ_EDITIONS = "läsa publicerade utgåvor"
    DECIDE_RULE = "ändra regeln för röjandekontroll"
    GROUP_TEAMS = "bestämma vilka team som redovisas tillsammans"
    MANAGE_ACCOUNTS = "hantera konton och team"
    READ_LOG = "läsa händelseloggen"

    @property
    def sentence(self) -> str:
        return self.value


_STAFF = {
    Permission.SIGNED_IN,
    Permission.READ_ROWS,
    Permission.WRITE_ROWS,
    Permission.COUNT_SCREENING,
    Permission.SEE_TEAM_QUEUE,
    Permission.SEE_TEAM_STATISTICS,
    Permission.COUNT_MEETINGS,
    Permission.READ_EDITIONS,
}
_OFFICER = {
    Permission.SIGNED_IN,
    Permission.KEEP_PLAN,
    Permission.SEE_ALL_QUEUES,
    Permission.SEE_STATISTICS,
    Permission.EXPORT_STATISTICS,
    Permission.PREPARE_EDITIONS,
    Permission.READ_EDITIONS,
    Permission.DECIDE_RULE,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.TEAM_STAFF: frozenset(_STAFF),
    Role.TEAM_MANAGER: frozenset(
        _STAFF
        | {
            Permission.DECLARE_MONTH,
            Permission.IMPORT_ROWS,
            Permission.SETTLE_QUEUE,
            Permission.PLAN_QUEUE,
            Permission.SEE_ALL_QUEUES,
        }
    ),
    Role.DIRECTOR: frozenset(_OFFICER | {Permission.PUBLISH, Permission.GROUP_TEAMS}),
    Role.OFFICER: frozenset(_OFFICER),
    Role.READER: frozenset({Permission.SIGNED_IN, Permission.READ_EDITIONS}),
    Role.SYSTEM_ADMIN: frozenset({Permission.SIGNED_IN, Permission.MANAGE_ACCOUNTS, Permission.READ_LOG}),
}
