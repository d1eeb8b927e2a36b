"""How much memory the server holds: at rest, after ordinary pages, and with a chart drawn.

    .venv/bin/python -m benchmarks.memory

Proportional set size of the server and its worker, from /proc (Linux). Goal: below 200 MB with a chart drawn.
"""

import re
import shutil
from pathlib import Path

from benchmarks.running import demo_installation, signed_in
from tests.infrastructure.server import Running, serving, wait_until_it_answers


def megabytes(server: Running) -> float:
    kilobytes = 0
    for member in server.family():
        rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        kilobytes += int(re.findall(r"^Pss: +(\d+) kB", rollup, re.MULTILINE)[0])
    return kilobytes / 1024


def main() -> None:
    with demo_installation() as instance:
        shutil.rmtree(instance / "charts", ignore_errors=True)
        with serving(FOLLOWUP_INSTANCE=str(instance)) as server:
            wait_until_it_answers(server.port)
            print(f"at rest:              {megabytes(server):6.0f} MB")
            manager = signed_in(server.port, instance, "ledare@demo.example")
            director = signed_in(server.port, instance, "forbundschef@demo.example")
            for _ in range(20):
                manager.ask("GET", "/")
            print(f"after ordinary pages: {megabytes(server):6.0f} MB")
            _, page = manager.ask("GET", "/team/3/ko")
            if "<svg" not in page:
                raise RuntimeError("the queue page shows no chart")
            print(f"with a chart drawn:   {megabytes(server):6.0f} MB")
            director.ask("GET", "/statistik")
            print(f"and tables protected: {megabytes(server):6.0f} MB")


if __name__ == "__main__":
    main()
