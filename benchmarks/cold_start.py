"""How long a start takes: `script/server` until the first answer, on an installation that is already there.

    .venv/bin/python -m benchmarks.cold_start [RUNS]

Goal: below 2 seconds.
"""

import os
import subprocess
import sys
import time

from benchmarks.running import demo_installation
from tests.infrastructure.server import ROOT, free_port, wait_until_it_answers


def main(runs: int) -> None:
    seconds = []
    with demo_installation() as instance:
        for _ in range(runs + 1):
            port = free_port()
            start = time.perf_counter()
            process = subprocess.Popen(
                [ROOT / "script" / "server", "--port", str(port)],
                env=os.environ | {"FOLLOWUP_INSTANCE": str(instance)},
                stdout=subprocess.DEVNULL,
            )
            wait_until_it_answers(port)
            seconds.append(time.perf_counter() - start)
            process.terminate()
            process.wait(timeout=10)
    # The first start asks the database whether its tables are current, as the one after an upgrade does.
    first, *later = seconds
    print(f"first start of an installation: {first:.2f} s")
    middle = sorted(later)[len(later) // 2]
    print(f"later starts: median {middle:.2f} s, slowest {max(later):.2f} s of {len(later)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
