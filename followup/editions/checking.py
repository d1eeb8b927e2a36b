"""Whether a file is one that was published here: by its package's signature, or by its checksum."""

from contextlib import closing
from hashlib import sha256
from typing import NamedTuple

from followup.db import Database, act_for
from followup.editions import queries
from followup.exports.publication import PUBLISHED
from followup.exports.signatures import NotAPackage, same_fingerprint, verify
from followup.keys import KeyRing
from followup.organisation import queries as organisation

# No file of an edition is larger than this, and neither may an upload be.
MOST_BYTES = 10 * 1024 * 1024

UNKNOWN_FILE = (
    "Den är ändrad, ett utkast eller kommer från någon annan. Ladda ner filen igen från utgåvan. Har den "
    "sparats om i ett program, till exempel Excel, är den inte längre densamma."
)

DRAFT_PACKAGE = "Det är underskrivet här men ett utkast: internt arbetsmaterial som inte får spridas."


class Result(NamedTuple):
    is_whole: bool
    heading: str
    lines: list[str]


def check(database: Database, keys: KeyRing, content: bytes) -> Result:
    """Tells only about the file that was handed in; whoever has it knows as much already."""
    digest = sha256(content).hexdigest()
    if known := _known(database, digest):
        return Result(True, "Filen är oförändrad", [*known, f"SHA-256: {digest}"])
    try:
        return _of_package(content, keys)
    except NotAPackage:
        return Result(
            False,
            "Filen stämmer inte med någon publicerad utgåva",
            [UNKNOWN_FILE, f"SHA-256: {digest}"],
        )


def _of_package(content: bytes, keys: KeyRing) -> Result:
    verdict = verify(content)
    mark = f"Nyckelns fingeravtryck: {verdict.fingerprint}"
    if verdict.faults:
        return Result(False, "Paketet har ändrats", verdict.faults)
    if not any(same_fingerprint(verdict.fingerprint, own) for own in keys.fingerprints().values()):
        return Result(
            False, "Paketet kommer från någon annan", [f"Ingen av nycklarna här skrev under. {mark}"]
        )
    if verdict.marking != PUBLISHED:
        return Result(False, "Paketet är inte publicerat", [DRAFT_PACKAGE, mark])
    return Result(True, "Paketet är oförändrat", ["Det är underskrivet här.", mark])


def _known(database: Database, digest: str) -> list[str]:
    """Which edition has the file, in whichever förbund of the installation, and whether it is in force."""
    with closing(database.open(write=False)) as session:
        associations = organisation.associations(session)
    for association in associations:
        with closing(database.open(write=False)) as session:
            act_for(session, association.id)
            found = queries.edition_with_file(session, association.id, digest)
        if found is not None:
            number, replaced_by = found
            told = [f"Den hör till utgåva {number}, {association.name}."]
            return [*told, f"Utgåvan är ersatt av utgåva {replaced_by}."] if replaced_by else told
    return []
