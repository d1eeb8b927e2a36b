"""A file is written whole or not at all, and a fault is told in Swedish."""

import errno
import os
import resource
from pathlib import Path

import pytest

from followup.exports.files import FileNotWritten, whole_file


def test_the_file_stands_there_when_all_is_done(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with whole_file(path) as write:
        write(b"hel")
        assert not path.exists()
    assert path.read_bytes() == b"hel"
    assert os.listdir(tmp_path) == ["a.csv"]


def test_an_existing_file_is_untouched_when_something_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"gammal")
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(path)
    assert path.read_bytes() == b"gammal"
    assert os.listdir(tmp_path) == ["a.csv"]


def _write_and_fail(path: Path) -> None:
    with whole_file(path) as write:
        write(b"ny")
        raise ZeroDivisionError


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotWritten, match="Mappen finns inte"),
        whole_file(tmp_path / "x" / "a.csv") as write,
    ):
        write(b"a")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileNotWritten, match="Disken är full"), whole_file(tmp_path / "a.csv") as write:
        write(b"a")
    assert os.listdir(tmp_path) == []


def test_a_limit_on_file_size_leaves_nothing_behind(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
        with pytest.raises(FileNotWritten, match="inte bli så stor"), whole_file(tmp_path / "a.csv") as write:
            write(b"a" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_is_told_and_not_replaced() -> None:
    path = Path("/dev/full")
    with pytest.raises(FileNotWritten, match="Disken är full"), whole_file(path) as write:
        write(b"a")
    assert path.is_char_device()
