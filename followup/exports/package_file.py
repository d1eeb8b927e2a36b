"""The package: every format of a release in one archive, with checksums and a signature over them.

The archive keeps its files as they are, so that whoever has it can put the same one together again and see
that not a byte was moved.
"""

import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from followup.documents.still_zip import still_zip, unzipped
from followup.exports.about import about
from followup.exports.formats import FORMATS, file_name
from followup.exports.publication import Publication
from followup.exports.records import COLUMNS, STATUS_WORDS
from followup.exports.signatures import PUBLIC_KEY, README, SCHEMA, SIGNATURE, SUMS, sums_text
from followup.keys import KeyRing, fingerprint

PX_FOLDER = "px"
MEANINGS = {
    "tabell": "tabellens beteckning; OM för rader som berättar om filen",
    "period": "periodens kod",
    "team_kod": "teamets nummer, 3+5 för team som redovisas tillsammans; _T är hela förbundet",
    "team": "teamets namn",
    "variabel": "vad kategorin gäller; flera skrivs med * emellan",
    "kategori_kod": "kategorins kod; _T är totalt",
    "kategori": "kategorin i ord",
    "varde": "talet; tomt när det inte finns något att berätta",
    "status": "vad cellen säger",
    "enhet": "antal, procent eller en annan enhet",
}


def write_package(
    publication: Publication, keys: KeyRing, written: Mapping[str, bytes] | None = None
) -> bytes:
    """The whole archive, the same bytes each time for the same publication and key.

    written  the publication in all of FORMATS, where that has been done
    """
    key_id = publication.signing_key if publication.signing_key in keys.keys else keys.active
    private = keys.signing_key(key_id)
    public = private.public_key()
    files = _tables(publication, written or every_format(publication))
    files[SCHEMA] = _schema(publication)
    files[PUBLIC_KEY] = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    files[README] = _readme(publication, files, fingerprint(public.public_bytes_raw()))
    files = {README: files.pop(README), **files}
    sums = sums_text(files)
    return still_zip({**files, SUMS: sums, SIGNATURE: private.sign(sums)}, compress=False)


def every_format(publication: Publication) -> dict[str, bytes]:
    """The publication in each of FORMATS, by its name."""
    return {name: chosen.write(publication) for name, chosen in FORMATS.items()}


def _tables(publication: Publication, written: Mapping[str, bytes]) -> dict[str, bytes]:
    files = {file_name(publication, name): content for name, content in written.items() if name != "px"}
    return files | {f"{PX_FOLDER}/{name}": content for name, content in unzipped(written["px"]).items()}


def _schema(publication: Publication) -> bytes:
    """What the columns of the machine-readable list hold, for programs (Frictionless Table Schema)."""
    fields = [
        {"name": name, "type": "number" if name == "varde" else "string", "description": MEANINGS[name]}
        for name in COLUMNS
    ]
    schema = {
        "name": file_name(publication, "csv"),
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "decimalChar": "."},
        "schema": {"fields": fields, "missingValues": [""]},
        "status": STATUS_WORDS,
        "tables": {table.id: table.title for table in publication.tables},
    }
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def _readme(publication: Publication, files: Mapping[str, bytes], key: str) -> bytes:
    told = "\n".join(f"{heading}: {content}" for heading, content in about(publication))
    names = "\n".join(f"  {name}" for name in files)
    return (
        f"Statistik {publication.period.label}, {publication.association}\n"
        f"{publication.marking}\n\n"
        f"{told}\n\n"
        f"Filer\n{names}\n\n"
        "Kontrollera paketet\n"
        "  followup verify PAKETET.zip\n"
        "säger om någon fil har ändrats sedan paketet skrevs under. Den som inte har followup jämför\n"
        f"filerna med {SUMS} (SHA-256), och {SUMS} med underskriften {SIGNATURE} (Ed25519):\n"
        f"  openssl pkeyutl -verify -pubin -inkey {PUBLIC_KEY} -rawin -in {SUMS} -sigfile {SIGNATURE}\n\n"
        "Nyckelns fingeravtryck\n"
        f"  {key}\n"
        "Jämför det med fingeravtrycket på förbundets sida om utgåvan. Bara om de är lika kommer\n"
        "paketet därifrån.\n"
    ).encode()
