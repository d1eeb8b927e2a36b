"""How long a start takes: `script/server` until the first answer, on an installation that is already there.

    .venv/bin/python -m benchmarks.cold_start [RUNS]

Seconds as they pass, and of processor time, which other work on the computer disturbs less.
Goal: below 2 seconds.
"""

import os
import resource
import subprocess
import sys
import time
from statistics import median

from benchmarks.running import demo_installation
from tests.infrastructure.server import ROOT, free_port, wait_until_it_answers


def processor_seconds() -> float:
    """Of every program started from here that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(runs: int) -> None:
    seconds, processor = [], []
    with demo_installation() as instance:
        for _ in range(runs + 1):
            port = free_port()
            start, before = time.perf_counter(), processor_seconds()
            process = subprocess.Popen(
                [ROOT / "script" / "server", "--port", str(port)],
                env=os.environ | {"FOLLOWUP_INSTANCE": str(instance)},
                stdout=subprocess.DEVNULL,
            )
            wait_until_it_answers(port)
            seconds.append(time.perf_counter() - start)
            process.terminate()
            process.wait(timeout=10)
            processor.append(processor_seconds() - before)
    # The first start asks the database whether its tables are current, as the one after an upgrade does.
    first, *later = seconds
    print(f"first start of an installation: {first:.2f} s")
    print(f"later starts: median {median(later):.2f} s, slowest {max(later):.2f} s of {len(later)}")
    print(f"processor time of those, with the end: median {median(processor[1:]):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
