"""How much memory the server holds: at rest, after ordinary pages, and with a chart drawn.

    .venv/bin/python benchmarks/memory.py

Proportional set size of the server and its worker, from /proc (Linux). Goal: below 200 MB with a chart drawn.
"""

import re
import shutil
from pathlib import Path

from running import Visitor, demo_installation, serving, wait_until_it_answers


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in family(int(child)))]


def megabytes(pid: int) -> float:
    kilobytes = 0
    for member in family(pid):
        rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        kilobytes += int(re.findall(r"^Pss: +(\d+) kB", rollup, re.MULTILINE)[0])
    return kilobytes / 1024


def main() -> None:
    with demo_installation() as instance:
        shutil.rmtree(instance / "charts", ignore_errors=True)
        with serving("followup.wsgi:application", {"FOLLOWUP_INSTANCE": str(instance)}) as (process, port):
            wait_until_it_answers(port)
            print(f"at rest:               {megabytes(process.pid):6.0f} MB")
            manager, director = Visitor(port), Visitor(port)
            manager.sign_in(instance, "ledare@demo.example")
            director.sign_in(instance, "forbundschef@demo.example")
            for _ in range(20):
                manager.ask("GET", "/")
            print(f"after ordinary pages:  {megabytes(process.pid):6.0f} MB")
            director.ask("GET", "/statistik")
            print(f"with statistics shown: {megabytes(process.pid):6.0f} MB")
            _, page = manager.ask("GET", "/team/3/ko")
            if "<svg" not in page:
                raise RuntimeError("the queue page shows no chart")
            print(f"with a chart drawn:    {megabytes(process.pid):6.0f} MB")


if __name__ == "__main__":
    main()
