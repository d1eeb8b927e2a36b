"""A demo installation in a temporary folder, and how its figures are summed up, for the other benchmarks."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.infrastructure.server import Visitor

FOLLOWUP = Path(sys.executable).with_name("followup")


@contextmanager
def demo_installation() -> Iterator[Path]:
    with TemporaryDirectory(prefix="followup-benchmark-") as folder:
        instance = Path(folder) / "instance"
        command = [str(FOLLOWUP), "--instance", str(instance), "init", "--demo"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        yield instance


def signed_in(port: int, instance: Path, address: str) -> Visitor:
    password = (instance / "demo.txt").read_text(encoding="utf-8").rsplit(":", 1)[1].strip()
    visitor = Visitor(port)
    visitor.sign_in(address, password)
    return visitor


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))]
