"""Whether a file is one that was published here: by its package's signature, or by its checksum."""

from contextlib import closing
from hashlib import sha256
from typing import NamedTuple

from followup.db import Database, act_for
from followup.editions import queries
from followup.exports.signatures import NotAPackage, same_fingerprint, verify
from followup.keys import KeyRing
from followup.organisation import queries as organisation

# No file of an edition is larger than this, and neither may an upload be.
MOST_BYTES = 10 * 1024 * 1024

UNKNOWN_FILE = (
    "Den är ändrad, ett utkast eller kommer från någon annan. Ladda ner filen igen från utgåvan. Har den "
    "sparats om i ett program, till exempel Excel, är den inte längre densamma."
)


class Result(NamedTuple):
    is_whole: bool
    heading: str
    lines: list[str]


def check(database: Database, keys: KeyRing, content: bytes) -> Result:
    """Tells only about the file that was handed in; whoever has it knows as much already."""
    digest = sha256(content).hexdigest()
    known = _known(database, digest)
    if known is not None:
        return Result(True, "Filen är oförändrad", [f"Den hör till {known}.", f"SHA-256: {digest}"])
    try:
        return _of_package(content, keys)
    except NotAPackage:
        return Result(
            False,
            "Filen är ingen publicerad fil",
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
    return Result(True, "Paketet är oförändrat", ["Det är underskrivet här.", mark])


def _known(database: Database, digest: str) -> str | None:
    """The edition that has the file, in whichever förbund of the installation."""
    with closing(database.open(write=False)) as session:
        associations = organisation.associations(session)
    for association in associations:
        with closing(database.open(write=False)) as session:
            act_for(session, association.id)
            number = queries.edition_with_file(session, association.id, digest)
            if number is not None:
                return f"utgåva {number}, {association.name}"
    return None
