"""What a förbund's money is spent on."""

from enum import StrEnum


class Kind(StrEnum):
    """The first three are the direct costs."""

    INDIVIDUAL = "individual"
    STRUCTURAL = "structural"
    PROCESS_SUPPORT = "process_support"
    ADMINISTRATION = "administration"
