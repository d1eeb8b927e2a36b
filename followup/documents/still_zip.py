"""Zip files that are the same to the last byte each time: nothing of clock, order or owner in them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
# A plain file that everybody may read, made on Unix: what unpacks it elsewhere goes by this alone.
UNIX, READABLE = 3, 0o100644 << 16


def still_zip(files: Mapping[str, bytes], *, compress: bool = True) -> bytes:
    """The files by name, in the order given. Without compressing, any library makes the same bytes."""
    how = ZIP_DEFLATED if compress else ZIP_STORED
    target = BytesIO()
    with ZipFile(target, "w", how) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = how, UNIX, READABLE
            archive.writestr(entry, content)
    return target.getvalue()


def stilled(archive: bytes) -> bytes:
    """The same archive without the times and owners that another library wrote into it."""
    return still_zip(unzipped(archive))


def unzipped(archive: bytes) -> dict[str, bytes]:
    """The files of an archive of ours by name, in its order."""
    with ZipFile(BytesIO(archive)) as source:
        return {name: source.read(name) for name in source.namelist()}
